"""Institutions: names found in the text, made one party each, with places filled in and pointing words resolved."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from lianti.contexts.intake.domain.grammar import called
from lianti.contexts.intake.domain.grammar.alike import key, places, same
from lianti.contexts.intake.domain.grammar.called import Name
from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Mention, Parties, Party
from lianti.contexts.intake.domain.grammar.places import Places
from lianti.contexts.intake.domain.grammar.roles import rank
from lianti.contexts.intake.domain.grammar.words.institutions import BARE, SELF, THAT
from lianti.contexts.intake.domain.known import Known

LEVELS = {
    "hospital": "hospital",
    "short": "hospital",
    "health": "health",
    "bureau": "other",
    "government": "government",
    "party": "party",
    "school": "school",
    "society": "other",
}
MOST = 150  # a page that names more institutions than this is a register; the rest are not compared with each other
_SHORT_FOR = re.compile(
    r"[（(](?:以下|下文|下)?(?:简称|统称|称)(?:为)?[：:]?[“\"「‘]?([一-龥A-Za-z0-9]{2,14})[”\"」’]?(?:[，、；][^）"
    r")]{0,20})?[）)]"
)
_GOVERNMENT = re.compile(r"(?<=[省市县区州旗乡镇盟])政府$")
_PUTS_IN = re.compile(r"^(?:党委|党组|校长|副校长|书记|常务|与|签|对口|定点|选派|派出|、|将)")
_HOSTS = re.compile(r"^[^，。]{0,4}(?:主办|承办|举办|向|与|捐|联合|支持|组织|签)")
_NATION = re.compile(r"国家|国务院|中共中央|中央|全国")
_POLICY = re.compile(r"(?:贯彻|落实|按照|根据|响应|遵照|围绕|在(?=.))[^，。；]{0,8}$")
_MEETS = re.compile(r"^[^，。；]{0,8}(?:举行|召开|举办|会议室)")
_DECIDED = re.compile(r"^(?:、[省市县区]政府)?(?:的?(?:决策|部署|号召|要求|文件|坚强领导|正确领导|领导下|关于|《))")
_POST = re.compile(r"^(?:常委|副?书记|委员|办公室|统战部|政法委|宣传部)")
_CAREER = re.compile(r"(?:毕业于|就职于|任职于|曾在|就读于|转往|转到|转至|转诊到|送往|送到|考入|考取)[^，。]{0,2}$")
_RENAMED = re.compile(r"(?:正式)?(?:加挂|增挂|挂牌为?|更名为|命名为|成为|揭牌成为)[“\"]?")
_OPENED_IN = re.compile(r"(?:[（(][^）)]{0,16}[）)])?(?:签约|揭牌|授牌|挂牌|仪式|暨){0,5}在")
_OPENED = re.compile(r"[^，。；]{0,4}(?:揭牌|挂牌|授牌|举行|成立)")
_BRANCH = re.compile(r"医院.{1,8}(?:分院|医院|院区)$")
_OBJECT = re.compile(r"(?:来到|前往|走进|抵达|深入|赴|到|对|为|与|在|给|向|支援|帮扶|签约|和)$")
_PATIENT = re.compile(r"^(?:就诊|就医|看病|住院|治疗|确诊)")
_HELPS = re.compile(
    r"(?:的)?(?:将|继续|已|连续|全面|今年)*[^，。；]{0,6}(?:对口|帮扶|支援|派出|选派|派驻|签约的|为龙头|托管|医院联盟|医联体)"
)
MANY = 5  # with more hospitals named, who helps most does not tell who 我院 is
_BRACKET = re.compile(r"[（(]$")
_KIND = re.compile(r"^[省市县区州旗盟](?=[人中妇第卫医疾财民政委精残红总立荣一二三四五六])")


def find(page: Page, known: Known) -> Parties:
    """The parties of a page; the registry's names win over the text's."""
    return _Reading(page, known).read()


@dataclass(slots=True)
class _Group:
    """Names that are one party's, by how they are written."""

    forms: Counter[str] = field(default_factory=Counter)
    names: list[Name] = field(default_factory=list)
    kind: str = "hospital"
    place: str = ""


