"""Whose people they are: the institution of a post, and the post's words without it."""

import re
from bisect import bisect_right

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Mention, Parties, Party
from lianti.contexts.intake.domain.grammar.posts import Post

ORGAN = re.compile(
    r"(?:县|市|区|旗|州|省|镇|乡)委$|政协$|人大(?:常委会)?$|人武部$|纪委监?委?$|组织部$|宣传部$|统战部$|党工?委$|党组$|支部$|总支$"
)
GOVERNMENT = re.compile(r"(?<![校院])(?P<level>[县市区旗州省镇乡盟])长")
COMMITTEE = re.compile(r"(?P<level>[县市区旗州省])委(?!会|员)")
POLITICAL = re.compile(r"(?P<level>[县市区旗州省])?政协")
CONGRESS = re.compile(r"(?P<level>[县市区旗州省])?人大")
LEADERS = re.compile(r"^(?P<level>[县市区旗州省])(?:领导|政府)")
HOSPITAL = re.compile(r"院长|^院|医师|护士|护师|药师|医生|科主任|科专家|工会主席")
LOCAL = re.compile(r"本地|当地|徒弟|本土|学员|受援")
SENT = re.compile(r"帮扶|援[^助]|支援|支医|医疗队|派驻|对口|驻点|挂职|博士团|组团|领队")
REGION = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:自治)?[县市区旗州省]")
NOT_SUBJECT = re.compile(r"(?:前往|来到|走进|抵达|赴|到|对|与|和|同|在|莅临|访问|深入|进驻|帮扶|支援|支持|帮助)$")
SPEAKS_FOR = re.compile(r"[\u4e00-\u9fff]{2,8}?代表(?:我院|医院|院方|院党委|院领导)")


