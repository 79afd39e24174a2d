"""Stage for tests of the grammar: a page, and parties put where the text names them."""

import re
from datetime import date

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Mention, Parties, Party
from lianti.contexts.intake.domain.proposals import Found, Person, Span

BIG, SMALL, OFFICE = "云岫市第一医院", "青岚县人民医院", "青岚县人民政府"
ROLES = {BIG: ("supporter", "hospital"), SMALL: ("supported", "hospital"), OFFICE: ("authority", "government")}
SHORT = {"市一医院": BIG, "县人民医院": SMALL, "县政府": OFFICE}


def page(text: str, published: date | None = date(2024, 5, 20), title: str = "", medium: str = "") -> Page:
    """A page of that text; the title, when given, is its first line."""
    return Page(Cleaned(f"{title}\n{text}" if title else text, title=title, published=published, medium=medium))


def parties(text: str) -> Parties:
    """The three parties of these tests where the text names them, 该院 pointing to the last one."""
    named = {name: Party(name, role, level=level) for name, (role, level) in ROLES.items()}
    shorter = {**{name: name for name in named}, **SHORT}
    found = Parties(list(named.values()))
    last = named[SMALL]
    for mark in re.finditer("|".join(sorted(shorter, key=len, reverse=True)) + "|该院", text):
        last = named[shorter[mark.group()]] if mark.group() != "该院" else last
        found.mentions.append(Mention(mark.start(), mark.end(), last, mark.group() == "该院"))
    return found


def people(text: str, **institutions: str) -> tuple[Person, ...]:
    """People by name with their institution."""
    return tuple(
        Person(name, "", institution, False, Found(tuple(Span(m.start(), m.end()) for m in re.finditer(name, text))))
        for name, institution in institutions.items()
    )
