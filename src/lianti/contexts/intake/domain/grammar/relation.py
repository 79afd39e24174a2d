"""The kind of tie that a text is about."""

import re

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.proposals import Found, Relation, Span

_WORDS: tuple[tuple[str, float, str], ...] = (
    (
        "paired_assistance",
        1.0,
        r"对口(?:支援|帮扶|协作|援[疆藏青])|结对帮扶|结对支援|(?:东西部|鲁渝|闽宁|苏陕|粤桂|"
        r"浙川|京蒙|津甘|沪滇)(?:部)?[^，。]{0,4}协作|结对共建|援[疆藏青]|帮扶协议",
    ),
    ("paired_assistance", 0.4, r"帮扶|支援"),
    ("consortium", 1.0, r"医联体|医共体|医疗联合体|医疗共同体|医疗服务共同体|医疗集团|托管|集团医院"),
    ("specialty_alliance", 1.3, r"专科联盟|学科联盟|专病联盟|技术联盟"),
    ("uplift_project", 2.5, r"山海[”’」]?(?:提升|协作|工程)|双下沉"),
    ("team_assistance", 1.5, r"组团式|组团帮扶|省管县用|县管乡用|市管县用|县聘乡用"),
    (
        "expert_workstation",
        1.5,
        r"专家工作站|专家工作室|名医工作室|名医工作站|名中医工作室|院士工作站|传承工作室|传承工作站|"
        r"名医工作|博士工作站|名医驻",
    ),
    (
        "other",
        0.9,
        r"战略合作|合作办医|技术协作|协作医院|院府合作|校地合作|附属医院[^，。]{0,4}(?:揭牌|"
        r"签约)|共建协议|合作协议|合作医院|科研合作",
    ),
)
_RULES = tuple((kind, weight, re.compile(pattern)) for kind, weight, pattern in _WORDS)
_FOUNDING = re.compile(r"签约|签署|签订|揭牌|授牌|成立|缔结|结成|加入|挂牌|启动|落户|组建|共建|签字")
_BACKGROUND = re.compile(r"贯彻|落实|精神|文件|背景|积极响应|政策|要求")


def tell(page: Page, parties: Parties) -> Relation | None:
    """The kind with most weight: title before what is founded, first lines, the rest."""
    scores: dict[str, float] = {}
    first: dict[str, Span] = {}
    head = len(page.title)
    for sentence in page.sentences:
        founding = bool(_FOUNDING.search(sentence.text))
        for kind, weight, pattern in _RULES:
            for mark in pattern.finditer(sentence.text):
                at = sentence.start + mark.start()
                near = 6.0 if at < head else 2.0 if at < head + 200 else 1.0
                near *= 1.6 if founding else 1.0
                near *= 0.5 if _BACKGROUND.search(sentence.text[max(0, mark.start() - 14) : mark.start()]) else 1.0
                scores[kind] = scores.get(kind, 0.0) + weight * near
                first.setdefault(kind, Span(at, at + len(mark.group())))
    if not scores:
        return (
            Relation("other", Found((), 0.4 if len(parties.parties) > 1 else 0.2, ("no_word",)))
            if page.text.strip()
            else None
        )
    best = max(scores, key=lambda kind: scores[kind])
    sure = scores[best] / sum(scores.values())
    return Relation(best, Found((first[best],), round(min(0.95, 0.4 + 0.55 * sure), 2), ("words",)))
