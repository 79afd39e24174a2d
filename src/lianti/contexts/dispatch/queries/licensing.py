"""Whether a licence fits a posting: scope, end, filing. It warns and forbids nothing (dispatch.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain.facts import Licence
from lianti.contexts.dispatch.models import Candidate, Posting
from lianti.contexts.dispatch.states import OPEN
from lianti.contexts.network.queries import RelationFacts
from lianti.lib.errors import Sentence

NEAR = timedelta(days=60)
# Staff sent in these need no filing where the province says so (order 13 of 2017; unverified, hence said on the page).
NO_FILING = frozenset({"paired_assistance", "team_assistance", "consortium"})


@dataclass(frozen=True)
class Fit:
    """What is to be said of a licence and a posting: warnings, and why no filing is needed."""

    warnings: tuple[Sentence, ...]
    exempt: Sentence = ""


def licence_of(posting: Posting, candidate: Candidate | None) -> Licence:
    """Return what is known: of the posting first, of the person else."""
    known = candidate or Candidate()
    return Licence(
        posting.licence_number or known.licence_number,
        known.licence_scope,
        posting.licence_until or known.licence_until,
        known.licence_filing,
    )


def fits(licence: Licence, relation: RelationFacts, specialty: str, last: date) -> Fit:
    """Return what a licence lacks for a posting that ends on `last`; nothing is said of what nobody has noted."""
    found: list[Sentence] = []
    if licence.until is not None and licence.until < last:
        found.append(words.LICENCE_BEFORE % {"day": licence.until.isoformat()})
    if licence.scope and specialty and not alike(licence.scope, specialty):
        found.append(words.LICENCE_SCOPE % {"scope": licence.scope, "specialty": specialty})
    if licence.filing:
        return Fit(tuple(found), licence.filing)
    if relation.behaviour in NO_FILING:
        return Fit(tuple(found), words.LICENCE_NONE_NEEDED % {"why": relation.behaviour_label})
    if licence.number:
        found.append(words.LICENCE_FILING)
    return Fit(tuple(found))


def alike(one: str, other: str) -> bool:
    """Say whether two names of a specialty mean the same field, as far as their words tell."""
    first, second = bare(one), bare(other)
    return bool(first and second) and (first in second or second in first or first[:2] == second[:2])


def bare(name: str) -> str:
    """Return the name of a specialty or department without what every one of them ends in."""
    text = "".join(name.split())
    for ending in ("专业", "专科", "病区", "中心", "科"):
        text = text.removesuffix(ending)
    return text


def ends_soon(row: Posting, today: date) -> Sentence:
    """Say when the licence of somebody who is sent ends, where that is near; '' where not."""
    if row.licence_until is None or row.state not in OPEN or row.licence_until > today + NEAR:
        return ""
    said = words.LICENCE_OVER if row.licence_until < today else words.LICENCE_ENDS
    return said % {"day": row.licence_until.isoformat()}
