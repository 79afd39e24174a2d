"""People with title and institution."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from lianti.contexts.intake.domain.grammar import tables, told
from lianti.contexts.intake.domain.grammar.belonging import Belonging
from lianti.contexts.intake.domain.grammar.named import Named
from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.grammar.personal import SURE, Names
from lianti.contexts.intake.domain.grammar.posts import BEHIND, Posts
from lianti.contexts.intake.domain.grammar.words.surnames import PRESS
from lianti.contexts.intake.domain.grammar.words.titles import HEADS, WEAK
from lianti.contexts.intake.domain.known import Known
from lianti.contexts.intake.domain.proposals import Found, Person, Span

BRACKET = re.compile(r"[（(][^（）()\n]{1,24}[）)]|[ \u3000:：”’]{1,2}|的")
FIRM = re.compile(r"(?:[院局县市区部处科镇乡校会所旗州厅]长|书记|主任|主席|护士长|成员|医师|药师|护师|技师)$")
REGION = re.compile(r"[县市区镇乡省院]")
AND = re.compile(r"[、和与及]|以及|[ \u3000]{1,2}")
UNIT = re.compile(r"(?:科|ICU|中心)(?=[\u4e00-\u9fff：: \u3000])")
GAP = re.compile(r"[：: \u3000]{1,2}")
UNIT_START = re.compile(r"[、，；：。（(是的和有在由院\n]")
PRESS_BEFORE = re.compile(
    rf"(?:{'|'.join(PRESS.split())})[：:／/\s]{{0,3}}(?:[\u4e00-\u9fff]{{2,4}}[、，\s/]{{1,2}}){{0,6}}$"
)
SUFFERER = re.compile(r"(?:患者|病人|病患|患儿|居民|村民|市民|家属|老人|老乡|群众|伤者|孕妇|产妇|化名)$")
LIST_END = re.compile(
    r"等?(?:[\d两二三四五六七八九十]{1,3}余?(?:[名位](?P<title>[^，,。、；\n]{0,8}?(?:专家|教授|医生|医师|医护人员|主任|同志))?|人)|等(?P<plain>专家|教授|医生|同志|领导))"
)
ATTENDING = re.compile(
    r"(?:出席|参会|参加|与会|列席|主持|记录|到会|带队|随行|签约|签字)(?:人员?|领导|专家|代表)?[：:][ \u3000]?"
)
ROW = re.compile(r"姓\s*名[:：\s|]{1,4}")
ROW_TITLE = re.compile(r"(?:职\s*称|职\s*务)[:：\s|]{1,4}(?P<title>[^\s，。|；\n]{2,14})")
BEHIND_BRACKET = re.compile(r"[（(](?P<title>[^（）()\n]{2,24})[）)]")


_WEAK = frozenset(WEAK.split())
NAMED_AFTER = re.compile(r"(?<=[\u4e00-\u9fff])[（(](?P<name>[\u4e00-\u9fff]{2,4})[）)]")
I_AM = re.compile(r"(?:我叫|我是(?P<unit>[^，。；！？\n]{2,18}?)的)(?=[\u4e00-\u9fff]{2,4}[，。,])")


@dataclass(slots=True)
class _Work:
    """What the finders share."""

    page: Page
    names: Names
    posts: Posts
    belonging: Belonging
    found: dict[int, Named] = field(default_factory=dict)


def find(page: Page, parties: Parties, known: Known) -> tuple[Person, ...]:
    """Everybody whom a title, a post in brackets, a table row or a word of saying makes a person.

    All namings of one name are one person.
    """
    walls = [(one.start, one.end) for one in parties.mentions]
    names = Names(page.text)
    work = _Work(page, names, Posts(page.text, walls, names.ending), Belonging(page, parties))
    _titled(work)
    for one in told.find(page.text, names, work.posts, work.belonging):
        work.found.setdefault(one.start, one)
    _behind(work)
    _rows(work)
    tables.fill(page.text, lambda start, end, title, place: _row(work, start, end, title, place))
    _attending(work)
    _units(work)
    _saying(work)
    _lists(work)
    titles = dict(known.titles)
    return tuple(_persons(work, frozenset(page.cleaned.reporters), titles))


def _titled(work: _Work) -> None:
    """Title, then name, then further names that share the title."""
    text = work.page.text
    last = -1
    for core in work.posts.cores:
        if core.start() < last:
            continue
        start = core.end()
        end, score = (work.names.behind_post if FIRM.search(core.group()) else work.names.at)(start)
        if score < SURE and (gap := BRACKET.match(text, start)):
            if gap.group()[0] in " \u3000:：" and "\n" in gap.group():
                continue
            start = gap.end()
            end, score = work.names.at(start)
            score -= _gap_cost(gap.group())
        if score < SURE or _press(text, core.start(), start):
            continue
        post = work.posts.chain(core)
        title, institution = work.belonging.of(post, start)
        work.found.setdefault(start, Named(start, end, title, institution, "title_before", score))
        last = _sharing(work, end, title, institution)


def _gap_cost(gap: str) -> float:
    """What it costs that something stands between title and name."""
    if gap == "的":
        return 2.0
    return 0.3 if gap[0] in "”’（(" else 1.0


def _sharing(work: _Work, end: int, title: str, institution: str) -> int:
    """Names that follow in the same list without a title of their own."""
    text = work.page.text
    while mark := AND.match(text, end):
        start = mark.end()
        stop, score = work.names.at(start)
        first_of_post = any(
            one.start() < stop + 1 and one.end() > start for one in _cores_near(work.posts, start, stop)
        )
        if score < SURE + 0.4 or first_of_post or REGION.search(text[stop - 1 : stop + 1]):
            break
        work.found.setdefault(start, Named(start, stop, title, institution, "title_shared", score))
        end = stop
    return end


def _cores_near(posts: Posts, start: int, stop: int) -> list[re.Match[str]]:
    starts = posts.starts
    at = bisect_left(starts, start - 8)
    return posts.cores[at : bisect_left(starts, stop)]


def _behind(work: _Work) -> None:
    """Name, then title: 教授, 主任, (副院长)."""
    text = work.page.text
    taken = {one.end for one in work.found.values()}
    for mark in BEHIND.finditer(text):
        start = work.names.ending(mark.start())
        if start is None or _press(text, start, start):
            continue
        if mark.start() in taken:
            continue
        if start in work.found:
            continue
        unit = work.belonging.unit_before(start)
        title = unit + mark.group()
        work.found[start] = Named(
            start, mark.start(), title, work.belonging.bare(start, title), "title_behind", 2.5, weak=not unit
        )
    _bracketed(work)
    _named_after(work)


def _named_after(work: _Work) -> None:
    """A post with the name in brackets; somebody who says who they are."""
    text = work.page.text
    for mark in NAMED_AFTER.finditer(text):
        core = work.posts.ending(mark.start())
        start = mark.start("name")
        end, score = work.names.at(start)
        if core is None or end != mark.end("name") or score < SURE or start in work.found:
            continue
        title, institution = work.belonging.of(work.posts.chain(core), start)
        work.found[start] = Named(start, end, title, institution, "name_in_brackets", score)
    for mark in I_AM.finditer(text):
        end, score = work.names.at(mark.end())
        if score >= 3.5 and mark.end() not in work.found:
            unit = work.belonging.unit_before(mark.end()) if mark["unit"] else ""
            near = work.belonging.near(mark.end(), "医生")
            work.found[mark.end()] = Named(mark.end(), end, unit, near, "says_who", score)


def _bracketed(work: _Work) -> None:
    text = work.page.text
    for mark in BEHIND_BRACKET.finditer(text):
        core = work.posts.ending(mark.end() - 1)
        start = work.names.ending(mark.start())
        if core is None or start is None or start in work.found:
            continue
        title, institution = work.belonging.of(work.posts.chain(core), start)
        work.found[start] = Named(start, mark.start(), title, institution, "title_brackets", 3.0)


def _rows(work: _Work) -> None:
    """Rows of a table: 姓名, then 职称 or 职务."""
    text = work.page.text
    for mark in ROW.finditer(text):
        end, score = work.names.at(mark.end())
        if score < SURE:
            continue
        title = ROW_TITLE.search(text, end, end + 80)
        work.found.setdefault(
            mark.end(),
            Named(
                mark.end(), end, title["title"] if title else "", work.belonging.near(mark.end()), "table_row", score
            ),
        )


def _row(work: _Work, start: int, end: int, title: str, institution: str) -> None:
    work.found.setdefault(start, Named(start, end, title, institution or work.belonging.near(start), "table_row", 3.0))


def _attending(work: _Work) -> None:
    """Lists of those present, in minutes."""
    text = work.page.text
    for mark in ATTENDING.finditer(text):
        start = mark.end()
        end, score = work.names.at(start)
        if score < SURE or start in work.found:
            continue
        institution = work.belonging.near(start)
        work.found[start] = Named(start, end, "", institution, "present", score, weak=True)
        _sharing(work, end, "", institution)


def _units(work: _Work) -> None:
    """A department and a name in a list: 骨科某某、神经外科某某."""
    text = work.page.text
    for mark in UNIT.finditer(text):
        gap = GAP.match(text, mark.end())
        start = gap.end() if gap else mark.end()
        end, score = work.names.at(start)
        closed = text[end : end + 1] in ("", *"、，。；等和及两三四五\n")
        if start in work.found or score < (0.5 if closed else 3.5):
            continue
        unit = UNIT_START.split(text[max(0, mark.start() - 10) : mark.end()])[-1]
        if not 2 <= len(unit) <= 10 or not _neighbour(text, end, mark.end() - len(unit)):
            continue
        work.found[start] = Named(start, end, unit, work.belonging.near(start), "department_before", score)
        _sharing(work, end, unit, work.found[start].institution)


def _neighbour(text: str, end: int, start: int) -> bool:
    """Another department and name stands beside it."""
    around = text[max(0, start - 14) : start] + "|" + text[end : end + 14]
    return re.search(r"(?:科|中心)[：: \u3000]{0,2}[\u4e00-\u9fff]{2,4}[、，\n。等和及两三四五|]", around) is not None


def _saying(work: _Work) -> None:
    """A name that opens a clause and speaks, though no title is told."""
    text = work.page.text
    for mark in re.finditer(
        r"(?:^|(?<=[，。；、：“\n]))[\u4e00-\u9fff]{2,4}?(?=表示|指出|强调|致辞|致词|坦言|主持|一行|分别代表)", text
    ):
        start, end = mark.start(), mark.end()
        stop, score = work.names.at(start)
        if start in work.found or stop != end or score < 5.0:
            continue
        if SUFFERER.search(text[max(0, start - 4) : start]) or _press(text, start, start):
            continue
        work.found[start] = Named(start, end, "", "", "speaks", score, weak=True)


def _lists(work: _Work) -> None:
    """X、Y等N名专家; X、Y两位医师; X、Y两人."""
    text = work.page.text
    begun = {one.end: one.start for one in work.found.values()}
    for mark in LIST_END.finditer(text):
        run = _run(work, mark.start(), begun)
        if len(run) < 2 and not mark.group().startswith("等"):
            continue
        title = mark["title"] or mark["plain"] or ""
        unit = work.belonging.unit_before(run[-1][0]) if run else ""
        for start, stop in run:
            if start in work.found or _press(text, start, start) or SUFFERER.search(text[max(0, start - 4) : start]):
                continue
            near = work.belonging.near(start)
            work.found[start] = Named(start, stop, unit + title, near, "list_of_people", 2.4, weak=not title)


def _run(work: _Work, end: int, begun: dict[int, int]) -> list[tuple[int, int]]:
    """The names of a list that ends at a place, last first; `begun`: where names found already begin, by their end."""
    run: list[tuple[int, int]] = []
    text = work.page.text
    while (start := begun.get(end, work.names.ending(end))) is not None:
        run.append((start, end))
        if text[start - 1 : start] not in tuple("、和，,"):
            break
        end = start - 1
    return run


def _press(text: str, start: int, name: int) -> bool:
    """Whether the words before say that the name is of those who made the page."""
    before = text[max(0, start - 34) : start]
    return PRESS_BEFORE.search(before) is not None or PRESS_BEFORE.search(text[max(0, name - 34) : name]) is not None


def _persons(work: _Work, reporters: frozenset[str], titles: dict[str, str]) -> Iterator[Person]:
    text = work.page.text
    by_name: dict[str, list[Named]] = {}
    for start in sorted(work.found):
        one = work.found[start]
        name = re.sub(r"[ \u3000]", "", text[one.start : one.end])
        by_name.setdefault(name, []).append(one)
    for name, namings in by_name.items():
        if name in reporters:
            continue
        best = next((one for one in namings if one.title and not one.weak and one.title not in _WEAK), None)
        best = best or next((one for one in namings if one.title and one.why == "title_before"), None)
        best = best or next((one for one in namings if one.title), namings[0])
        title = titles.get(best.title, best.title)
        institution = best.institution or next((one.institution for one in namings if one.institution), "")
        spans = _spans(work.names, name, namings)
        yield Person(
            name,
            title,
            institution,
            _leader(title) and not any(_SIGNS.match(text, span.end) for span in spans),
            Found(spans, min(0.95, 0.5 + best.score / 12 + 0.05 * (len(spans) > 1)), (best.why,)),
        )


def _spans(names: Names, name: str, namings: list[Named]) -> tuple[Span, ...]:
    """The naming with the title first, then every other place of the name."""
    first = [Span(one.start, one.end) for one in namings]
    places = {one.start for one in first}
    rest = [Span(at, at + len(name)) for at in names.places(name) if at not in places]
    return (*first, *rest)


# Behind a name: whoever signs has a part in the record, whatever the post.
_SIGNS = re.compile(
    r"(?:(?!出席|参加|见证|主持|到会|指出|表示|介绍|致辞|讲话)[^。；\n]){0,60}?"
    r"(?:签字|签署(?!仪式)|签订|签约(?!仪式|暨|揭牌|活动|现场))"
)


def _leader(title: str) -> bool:
    """A head or official, by the post; not who is named as the one to contact."""
    return any(word in title for word in HEADS.split()) and not any(word in title for word in ("代表签", "联系人"))