class Belonging:
    """Finds the party of a post by what stands right before it, in its list, in its sentence, and before."""

    def __init__(self, page: Page, parties: Parties) -> None:
        self.page, self.parties = page, parties
        self.mentions = parties.mentions
        self._starts = [one.start for one in self.mentions]
        self._carried: dict[str, str] = {}

    def of(self, post: Post, name: int) -> tuple[str, str]:
        """The title without the institution's name, and the institution's name ('' unknown)."""
        text = self.page.text
        title = text[post.start : post.end].strip("的、 ")
        before, inside = self._right_before(post.start), self._inside(post)
        if inside and inside.start > post.start and post.heads > 1:
            return self._chained(title, before, inside)
        mention = before or inside
        if mention is inside and mention and mention.start == post.start:
            title = text[mention.end : post.end].lstrip("的、 ")
        if mention is None or self._mismatch(mention.party, title):
            official = self._official(title)
            return self._short(title, official), official or self.near(name, title)
        return self._at(title, mention)

    def bare(self, name: int, title: str) -> str:
        """The institution of somebody whose title stands behind the name."""
        mention = self._right_before(name)
        if mention and not self._mismatch(mention.party, title):
            return mention.party.name
        return self._official(title) or self._chairing(name, title) or self.near(name, title)

    def _chairing(self, name: int, title: str) -> str:
        """Our hospital, where a head without a hospital's name opens or chairs a meeting that is held 在我院."""
        start = self.page.sentence_at(name).start
        here = "我院" in self.page.text[max(start, name - 80) : name] and HOSPITAL.search(title)
        ourselves = [one.name for one in self.parties.parties if one.ourselves or one.name == "我院"] if here else []
        return ourselves[0] if ourselves else ""

    def _at(self, title: str, mention: Mention) -> tuple[str, str]:
        """A title right behind an institution's name."""
        organ = self.page.text[mention.start : mention.end]
        ending = ORGAN.search(organ)
        if ending is None:
            return title, mention.party.name
        if re.search(r"党工?委|党组|支部|总支", ending.group()):
            return ending.group() + title, mention.party.name
        full = organ + title
        return full, self._official(full) or mention.party.name

    def _chained(self, title: str, before: Mention | None, inside: Mention) -> tuple[str, str]:
        """Several posts of several institutions: the last one named has the person, a county's head its government."""
        organ = self.page.text[before.start : before.end] if before else ""
        if ORGAN.search(organ):
            title = organ + title
        if self._government(title) or COMMITTEE.search(title):
            return title, self._official(title) or inside.party.name
        first = before or inside
        hospital = inside if inside.party.level == "hospital" and first.party.level != "hospital" else first
        return title, hospital.party.name

    def _short(self, title: str, official: str) -> str:
        """A county's head without the county's name."""
        region = official.removesuffix("人民政府")
        return title.removeprefix(region) if region != official and "、" not in title else title

    def _government(self, title: str) -> bool:
        return GOVERNMENT.search(title) is not None

    def _mismatch(self, party: Party, title: str) -> bool:
        """A county's head is not of a hospital."""
        return party.level == "hospital" and bool(GOVERNMENT.search(title) or COMMITTEE.search(title))

    def _right_before(self, start: int) -> Mention | None:
        """The mention that ends where the post begins, brackets and 的 apart."""
        text = self.page.text
        at = bisect_right(self._starts, start) - 1
        for one in self.mentions[max(0, at - 1) : at + 1][::-1]:
            between = text[one.end : start] if one.end <= start else "x"
            if len(between) <= 14 and re.fullmatch(r"的?|[（(][^（）()\n]{1,12}[）)]|[ \u3000]", between):
                return one
        return None

    def _inside(self, post: Post) -> Mention | None:
        """The last mention within the post's own words."""
        first, last = bisect_right(self._starts, post.start - 1), bisect_right(self._starts, post.end) - 1
        if first <= last and self.mentions[last].end <= post.end:
            return self.mentions[last]
        return None

    def _official(self, title: str) -> str:
        """The organ that a post of county or city belongs to; '' when it is none of these."""
        for pattern, suffix, level_name in (
            (GOVERNMENT, "人民政府", "government"),
            (POLITICAL, "政协", ""),
            (CONGRESS, "人大常委会", ""),
            (COMMITTEE, "委", "party"),
            (LEADERS, "人民政府", "government"),
        ):
            mark = pattern.search(title)
            if mark and not re.search(r"街道|乡党|镇党", title):
                level = mark["level"] or "县"
                region = self._region(title, level)
                full = region + ("委" if suffix == "委" else suffix) if region else ""
                return self._party(full, region, level, level_name) or full
        return ""

    def _party(self, full: str, region: str, level: str, kind: str) -> str:
        """The party that is this organ."""
        named = self.parties.named(full) if full else None
        if named:
            return named.name
        if not kind:
            return ""
        fitting = [one for one in self.parties.parties if one.level == kind and f"{level}" in one.name]
        exact = [one for one in fitting if region and one.name.startswith(region)]
        pick = exact or ([] if region else fitting)
        return pick[0].name if pick else ""

    def _region(self, title: str, level: str) -> str:
        """The county or city: from the title, else the one that the parties' names carry most."""
        own = re.match(
            rf"[\u4e00-\u9fff]{{2,7}}?{level}(?={level}?(?:副|常务|代|委|政协|人大|长|领导|人民政府|政府))", title
        )
        if own and not re.match(r"副|常务|原|县|市|区|旗|党", own.group()):
            return own.group()
        if level not in self._carried:
            self._carried[level] = self._most_carried(level)
        return self._carried[level]

    def _most_carried(self, level: str) -> str:
        """The county or city that the parties' names carry most, else one that the beginning of the text names."""
        counts: dict[str, int] = {}
        carried = re.compile(
            rf"(?:[\u4e00-\u9fff]{{2,8}}?(?:省|自治区|自治州|市))?(?P<own>[\u4e00-\u9fff]{{2,7}}?{level})"
        )
        for one in self.mentions:
            for word in (one.party.name, one.party.region):
                mark = carried.match(word)
                if mark and len(mark["own"]) > 1:
                    weight = 2 if one.party.role in ("supported", "authority") else 1
                    counts[mark["own"]] = counts.get(mark["own"], 0) + weight
        if counts:
            return max(counts, key=lambda key: counts[key])
        near = re.findall(
            rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,4}}{level}(?=[\u4e00-\u9fff])", self.page.text[:400]
        )
        near = [one for one in near if not re.search(r"[我了该全本各在到赴与和是为]|^县", one)]
        return near[0] if near and level in "县旗" else ""

    def near(self, place: int, title: str = "") -> str:
        """The institution that a person named here most likely belongs to."""
        if LOCAL.search(title) and (local := self.parties.of_role("supported")):
            return local[0].name
        if SENT.search(title):
            party = next(iter(self.parties.of_role("supporter")), None)
            if party:
                return party.name
        start = self.page.sentence_at(place).start
        at = bisect_right(self._starts, place - 1)
        passed = ("government", "party", "health") if HOSPITAL.search(title) else ("government", "party")
        here = [
            one for one in self.mentions[max(0, at - 12) : at] if one.start >= start and one.party.level not in passed
        ]
        ourselves = next((one.name for one in self.parties.parties if one.ourselves or one.name == "我院"), "")
        spoken = SPEAKS_FOR.match(self.page.text, place) is not None
        if ourselves and (not here or spoken or re.match(r"院(?!长|士)", title)):
            return ourselves
        subject = [one for one in here if not NOT_SUBJECT.search(self.page.text[max(0, one.start - 3) : one.start])]
        for group in (subject, here):
            if group:
                return group[-1].party.name
        earlier = [
            one
            for one in self.mentions[max(0, at - 30) : at]
            if one.party.level not in ("government", "party", "other")
        ]
        if earlier:
            return earlier[-1].party.name
        return next((one.party.name for one in self.mentions if one.party.level == "hospital"), "")

    def unit_before(self, start: int) -> str:
        """The department that stands right before a name."""
        mark = re.search(r"[\u4e00-\u9fff]{1,9}(?:科|中心)(?=的?$)", self.page.text[max(0, start - 11) : start])
        if not mark:
            return ""
        piece = re.split(r"医院|院|的|是|由|在|与|和|及|对|请|到|向|为", mark.group())[-1]
        return piece if len(piece) > 1 else ""