class _Reading:
    def __init__(self, page: Page, known: Known) -> None:
        self.page, self.known, self.text = page, known, page.text
        self.registry = {key(form): one for one in reversed(known.institutions) for form in (*one.aliases, one.name)}
        self.names = called.find(page.text)
        leads = [(one.start, lead) for one in self.names if (lead := places(one.text)) and lead[-1] in "省市县区州旗盟"]
        self.places = Places(page.text, [*leads, *((at, part) for at, lead in leads for part in _parts(lead))])
        self.groups: list[_Group] = []
        self.given: dict[str, str] = {}

    def read(self) -> Parties:
        """Groups first by their longest names, then parties and every place that means them."""
        self._short_for()
        self._bracketed()
        self._group()
        self.groups.sort(key=lambda group: min(one.start for one in group.names))
        parties = [self._party(one) for one in self.groups]
        mentions = [
            Mention(name.start, name.end, party)
            for group, party in zip(self.groups, parties, strict=True)
            for name in group.names
        ]
        mentions += self._repeated(parties, mentions)
        found = Parties(parties, mentions)
        pointing = [*self._ourselves(found), *self._that(found)]
        return Parties(found.parties, [*found.mentions, *pointing])

    def _short_for(self) -> None:
        """（以下简称…） right behind a name."""
        ends = {one.end: one for one in self.names}
        for mark in _SHORT_FOR.finditer(self.text):
            name = ends.get(mark.start())
            if name:
                self.given[mark[1]] = name.text
        inside = [(m.start(), m.end()) for m in _SHORT_FOR.finditer(self.text)]
        self.names = [one for one in self.names if not any(a < one.start < b for a, b in inside)]

    def _bracketed(self) -> None:
        """A name in brackets right behind another is its second name."""
        for before, one in pairwise(self.names):
            between = self.text[before.end : one.start]
            closed = self.text[one.end : one.end + 1] in ("）", ")")
            if _RENAMED.fullmatch(between) and _BRANCH.search(one.text):
                self.given.setdefault(one.text, before.text)
            host = self.text[one.end : one.end + 10]
            if _BRANCH.search(before.text) and _OPENED_IN.fullmatch(between) and _OPENED.match(host):
                self.given.setdefault(before.text, one.text)
            if _BRACKET.fullmatch(between) and closed and LEVELS[before.kind] == LEVELS[one.kind]:
                self.given.setdefault(one.text, before.text)

    def _group(self) -> None:
        counted: dict[str, list[Name]] = {}
        for one in self.names:
            counted.setdefault(one.text, []).append(one)
        for text in sorted(
            counted,
            key=lambda text: (text in self.given, bool(_KIND.match(text)) or bool(BARE.fullmatch(text)), -len(text)),
        ):
            self._place(text, counted[text])

    def _place(self, text: str, names: list[Name]) -> None:
        """Put names of one form to the groups they fit; 县人民医院 by the county meant at each place."""
        if text in self.given:
            group = self._holding(self.given[text])
            if group:
                self._add(group, text, names)
                return
        fits = [one for one in self.groups[:MOST] if self._fits(text, names[0], one)]
        if len(fits) <= 1:
            self._add(fits[0] if fits else None, text, names)
            return
        for name in names:
            self._add(self._nearest(fits, name), text, [name])

    def _fits(self, text: str, name: Name, group: _Group) -> bool:
        if LEVELS[name.kind] != LEVELS[group.kind]:
            return False
        return any(same(text, form) or (same(form, text) and len(text) > len(form)) for form in group.forms)

    def _nearest(self, fits: list[_Group], name: Name) -> _Group:
        """Of several, the one whose place is meant here, else the one named last before."""
        place = self.places.of(name.text[0], name.start) if _KIND.match(name.text) else ""
        here = [one for one in fits if place and any(place in form for form in one.forms)]
        earlier = [
            (max((n.start for n in one.names if n.start < name.start), default=-1), at)
            for at, one in enumerate(here or fits)
        ]
        return (here or fits)[max(earlier)[1]]

    def _add(self, group: _Group | None, text: str, names: list[Name]) -> None:
        if group is None:
            if text == "附属医院" or (BARE.fullmatch(text) and not self._placed(text, names[0])):
                return
            group = _Group(kind=names[0].kind)
            self.groups.append(group)
        group.forms[text] += len(names)
        group.names += names

    def _placed(self, text: str, name: Name) -> bool:
        """Whether a bare 人民医院 or 妇幼保健院 is a party: the text speaks of one county."""
        return (
            bool(re.match(r"(?:第[一二三四五六]|人民|中医|妇幼保健院)", text))
            and len(self.places.found.get("县", ())) > 0
        )

    def _holding(self, text: str) -> _Group | None:
        return next((one for one in self.groups if text in one.forms), None)

    def _party(self, group: _Group) -> Party:
        forms = sorted(group.forms, key=lambda form: (len(key(form)), len(form)), reverse=True)
        name = next((form for form in forms if form not in self.given), forms[0])
        why = ["name"]
        kind = _KIND.match(name)
        if kind and (place := self.places.of(kind.group(), group.names[0].start)):
            forms.append(name)
            name, why = place + name[1:], ["name", "place_added"]
        if group.kind == "government":
            forms.append(name)
            name = _GOVERNMENT.sub("人民政府", name)
        aliases = [form for form in dict.fromkeys(forms) if form != name]
        aliases += [
            short
            for short, long in self.given.items()
            if long in group.forms and short not in aliases and short != name
        ]
        party = Party(name, aliases=aliases, region=places(name), level=LEVELS[group.kind], why=why)
        party.confidence = min(0.95, 0.6 + 0.1 * min(3, len(group.names)) - (0.1 if "place_added" in why else 0))
        party.proposed = not all(self._passing(group.kind, one, name) for one in group.names)
        self._register(party)
        return party

    def _passing(self, kind: str, one: Name, name: str) -> bool:
        """Whether this place names the institution only by the way: in somebody's post, a policy, a career."""
        before, behind = self.text[max(0, one.start - 12) : one.start], self.text[one.end : one.end + 10]
        if one.start < len(self.page.title):
            return False
        if kind == "school":
            return not _PUTS_IN.match(behind)
        if kind == "society":
            return not _HOSTS.match(behind)
        if _NATION.match(name):
            return True
        if kind in ("party", "government") and (
            (_POLICY.search(before) and not _MEETS.match(behind)) or _DECIDED.match(behind)
        ):
            return True
        if kind == "party":
            return bool(_POST.match(behind))
        return kind in ("hospital", "short") and bool(_CAREER.search(before) or _PATIENT.match(behind))

    def _register(self, party: Party) -> None:
        """Take the registry's name and reference when one of the names is there."""
        one = next((found for form in (party.name, *party.aliases) if (found := self.registry.get(key(form)))), None)
        if one is None:
            return
        if party.name != one.name:
            party.aliases = [party.name, *(form for form in party.aliases if form != one.name)]
        party.name, party.reference, party.region = one.name, one.reference, one.region or party.region
        party.confidence = 0.97
        party.why.append("registry")

    def _repeated(self, parties: list[Party], mentions: list[Mention]) -> list[Mention]:
        """Short names given in brackets, and the registry's names, wherever else they stand."""
        words = {alias: one for one in parties for alias in one.aliases if alias in self.given}
        taken = sorted((one.start, one.end) for one in mentions)
        starts = [start for start, _ in taken]
        out = []
        for word, party in words.items():
            for mark in re.finditer(re.escape(word), self.text):
                at = bisect_left(starts, mark.end()) - 1
                if at < 0 or taken[at][1] <= mark.start():
                    out.append(Mention(mark.start(), mark.end(), party))
        return out

    def _ourselves(self, found: Parties) -> list[Mention]:
        """我院: the name the person gave, else a party of its own that the text never names."""
        said, marks = self._quoted(found)
        if not marks:
            return said
        named = found.named(self.known.ourselves) if self.known.ourselves else self._who_we_are(found, marks)
        us = named or Party(
            self.known.ourselves or "我院", ourselves=not self.known.ourselves, why=["ourselves"], confidence=0.5
        )
        if named is None:
            medium = self.page.cleaned.medium
            us.aliases = [medium] if medium.endswith("医院") and not self.known.ourselves else []
            found.parties.append(us)
        elif "我院" not in us.aliases:
            us.aliases.append("我院")
            us.why.append("ourselves")
        return [*said, *(Mention(mark.start(), mark.end(), us, pointing=True) for mark in marks)]

    def _quoted(self, found: Parties) -> tuple[list[Mention], list[re.Match[str]]]:
        """我院 inside “…” is the speaker's hospital, the one named last before; with the other places of 我院."""
        said: list[Mention] = []
        rest = []
        for mark in SELF.finditer(self.text):
            line = self.text.rfind("\n", 0, mark.start()) + 1
            before = self.text[max(line, mark.start() - 400) : mark.start()]
            near = found.before(mark.start())
            inside = before.count("“") > before.count("”")
            near = self._speaker(found, mark.end()) or near if inside else near
            if inside and near and near.party.level == "hospital" and near.start >= line:
                said.append(Mention(mark.start(), mark.end(), near.party, pointing=True))
            else:
                rest.append(mark)
        return said, rest

    def _speaker(self, found: Parties, place: int) -> Mention | None:
        """The party named right behind the end of the words said, with a post: “我院…。”某县医院院长说."""
        line = self.text.find("\n", place)
        close = self.text.find("”", place, line if line >= 0 else len(self.text)) + 1
        for one in found.within(close, close + 3) if close else []:
            if re.match(r"[^，。]{0,8}(?:院长|书记|主任)", self.text[one.end : one.end + 12]):
                return one
        return None

    def _who_we_are(self, found: Parties, marks: list[re.Match[str]]) -> Party | None:
        """The hospital that signs or publishes the text, else the only one that no sentence sets beside 我院."""
        hospitals = [one for one in found.parties if one.level == "hospital" and one.proposed]
        lines = self.text.rstrip().split("\n")[-3:]
        for one in hospitals:
            names = {one.name, *one.aliases}
            if names & {line.strip() for line in lines} or self.page.cleaned.medium in names:
                return one
        beside = set()
        for mark in marks:
            sentence = self.page.sentence_at(mark.start())
            beside |= {id(m.party) for m in found.within(sentence.start, sentence.end)}
        apart = [one for one in hospitals if id(one) not in beside and not _BRANCH.search(one.name)]
        early = [one for one in apart if self._early(found, one)]
        if len(early) > 1:
            titled = {id(one.party) for one in found.within(0, len(self.page.title))}
            early = [one for one in early if id(one) in titled]
        return early[0] if len(early) == 1 else self._giver(hospitals, apart, marks)

    def _giver(self, hospitals: list[Party], apart: list[Party], marks: list[re.Match[str]]) -> Party | None:
        """Where 我院 helps, the one that stands highest and that no sentence sets against 我院."""
        gives = any(_HELPS.match(self.text, mark.end()) for mark in marks)
        if not gives or not 2 <= len(hospitals) <= MANY:
            return None
        highest = max(hospitals, key=rank)
        alone = all(one is highest or rank(one) < rank(highest) - 0.5 for one in hospitals)
        forms = "|".join(map(re.escape, (highest.name, *highest.aliases)))
        against = re.compile(
            rf"(?:我们?院|本院)[^，。；]{{0,6}}[与和同赴到向][^，。；]{{0,4}}(?:{forms})|(?:{forms})[与和同向]我们?院"
        )
        return (
            highest if alone and not against.search(self.text) and (highest in apart or _first(self, highest)) else None
        )

    def _early(self, found: Parties, party: Party) -> bool:
        """Named in the title or the first lines, so that it can be the page's own."""
        return any(one.party is party and one.start < len(self.page.title) + 120 for one in found.mentions)

    def _that(self, found: Parties) -> list[Mention]:
        """该院, 院方, 医院 at the head of a clause: the hospital named last before."""
        hospitals = [one for one in found.mentions if one.party.level == "hospital"]
        starts = [one.start for one in hospitals]
        out = []
        for mark in THAT.finditer(self.text):
            at = bisect_left(starts, mark.start()) - 1
            if at < 0 or hospitals[at].end > mark.start():
                continue
            last, before = hospitals[at], hospitals[at - 1] if at else hospitals[at]
            subject = not _OBJECT.search(self.text[max(0, last.start - 3) : last.start])
            if mark.group() == "该院" and subject and before.start >= self.page.sentence_at(mark.start()).start:
                last = before
            out.append(Mention(mark.start(), mark.end(), last.party, pointing=True))
        return out


def _first(reading: _Reading, party: Party) -> bool:
    """Whether the page's first paragraphs name the party."""
    return any(form in reading.text[: len(reading.page.title) + 200] for form in (party.name, *party.aliases))


def _parts(lead: str) -> list[str]:
    """The single places of a row of them: 湖北省, 通山县 of 湖北省通山县."""
    return re.findall(r"[一-龥]{2,12}?(?:自治区|自治县|自治州|[省市县区州旗盟])", lead)
