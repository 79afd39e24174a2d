"""Which line is the title."""

import re

from lianti.contexts.intake.domain.cleaning.cutting import Part
from lianti.contexts.intake.domain.cleaning.furniture import COLUMN, HAN, WELCOME
from lianti.contexts.intake.domain.cleaning.marks import office

ORIGINAL = re.compile(r"^\W{0,3}原标题\s?:\s?")
_SUFFIX = re.compile(
    rf"(?:\s?_\s?|\s-{{1,2}}\s|\s?\|\s?|-{{1,2}}(?=[{HAN}]{{2,12}}(?:网|官网|新闻中心|新闻网|首页|频道|门户|政府|"
    rf"卫健委|动态|要闻)))[^。]{{2,40}}$"
)
_SITE = re.compile(r"网|医院|新闻|中心|首页|频道|平台|政府|客户端|动态|要闻|资讯|委员会|大学|学院|卫健|公告")
_DEEDS = re.compile(
    r"[签举召赴与到获]|开展|对口|帮扶|支援|揭牌|成立|启动|走进|携手|合作|助力|仪式|医联体|专家|义诊|培训|座谈|调研|"
    r"托管|联盟|项目|组团|医疗|健康|[!“”]"
)
_KIND = re.compile(
    r"^(?:感谢信|表扬信|慰问信|倡议书|邀请函|公开信|通知|公告|会议纪要|工作简报|情况说明|协议书|合作协议)$"
)
_FLAT = re.compile(rf"[^{HAN}A-Za-z0-9]")


def flat(text: str) -> str:
    """A text's letters and digits alone, for comparing titles."""
    return _FLAT.sub("", text).lower()


def bare_length(text: str) -> int:
    """How much of a title line is the title: without '_某医院官网' and the like."""
    suffix = _SUFFIX.search(text)
    while suffix and suffix.start() >= 8 and _SITE.search(suffix.group()):
        text = text[: suffix.start()]
        suffix = _SUFFIX.search(text)
    return len(text.rstrip())


def choose(heads: list[Part], declared: str, counted: dict[str, int]) -> Part | None:
    """The title among the lines before the story; None when the page shows none.

    `declared`: the title that the file gives. `counted`: how often each line's `flat` form stands on the page.
    """
    best, most = None, 0.0
    wanted = flat(declared[: bare_length(declared)])
    for place, part in enumerate(heads):
        weight = _weight(part, wanted, counted)
        if place + 1 < len(heads) and heads[place + 1].text.startswith("—"):
            weight = weight or 1.5 * (not part.why and 4 <= len(flat(part.text)) <= 40)
        if weight and weight + place * 0.1 / len(heads) > most:
            best, most = part, weight + place * 0.1 / len(heads)
    return best


def _weight(part: Part, wanted: str, counted: dict[str, int]) -> float:
    text = part.text[: bare_length(part.text)]
    size = len(flat(text))
    if not (5 <= size <= 70 or _KIND.match(text)) or "。" in text or text.endswith(":"):
        return 0
    same = bool(wanted) and (flat(text) in wanted or wanted in flat(text))
    if part.text.startswith("—") or (part.why and not ORIGINAL.match(part.text)):
        return 0
    if COLUMN.match(text) or WELCOME.search(text) or (office(text) and not same):
        return 0
    weight = (
        4.0 * same
        - 0.5 * text.startswith("《")
        + (counted.get(flat(part.text), 0) > 1)
        + 1.5 * bool(_DEEDS.search(text))
        + min(size, 20) / 20
    )
    if ORIGINAL.match(part.text):
        return weight * 0.4
    return weight + 2.0 * bool(_KIND.match(text)) if weight >= 1.4 or size >= 10 or _KIND.match(text) else 0
