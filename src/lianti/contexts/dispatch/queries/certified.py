"""What a service certificate says, as frozen values: stretches, places, seals; and what stands on its paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.models import Appraisal, Certificate, CertificateSeal, PastService, Posting
from lianti.contexts.dispatch.queries.people_counted import PersonCounted, Served, counted_of_people
from lianti.contexts.dispatch.queries.rulebook import PROMOTION
from lianti.contexts.dispatch.states import CertificateState, SealSide
from lianti.contexts.dispatch.words.proving import ON_PAPER
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.records.cells import State

Lines = Sequence[Mapping[str, Any]]
_NONE_HERE = [CertificateState.WITHDRAWN, CertificateState.REPORTED]  # of these no paper proves anything here


@dataclass(frozen=True)
class CountedNow:
    """What was counted for a certificate, as its columns keep it."""

    days: int
    months: str
    owed: int | None
    lacking: int | None
    lines: list[dict[str, Any]]
    ruled: str


def count(actor: Actor, person_id: int, today: date, until: date) -> CountedNow:
    """Count somebody's service before promotion up to a day, over all their postings that the actor knows of."""
    found = counted_of_people(actor, [person_id], PROMOTION, today, until)[person_id]
    postings = {row.pk: row for row in Posting.objects.filter(pk__in=[one.key for one in found.stretches])}
    kinds = {row.pk: row.kind for row in postings.values()}
    past = PastService.objects.filter(pk__in=[-one.key for one in found.stretches if one.historical])
    kinds |= {-pk: kind for pk, kind in past.values_list("pk", "kind")}
    relations = network.relations_by_id({row.relation_id for row in postings.values()})
    lines = [
        _line(one, found.until, postings.get(one.key), relations) | {"kind": kinds[one.key]} for one in found.stretches
    ]
    return CountedNow(found.days, found.months_text, found.owed, found.lacking, lines, _ruled(found))


def _line(
    one: Served, until: date, posting: Posting | None, relations: Mapping[int, network.RelationFacts]
) -> dict[str, Any]:
    relation = relations[posting.relation_id] if posting is not None else None
    authority = relation.authority if relation else None
    return {
        "key": one.url_id,
        "place": one.place,
        "place_id": one.institution.id if posting is not None and one.institution else None,
        "level": one.institution.level if one.institution else "",
        "department": one.department,
        "first": one.first.isoformat(),
        "last": min(one.last or until, until).isoformat(),
        "days": one.days,
        "letter": one.letter,
        "historical": one.historical,
        "authority_id": authority.id if authority else None,
        "region": one.institution.region_words if one.institution else "",
    }


def _ruled(found: PersonCounted) -> str:
    """Name the rule sets with their versions, as a paper does: in Chinese."""
    with translation.override("zh-hans"):
        named = [f"{one.name} v{one.version}" if one.version else str(one.name) for one in found.by]
    return "、".join(dict.fromkeys(named))[:400]


def places(lines: Lines) -> dict[int, int]:
    """Return where a seal is wanted, with the days that it confirms; service before the platform has its own paper."""
    found: dict[int, int] = {}
    for one in lines:
        if one["place_id"] is not None:
            found[one["place_id"]] = found.get(one["place_id"], 0) + one["days"]
    return found


def bureaus(lines: Lines) -> list[tuple[int | None, str]]:
    """Return the bureaus whose seal is wanted: the authority of each relation, else the one of the place's region."""
    found: dict[tuple[int | None, str], None] = {}
    for one in lines:
        if one["place_id"] is not None:
            found[(one["authority_id"], "" if one["authority_id"] else one["region"])] = None
    return list(found)


def spans_at(lines: Lines, place_id: int) -> list[tuple[date, date]]:
    """Return the first and last days of the stretches at a place."""
    return [
        (date.fromisoformat(one["first"]), date.fromisoformat(one["last"]))
        for one in lines
        if one["place_id"] == place_id
    ]


@dataclass(frozen=True)
class SealLine:
    """A seal as a page shows it. `by`: who signed; `scan_id`: the key of its file."""

    id: int
    side: str
    word: Sentence
    place: str
    days: int | None
    given_on: date | None
    by: str
    paper: bool
    scan_id: int | None
    institution_id: int | None

    @property
    def missing(self) -> bool:
        """Say whether it is still to be given."""
        return self.given_on is None


