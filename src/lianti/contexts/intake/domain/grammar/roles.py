"""Who supports, who is supported, who has the say."""

import re

from lianti.contexts.intake.domain.grammar.alike import rows
from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Mention, Parties, Party
from lianti.contexts.intake.domain.grammar.words.regions import by_name, by_short, leading, only
from lianti.contexts.intake.domain.proposals import Relation

_GIVES = re.compile(
    r"(?:对口支援|对口帮扶|结对帮扶|帮扶|支援|援助)(?!队|工作|团|专家|协议|医疗队|活动|下|项目|"
    r"仪式|关系|的)|托管|走进|奔赴|赴|前往|来到|莅临|深入|抵达|派驻|下派|指导|进驻|"
    r"驻|援建|选派[^，。]{0,12}(?:到|至|赴)|派出[^，。]{0,12}(?:到|至|赴)|落户|下沉到?|助力"
)
_TAKES = re.compile(
    r"成为|加入|加盟|挂牌|赴[^，。]{0,4}(?:进修|学习)|到[^，。]{0,4}(?:进修|学习)|接受|邀请|"
    r"转往|转至|上转|感谢|依托|引进|引入|借助|携手|牵手"
)
_WELCOMES = re.compile(r"(?:迎来|请来|引来|接受|引进|引入|依托|加入|托管给)了?$|^邀请$")
_LEARNS = re.compile(r"^[^，。]{0,6}(?:进修|学习|取经|深造|拜访)")
_SENDS = re.compile(
    r"^(?:选派|派出|派驻|下派|委派|牵头|[^，。；]{0,12}(?:专家|医疗队|教授|团队|帮扶队)(?:[^，。]{0,6}(?:赴|"
    r"来|到|走进|前往|下沉)))|^(?:的)?(?:帮扶|支援)(?:下|专家|医生|团队)"
)
_HELD = re.compile(r"^[^，。；]{0,8}(?:举行|揭牌|召开|落户|挂牌|开诊|义诊|启动|会议室)")
_MEMBER = re.compile(
    r"(?:医联体|专科联盟|联盟|协作|合作|医疗集团|托管|技术指导|教学|远程)[^，。]{0,6}(?:单位|医院|成员|分院|基地)"
)
_EAST = frozenset(["11", "12", "31", "32", "33", "35", "37", "44"])
_WEST = frozenset(["15", "45", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"])
_HIGH = re.compile(r"大学|附属|医学院|国家|中国|解放军|省立|总医院|军区|协和|华西|湘雅|同济")
_BRANCH = re.compile(r"医院.{1,8}(?:分院|医院|院区)$|^.{2,8}分院$")
_WORKS = re.compile(r"(?:公司|集团).{0,12}职?工?医院$|职工医院$|林业.{0,4}医院$")
_LOW = re.compile(r"卫生院|社区卫生|卫生服务中心|街道")


def assign(page: Page, parties: Parties, relation: Relation | None) -> None:
    """Set every party's role, by the verbs between them and by the level of each."""
    hospitals = [one for one in parties.parties if one.level == "hospital"]
    for one in parties.parties:
        one.role = "authority" if one.level in ("government", "health", "party") else "other"
        if one.level == "other" and re.search(r"[局委厅办部]$|政协|人大", one.name):
            one.role = "authority"
    _sides(page, parties, hospitals)
    _schools(parties)


def rank(party: Party) -> float:
    """How high a hospital stands: 4 national, university and province, 3 city, 2 county, 1 township."""
    name = party.name
    if _LOW.search(name):
        return 1.0
    if _BRANCH.search(name):
        return 1.9
    if _WORKS.search(name):
        return 1.4
    if _HIGH.search(name):
        return 4.2 if "大学" in name or "附属" in name else 4.0
    return _rank_of_place(name)


def _side(name: str) -> float:
    """A little for provinces that are paired as helpers in the east, a little against those helped in the west."""
    for lead in rows(name):
        region = only(lead)
        if region:
            return 0.4 if region.code[:2] in _EAST else -0.4 if region.code[:2] in _WEST else 0.0
    return 0.0


def _rank_of_place(name: str) -> float:
    rest, found = name, 0.0
    while lead := leading(rest):
        region = (by_name().get(lead) or (None,))[0] or by_short().get(lead)
        found = {"province": 4.0, "city": 3.0, "county": 2.0}[region.level] if region else found
        rest = rest[len(lead) :]
    mark = re.match(r"[一-龥]{1,8}?([省市县区州旗盟])", rest) if not found else None
    if mark:
        found = {"省": 4.0, "市": 3.0, "州": 3.0, "盟": 3.0}.get(mark[1], 2.0)
    if found == 4.0 and not re.match(
        r"省?(?:人民|立|第|中医|妇幼|肿瘤|儿童|中心|胸科|口腔|精神|传染|职工|中西医|红十字|荣军|医)", rest
    ):
        found = 3.2
    return found or 2.6


def _sides(page: Page, parties: Parties, hospitals: list[Party]) -> None:
    scores = {id(one): 0.0 for one in hospitals}
    for sentence in page.sentences:
        inside = [one for one in parties.within(sentence.start, sentence.end) if one.party.level == "hospital"]
        weight = 3.0 if page.title and sentence.start < len(page.title) else 1.0
        _verbs(page.text, inside, scores, weight, sentence.end)
    ranks = {id(one): rank(one) + _side(one.name) for one in hospitals}
    known = [ranks[id(one)] for one in hospitals if not one.ourselves]
    for one in hospitals:
        if one.ourselves and one.name == "我院":
            others = known or [2.0]
            ranks[id(one)] = 3.4 if min(others) < 3.4 else 2.5
    middle = _middle(list(ranks.values()))
    sums = {key: max(-3.0, min(3.0, score)) + 2.0 * (ranks[key] - middle) for key, score in scores.items()}
    for at, one in enumerate(hospitals):
        alike = len(hospitals) > 1 and max(sums.values()) - min(sums.values()) < 0.2
        one.role = "supporter" if (at == 0 if alike else sums[id(one)] > 0) else "supported"


def _middle(ranks: list[float]) -> float:
    """What parts high from low: halfway between the highest and the lowest; 2.7 when all are alike."""
    if not ranks or max(ranks) - min(ranks) < 0.5:
        return 2.7 if len(ranks) < 2 else sum(ranks) / len(ranks)
    return (max(ranks) + min(ranks)) / 2


def _verbs(text: str, inside: list[Mention], scores: dict[int, float], weight: float, end: int) -> None:
    """Score the hospitals of one sentence; those of a list (A、B和C) are scored alike."""
    rows = _rows(text, inside)
    for at, row in enumerate(rows):
        after = rows[at + 1] if at + 1 < len(rows) else None
        behind = text[row[-1].end : after[0].start if after else end]
        before = text[max(0, row[0].start - 8) : row[0].start]
        gain = _alone(before, behind)
        for one in row:
            scores[id(one.party)] += gain * weight
        if after and len(behind) <= 30 and "、" not in behind:
            left, right = _between(behind, text[after[-1].end : after[-1].end + 16])
            others = {id(one.party) for one in after} - {id(one.party) for one in row}
            for key in {id(one.party) for one in row} if others else ():
                scores[key] += left * weight
            for key in others:
                scores[key] += right * weight


def _rows(text: str, inside: list[Mention]) -> list[list[Mention]]:
    """Mentions in rows: those with only 、 between them, and the last by 和 behind such a list."""
    rows: list[list[Mention]] = []
    for one in inside:
        between = text[rows[-1][-1].end : one.start] if rows else ""
        if rows and (between == "、" or (len(rows[-1]) > 1 and between in ("和", "及", "以及"))):
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _alone(before: str, behind: str) -> float:
    """What the words right before and behind a hospital say of its side."""
    gain = 0.0
    if _SENDS.match(behind):
        gain += 1.0
    if before.endswith("在") and _HELD.match(behind):
        gain -= 0.6
    if re.search(r"(?:赴|到|在|前往)$", before) and _LEARNS.match(behind):
        gain += 1.0
    elif re.search(
        r"(?:走进|赴|来到|前往|莅临|抵达|进驻|驻|支援|帮扶|援助|派往|派到|下沉到?|助力|(?<![迎请引带])来)$", before
    ):
        gain -= 1.0
    if re.search(r"(?:由|在|邀请|感谢|依托|来自|从|引进|受)$", before):
        gain += 0.6
    return gain


def _between(behind: str, tail: str) -> tuple[float, float]:
    """What the words between two hospitals give the first and the second."""
    if re.search(r"(?:成为|加入|加盟|为)$", behind) and (_MEMBER.search(tail) or "加" in behind):
        return -2.0, 2.0
    if re.search(r"(?:赴|到|去|往)$", behind) and _LEARNS.match(tail):
        return -1.0, 1.0
    if _WELCOMES.search(behind):
        return -1.0, 1.0
    mark = _GIVES.search(behind)
    if mark and not _TAKES.search(behind[: mark.start()]):
        return 1.0, -1.0
    return 0.0, 0.0


def _schools(parties: Parties) -> None:
    """A school supports when no hospital does; else it is another party."""
    helped = any(one.role == "supporter" for one in parties.parties)
    for one in parties.parties:
        if one.level == "school":
            one.role = "other" if helped else "supporter"
            one.proposed = one.proposed or not helped
