"""The directory of people: who works where, and who is shown no more."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import domain
from lianti.contexts.network.domain import PersonDraft
from lianti.contexts.network.models import Department, Institution, PastEmployment, PastTitle, Person
from lianti.contexts.network.rules import PERSON_FLOW
from lianti.contexts.network.services.doubts import doubt_one
from lianti.contexts.network.states import TitleLevel
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid
from lianti.lib.names import folded
from lianti.lib.pinyin import initials
from lianti.lib.roles import Role

_LENGTHS = {"name": 80, "duty": 120, "department": 120, "phone": 32}


def add_person(*, actor: Actor, at: datetime, key: str | None, person: PersonDraft) -> Person:
    """Enter somebody into the directory under their employer. Raises NotAllowed, Invalid, KeyReused."""
    draft = _checked(person)
    record = Person(
        name=draft.name,
        initials=initials(draft.name),
        duty=draft.duty,
        title_level=draft.title_level,
        employer_id=draft.employer_id,
        phone=draft.phone,
        principal_id=draft.principal_id,
    )

    def place(made: Person) -> None:
        if draft.department:
            made.department = _department(made.employer_id, draft.department)
            Person.objects.filter(pk=made.pk).update(department=made.department)
        doubt_one(actor=actor, at=at, person=made)

    return engine.create(
        PERSON_FLOW, record, name="add_person", actor=actor, at=at, key=key, body=asdict(person), effect=place
    )


def add_people(*, actor: Actor, at: datetime, key: str | None, people: Sequence[PersonDraft]) -> list[Person]:
    """Enter those who are not there yet under their employer, all or nobody; a name that is there is left alone.

    `key` makes the whole repeatable. Raises NotAllowed, Invalid at '<line>-<field>'.
    """
    made: list[Person] = []
    with scope.acting(actor), transaction.atomic():
        there = {one.employer_id: _names_at(one.employer_id) for one in people}
        for number, one in enumerate(people):
            if folded(one.name) in there[one.employer_id]:
                continue
            try:
                told: dict[str, Any] = {"actor": actor, "at": at, "key": f"{key}-{number}" if key else None}
                made.append(add_person(**told, person=one))
            except Invalid as refusal:
                raise Invalid({f"{number}-{name}": why for name, why in refusal.fields.items()}) from refusal
            there[one.employer_id].add(folded(one.name))
    return made


def _names_at(employer_id: int) -> set[str]:
    return {folded(name) for name in Person.objects.filter(employer=employer_id).values_list("name", flat=True)}


def edit_person(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    person_id: str,
    fields: Mapping[str, Any],
    title_since: date | None = None,
    note: str = "",
) -> Person:
    """Change what is said of a person, and their sign-in. Raises NotFound, NotAllowed, Invalid.

    `title_since`: from when the title given is borne, the one before until then; without it the title was wrong all
    the time since the last change, and is put right.
    """
    allowed = {*_LENGTHS, "title_level", "principal_id"}
    if wrong := dict.fromkeys(set(fields) - allowed, _("This cannot be changed here.")):
        raise Invalid(wrong)
    given = {name: domain.clean(v) if isinstance(v, str) else v for name, v in fields.items()}
    if problems := _problems(given):
        raise Invalid(problems)
    department = given.pop("department", None)
    if "name" in given:
        given["initials"] = initials(given["name"])
    facts = {"title_since": title_since.isoformat()} if title_since is not None else None

    def place(record: Person) -> dict[str, Any] | None:
        if title_since is not None and "title_level" in given:
            _titled(record, title_since, shanghai_day(at))
        if {"name", "phone"} & set(given):
            doubt_one(actor=actor, at=at, person=record)
        if department is None:
            return None
        return {"department": _department(record.employer_id, department) if department else None}

    found: Person = engine.move(
        PERSON_FLOW, person_id, name="edit_person", actor=actor, at=at, key=key, fields=given, note=note, facts=facts,
        effect=place,
    )  # fmt: skip
    return found


def _titled(person: Person, since: date, today: date) -> None:
    """Keep the title of before, as it stands yet, with the day on which it ended, where it changes. Raises Invalid."""
    before = Person.objects.values_list("title_level", flat=True).get(pk=person.pk)
    if person.title_level == before:
        return
    last = PastTitle.objects.filter(person=person.pk).order_by("-until").values_list("until", flat=True).first()
    if since > today:
        raise Invalid({"title_since": _("This day has not come yet.")})
    if last is not None and since <= last:
        raise Invalid({"title_since": _("The present title is borne since %(day)s.") % {"day": last.isoformat()}})
    PastTitle.objects.create(person=person, title_level=before, until=since)


def change_employer(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    person_id: str,
    employer_id: int,
    from_date: date,
    note: str = "",
    version: int | None = None,
) -> Person:
    """Let a person work elsewhere from a day on; where they worked until then is kept with its days.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    if from_date > shanghai_day(at):
        raise Invalid({"from_date": _("This day has not come yet.")})
    if not Institution.objects.filter(pk=employer_id).exists():
        raise Invalid({"employer": _("Choose the institution that employs this person.")})

    def leave(person: Person) -> dict[str, Any]:
        if person.employer_id == employer_id:
            raise Invalid({"employer": _("This person works there already.")})
        until = from_date - timedelta(days=1)
        last = PastEmployment.objects.filter(person=person).order_by("-to_date").first()
        begun = last.to_date + timedelta(days=1) if last else None
        if begun is not None and until < begun:
            raise Invalid({"from_date": _("This person came to the present employer only after that day.")})
        PastEmployment.objects.create(person=person, institution_id=person.employer_id, from_date=begun, to_date=until)
        return {"employer_id": employer_id, "department_id": None}

    facts = {"employer": str(employer_id), "from_date": from_date.isoformat()}
    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "note": note, "version": version}
    with scope.acting(actor), transaction.atomic():
        moved: Person = engine.move(PERSON_FLOW, person_id, name="change_employer", **by, facts=facts, effect=leave)
        doubt_one(actor=actor, at=at, person=moved)
    return moved


