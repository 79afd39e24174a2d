"""Who supports, who is supported, who has the say."""

import re

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Mention, Parties, Party
from lianti.contexts.intake.domain.grammar.words.regions import by_name, by_short, leading
from lianti.contexts.intake.domain.proposals import Relation

_GIVES = re.compile(
    r"对口支援|对口帮扶|结对帮扶|帮扶|支援|援助|托管|走进|奔赴|赴|前往|来到|莅临|深入|抵达|派驻|下派|牵手|携手|指导|进驻|驻|援建|选派[^，。]{0,12}(?:到|至|赴)|派出[^，。]{0,12}(?:到|至|赴)|落户|下沉到?|助力"
)
_TAKES = re.compile(
    r"成为|加入|加盟|挂牌|赴[^，。]{0,4}(?:进修|学习)|到[^，。]{0,4}(?:进修|学习)|接受|邀请|转往|转至|上转|感谢|依托|引进|引入|借助|携手|牵手"
)
_LEARNS = re.compile(r"^[^，。]{0,6}(?:进修|学习|取经|深造|拜访)")
_SENDS = re.compile(
    r"^(?:选派|派出|派驻|下派|委派|牵头|[^，。；]{0,12}(?:专家|医疗队|教授|团队|帮扶队)(?:[^，。]{0,6}(?:赴|来|到|走进|前往|下沉)))|^(?:的)?(?:帮扶|支援)(?:下|专家|医生|团队)"
)
_HELD = re.compile(r"^[^，。；]{0,8}(?:举行|揭牌|召开|落户|挂牌|开诊|义诊|启动|会议室)")
_MEMBER = re.compile(
    r"(?:医联体|专科联盟|联盟|协作|合作|医疗集团|托管|技术指导|教学|远程)[^，。]{0,6}(?:单位|医院|成员|分院|基地)"
)
_HIGH = re.compile(r"大学|附属|医学院|国家|中国|解放军|省立|总医院|军区|协和|华西|湘雅|同济")
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
    if _HIGH.search(name):
        return 4.2 if "大学" in name or "附属" in name else 4.0
    return _rank_of_place(name)


def _rank_of_place(name: str) -> float:
    rest, found = name, 0.0
    while lead := leading(rest):
        region = (by_name().get(lead) or (None,))[0] or by_short().get(lead)
        found = {"province": 4.0, "city": 3.0, "county": 2.0}[region.level] if region else found
        rest = rest[len(lead) :]
    mark = re.match(r"[一-龥]{1,8}?([省市县区州旗盟])", rest) if not found else None
    if mark:
        found = {"省": 4.0, "市": 3.0, "州": 3.0, "盟": 3.0}.get(mark[1], 2.0)
    return found or 2.6


def _sides(page: Page, parties: Parties, hospitals: list[Party]) -> None:
    scores = {id(one): 0.0 for one in hospitals}
    for sentence in page.sentences:
        inside = [one for one in parties.within(sentence.start, sentence.end) if one.party.level == "hospital"]
        weight = 3.0 if page.title and sentence.start < len(page.title) else 1.0
        _verbs(page.text, inside, scores, weight, sentence.end)
    ranks = {id(one): rank(one) for one in hospitals}
    known = [ranks[id(one)] for one in hospitals if not one.ourselves]
    for one in hospitals:
        if one.ourselves and one.name == "我院":
            others = known or [2.0]
            ranks[id(one)] = 3.4 if min(others) < 3.4 else 2.5
    middle = _middle(list(ranks.values()))
    for one in hospitals:
        score = max(-3.0, min(3.0, scores[id(one)])) + 2.0 * (ranks[id(one)] - middle)
        one.role = "supporter" if score > 0 else "supported"


def _middle(ranks: list[float]) -> float:
    """What parts high from low: halfway between the highest and the lowest; 2.7 when all are alike."""
    if not ranks or max(ranks) - min(ranks) < 0.5:
        return 2.7 if not ranks or len(ranks) == 1 else ranks[0]
    return (max(ranks) + min(ranks)) / 2


def _verbs(text: str, inside: list[Mention], scores: dict[int, float], weight: float, end: int) -> None:
    for at, one in enumerate(inside):
        after = inside[at + 1] if at + 1 < len(inside) else None
        stop = after.start if after else end
        behind = text[one.end : stop]
        before = text[max(0, one.start - 8) : one.start]
        _alone(one.party, before, behind, scores, weight)
        if after and after.party is not one.party and len(behind) <= 30 and "。" not in behind:
            _between(one.party, after, behind, text[after.end : after.end + 16], scores, weight)


def _alone(party: Party, before: str, behind: str, scores: dict[int, float], weight: float) -> None:
    if _SENDS.match(behind):
        scores[id(party)] += weight
    if re.search(r"在$", before) and _HELD.match(behind):
        scores[id(party)] -= weight
    if re.search(r"(?:赴|到|在|前往)$", before) and _LEARNS.match(behind):
        scores[id(party)] += weight
    elif re.search(
        r"(?:走进|赴|来到|前往|莅临|抵达|进驻|驻|支援|帮扶|援助|派往|派到|下沉到?|对口支援|对口帮扶|助力|来)$", before
    ):
        scores[id(party)] -= weight
    if re.search(r"(?:由|在|邀请|感谢|依托|来自|从|引进|受)$", before):
        scores[id(party)] += 0.6 * weight


def _between(one: Party, after: Mention, behind: str, tail: str, scores: dict[int, float], weight: float) -> None:
    if re.match(r"^[、和与及]$", behind):
        return
    if re.search(r"(?:成为|加入|加盟|为)$", behind) and (_MEMBER.search(tail) or "加" in behind):
        scores[id(one)] -= 2 * weight
        scores[id(after.party)] += 2 * weight
    elif re.search(r"(?:赴|到|去|往)$", behind) and _LEARNS.match(tail):
        scores[id(one)] -= weight
        scores[id(after.party)] += weight
    elif (mark := _GIVES.search(behind)) and not _TAKES.search(behind[: mark.start()]):
        scores[id(one)] += weight
        scores[id(after.party)] -= weight


def _schools(parties: Parties) -> None:
    """A school supports when no hospital does; else it is another party."""
    helped = any(one.role == "supporter" for one in parties.parties)
    for one in parties.parties:
        if one.level == "school":
            one.role = "other" if helped else "supporter"
