"""People told in other ways than with a post before the name: who they are, whose workstation, whom to ask."""

import re
from collections.abc import Iterator

from lianti.contexts.intake.domain.grammar.belonging import Belonging
from lianti.contexts.intake.domain.grammar.named import Named
from lianti.contexts.intake.domain.grammar.personal import SURE, Names
from lianti.contexts.intake.domain.grammar.posts import BEHIND, Posts
from lianti.contexts.intake.domain.grammar.specialties import BARE, NAMED

IS = re.compile(r"(?:，?现任|，?时任|，?系|是)(?!否|不)")
SELF_TOLD = re.compile(r"(?:^|[，。；！？“\n])$")
REACH = 44
"""How far, in characters, the posts behind 是 may reach."""
WORKSTATION = re.compile(
    r"(?P<unit>[\u4e00-\u9fff]{0,8}?)(?P<kind>专家|名医|名师|名中医|名老中医|院士|教授|博士|劳模|大师)?(?:团队)?"
    r"(?:传承)?(?:工作站|工作室)"
)
CLAUSE = re.compile(r"[，。；！\n]|$")
TO_ASK = re.compile(
    r"(?P<post>联\s*系\s*人|负责人)[：:][ \u3000]?(?P<unit>[\u4e00-\u9fff]{2,6}(?:科|部|办|处|办公室))[ \u3000]"
)
SHORT_FORM = re.compile(
    r"(?P<short>[\u4e00-\u9fff])(?P<title>副?[\u4e00-\u9fff]{2,4})[（(](?P<name>[\u4e00-\u9fff]{2,4})[）)]"
)


def find(text: str, names: Names, posts: Posts, belonging: Belonging) -> Iterator[Named]:
    """Those whom these ways of telling name."""
    yield from _is(text, names, posts, belonging)
    yield from _workstation(text, names, belonging)
    yield from _to_ask(text, names, belonging)
    yield from _short(text, names, belonging)


def _is(text: str, names: Names, posts: Posts, belonging: Belonging) -> Iterator[Named]:
    """Somebody who opens a clause and is the head of something: 某某是某院某科主任."""
    for mark in IS.finditer(text):
        start = names.ending(mark.start())
        if start is None or not SELF_TOLD.search(text[max(0, start - 1) : start]):
            continue
        core = _closing(text, posts, mark.end())
        if core is None:
            continue
        title, institution = belonging.of(posts.chain(core), start)
        yield Named(start, mark.start(), title, institution, "told_to_be", 3.0)


def _closing(text: str, posts: Posts, start: int) -> re.Match[str] | None:
    """The head of a post that ends the clause which begins here."""
    end = CLAUSE.search(text, start, start + REACH)
    return posts.ending(end.start()) if end else None


def _workstation(text: str, names: Names, belonging: Belonging) -> Iterator[Named]:
    """A workstation that bears a name, right behind the institution that the name belongs to."""
    for mention in belonging.mentions:
        start = mention.end
        for length in (2, 3, 4):
            mark = WORKSTATION.match(text, start + length)
            if mark and _clinical(mark) and names.whole(start, start + length):
                title = mark["unit"] + (mark["kind"] or "专家")
                yield Named(start, start + length, title, mention.party.name, "workstation", 3.0, weak=True)
                break


def _clinical(mark: re.Match[str]) -> bool:
    """Between name and workstation stands a department, or only a word for experts."""
    unit = mark["unit"]
    return bool(NAMED.match(unit) or BARE.match(unit)) if unit else mark["kind"] is not None


def _to_ask(text: str, names: Names, belonging: Belonging) -> Iterator[Named]:
    """联系人：某科 某某."""
    for mark in TO_ASK.finditer(text):
        end, score = names.at(mark.end())
        if score >= SURE:
            title = "联系人、" + mark["unit"] if "联" in mark["post"] else mark["unit"] + mark["post"]
            yield Named(mark.end(), end, title, belonging.near(mark.end()), "to_ask", score)


def _short(text: str, names: Names, belonging: Belonging) -> Iterator[Named]:
    """A surname with a title, and the whole name in brackets: 石院长（石某某）."""
    for mark in SHORT_FORM.finditer(text):
        if mark["name"][0] == mark["short"] and BEHIND.fullmatch(mark["title"]):
            start = mark.start("name")
            yield Named(start, mark.end("name"), mark["title"], belonging.near(start, mark["title"]), "short_form", 3.0)