def stand_for(
    *, actor: Actor, at: datetime, key: str | None, principal_id: int, name: str, phone: str, employer_id: int
) -> Person:
    """See to it that a sign-in has its person: whose number it is, else somebody new, employed where they were invited.

    Whether `actor` may invite has been asked by the room of accounts. Raises Invalid.
    """
    job = replace(actor, role=Role.SYSTEM)
    if (known := Person.objects.filter(principal_id=principal_id).first()) is not None:
        return known
    rows = Person.objects.filter(phone=phone, principal=None).order_by("pk") if phone else []
    listed = next((one for one in rows if folded(one.name) == folded(name)), None)
    if listed is None:
        person = PersonDraft(name=name, employer_id=employer_id, phone=phone, principal_id=principal_id)
        return add_person(actor=job, at=at, key=key, person=person)
    return edit_person(actor=job, at=at, key=key, person_id=listed.public_id, fields={"principal_id": principal_id})


def follow_number(
    *, actor: Actor, at: datetime, key: str | None, principal_id: int, before: str, phone: str
) -> Person | None:
    """Let the directory follow the number that somebody signs in with, where it had the same one.

    Whether `actor` may change it has been asked by the room of accounts.
    """
    found = Person.objects.filter(principal_id=principal_id, phone__in=(before, "")).first()
    if found is None:
        return None
    job = replace(actor, role=Role.SYSTEM)
    return edit_person(actor=job, at=at, key=key, person_id=found.public_id, fields={"phone": phone})


def hide_person(*, actor: Actor, at: datetime, key: str | None, person_id: str, note: str = "") -> Person:
    """Withhold a person's name everywhere; what they did stays. Raises NotFound, NotAllowed, Conflict."""
    found: Person = engine.move(
        PERSON_FLOW, person_id, name="hide_person", actor=actor, at=at, key=key, note=note, fields={"hidden_at": at}
    )
    return found


def show_person(*, actor: Actor, at: datetime, key: str | None, person_id: str, note: str = "") -> Person:
    """Show a withheld name again. Raises NotFound, NotAllowed, Conflict."""
    found: Person = engine.move(
        PERSON_FLOW, person_id, name="show_person", actor=actor, at=at, key=key, note=note, fields={"hidden_at": None}
    )
    return found


def _department(institution_id: int, name: str) -> Department:
    return Department.objects.get_or_create(institution_id=institution_id, name=name)[0]


def _checked(draft: PersonDraft) -> PersonDraft:
    tidy = replace(
        draft,
        name=domain.clean(draft.name),
        duty=domain.clean(draft.duty),
        department=domain.clean(draft.department),
        phone=domain.clean(draft.phone),
    )
    problems = _problems({name: getattr(tidy, name) for name in ("name", "duty", "department", "phone", "title_level")})
    if not Institution.objects.filter(pk=tidy.employer_id).exists():
        problems["employer"] = _("Choose the institution that employs this person.")
    if problems:
        raise Invalid(problems)
    return tidy


def _problems(given: Mapping[str, Any]) -> dict[str, str | Promise]:
    problems: dict[str, str | Promise] = {}
    for field, longest in _LENGTHS.items():
        if len(given.get(field) or "") > longest:
            problems[field] = _("This is too long.")
    if "name" in given and not given["name"]:
        problems["name"] = _("This is needed.")
    if "title_level" in given and given["title_level"] not in set(TitleLevel):
        problems["title_level"] = _("Choose one of the title levels.")
    return problems