def seals_of(certificate_ids: Iterable[int]) -> dict[int, list[SealLine]]:
    """Return the seals of certificates in the order in which they are wanted, three queries however many."""
    rows = list(CertificateSeal.objects.filter(certificate__in=list(certificate_ids)).order_by("pk"))
    known = network.institutions_by_id({row.institution_id for row in rows if row.institution_id})
    people = network.people_by_id({row.signatory_id for row in rows if row.signatory_id})
    found: dict[int, list[SealLine]] = {}
    order = list(SealSide)
    for row in sorted(rows, key=lambda row: (order.index(SealSide(row.side)), row.pk)):
        place = known[row.institution_id].name if row.institution_id else row.place
        signed = str(people[row.signatory_id].name) if row.signatory_id in people else row.signatory_name
        found.setdefault(row.certificate_id, []).append(
            SealLine(
                row.pk, row.side, words.SEAL_SIDES[row.side], place, row.days, row.given_on, signed,
                row.scan_id is not None, row.scan_id, row.institution_id,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class CertificateOf:
    """The latest certificate of somebody, for lists of people: where it stands and which seals are wanting."""

    id: int
    public_id: str
    number: str
    url: str
    state: State
    days: int
    months: str
    lacking: int | None
    missing: tuple[str, ...]  # seals, by side and place
    issued: bool


def certificates_of(actor: Actor, person_ids: Iterable[int]) -> dict[int, CertificateOf]:
    """Return the latest certificate of each of these people that was not withdrawn, as far as the actor knows of it.

    Four queries however many people; who has none is left out.
    """
    rows = Certificate.objects.filter(rules.CERTIFICATES.visible_to(actor), person__in=list(person_ids))
    latest = {row.person_id: row for row in rows.exclude(state__in=_NONE_HERE).order_by("pk")}
    seals = seals_of(row.pk for row in latest.values())
    return {
        person: CertificateOf(
            row.pk,
            row.public_id,
            row.number,
            f"/dispatch/certificates/{row.public_id}/",
            words.CERTIFICATE.state(row.state),
            row.days,
            row.months,
            row.lacking,
            tuple(f"{one.word}：{one.place}" for one in seals.get(row.pk, ()) if one.missing),
            row.state == CertificateState.ISSUED,
        )
        for person, row in latest.items()
    }


def content(actor: Actor, row: Certificate) -> dict[str, Any]:
    """Return what stands on the paper of a certificate. Call it in Chinese."""
    person = network.person_by_id(row.person_id)
    seals = seals_of([row.pk]).get(row.pk, [])
    public = f"{row.public_from} – {row.public_to} {row.public_place}" if row.public_from else ""
    return {
        "name": str(person.name),
        "sex": row.sex,
        "identity": f"**************{row.identity_tail}" if row.identity_tail else "",
        "unit": person.employer.name,
        "department": person.department,
        "person_title": str(person.title_label),
        "applied_title": row.applied_title,
        "days": str(row.days),
        "months": row.months,
        "until": row.until.isoformat(),
        "rules": row.ruled,
        "grade": grades(actor, row),
        "public": public.strip(),
        **{f"{side}_seal": _sealed(seals, side) for side in SealSide},
        "stretches": [stretch(number, one) for number, one in enumerate(row.lines, 1)],
    }


def _sealed(seals: Sequence[SealLine], side: str) -> str:
    said = []
    for one in seals:
        if one.side == side:
            given = f"{one.given_on} {one.by}".strip() if one.given_on else ""
            said.append(f"{one.place} {given}{f'（{ON_PAPER}）' if one.paper else ''}".strip())
    return "\n".join(said)


def stretch(number: int, one: Mapping[str, Any]) -> dict[str, str]:
    """Return a stretch in words, as paper and page have it."""
    names = network.code_words("level")
    return {
        "no": str(number),
        "place": one["place"],
        "level": str(names.get(one["level"], one["level"])) if one["level"] else "",
        "department": one["department"],
        "first": one["first"],
        "last": one["last"],
        "days": str(one["days"]),
        "basis": one["letter"],
        "kind": str(words.KINDS[one["kind"]]),
        "remark": str(words.MARK) if one["historical"] else "",
    }


def grades(actor: Actor, row: Certificate) -> str:
    """Return the grades of the appraisals of its stretches, the own hospital's before the recipient's."""
    keys = [one["key"] for one in row.lines if one["place_id"] is not None]
    found = Appraisal.objects.filter(rules.APPRAISALS.visible_to(actor), posting__public_id__in=keys).order_by("pk")
    told = [one.supporter_grade or one.recipient_grade for one in found if one.state != "withdrawn"]
    return "、".join(str(words.GRADES[grade]) for grade in told if grade)
