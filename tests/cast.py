"""Builders that every test uses, and a small standing cast.

Institutions, people and relations come in as the loader brings them in; whatever a workflow moves is made by
services alone. All builders write as a job does, so that they work under row-level security too.

    cast.supporting.office        the network office of the supporting hospital, as an Actor
    cast.county.coordinator       and so on for every role, made when it is first asked for
    a_member(Role.EXPERT, cast.county.institution, employer=cast.supporting.institution)
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client

from lianti.contexts.accounts import services as accounts
from lianti.contexts.network import services as network
from lianti.contexts.network.models import Institution, PeopleGroup, Person, Relation, RelationConfirmation
from lianti.contexts.network.rules import relation_waits
from lianti.kernel import scope, worklist
from lianti.kernel.models import Principal, Tenant
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

AT = datetime(2026, 3, 10, 1, 30, tzinfo=UTC)  # a Tuesday morning in Shanghai
DAY = date(2026, 3, 10)
SINCE = date(2024, 1, 1)
PASSWORD = "tall-bamboo-2026"

_number = count(1)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "明芳伟静强敏磊洁军艳勇娟涛霞超玲"


def a_name() -> str:
    """Return a person's name that no other in this run bears."""
    n = next(_number)
    return SURNAMES[n % 16] + GIVEN[n // 16 % 16] + GIVEN[n // 256 % 16]


def a_phone() -> str:
    """Return a phone number that no other in this run has."""
    return f"139{next(_number):08d}"


def the_system() -> Actor:
    """Return the actor of jobs."""
    with scope.system():
        principal, _ = Principal.objects.get_or_create(name="tests", kind=Principal.Kind.JOB)
        tenant, _ = Tenant.objects.get_or_create(label="tests")
    return Actor(principal.pk, tenant.pk, Role.SYSTEM)


def an_institution(kind: str, name: str, *, level: str = "", region: str = "", short_name: str = "") -> Institution:
    """Make an institution of any kind."""
    draft = network.InstitutionDraft(
        name=name, kind=kind, level=level, region=region, short_name=short_name or name, code=f"T{next(_number)}"
    )
    with scope.system():
        return network.adopt_institution(actor=the_system(), at=AT, institution=draft, source="tests")


def a_hospital(name: str = "", *, level: str = "2a", kind: str = "hospital", region: str = "") -> Institution:
    """Make a hospital (or a health centre, by its kind)."""
    return an_institution(kind, name or f"测试医院{next(_number)}", level=level, region=region)


def a_health_authority(name: str = "", *, region: str = "") -> Institution:
    """Make a health authority."""
    return an_institution("health_authority", name or f"测试卫健委{next(_number)}", region=region)


def a_principal(name: str = "", *, phone: str = "", password: str = PASSWORD) -> Principal:
    """Make somebody who can sign in, without any membership yet."""
    with scope.system():
        return Principal.objects.create(
            name=name or a_name(), phone=phone or a_phone(), password=make_password(password)
        )


def a_person(
    name: str = "",
    *,
    employer: Institution,
    principal: Principal | None = None,
    title_level: str = "deputy_senior",
    department: str = "",
    duty: str = "",
    phone: str = "",
) -> Person:
    """Make somebody in the directory, employed by an institution."""
    draft = network.PersonDraft(
        name=name or a_name(),
        employer_id=employer.pk,
        title_level=title_level,
        department=department,
        duty=duty,
        phone=phone,
        principal_id=principal.pk if principal else None,
    )
    with scope.system():
        return network.add_person(actor=the_system(), at=AT, key=None, person=draft)


def a_member(
    role: Role,
    institution: Institution,
    *,
    name: str = "",
    employer: Institution | None = None,
    principal: Principal | None = None,
    person: bool = True,
    since: date = SINCE,
) -> Actor:
    """Make somebody who acts for an institution in a role; employed there unless `employer` says otherwise."""
    known = principal is not None
    principal = principal or a_principal(name)
    with scope.system():
        found = Person.objects.filter(principal=principal).first()
        if found is None and person and not known:
            found = a_person(principal.name, employer=employer or institution, principal=principal)
        accounts.adopt(
            actor=the_system(),
            at=AT,
            key=None,
            principal_id=principal.pk,
            institution_id=institution.pk,
            role=role,
            from_date=since,
        )
    return Actor(principal.pk, institution.pk, role, found.pk if found else None)


def a_relation(
    lead: Institution,
    members: Iterable[Institution],
    *,
    behaviour: str = "paired_assistance",
    state: str = "in_force",
    authority: Institution | None = None,
    name: str = "",
    from_date: date | None = SINCE,
    to_date: date | None = None,
) -> Relation:
    """Make a relation in any state."""
    members = list(members)
    draft = network.RelationDraft(
        name=name or f"{lead.short_name}对口支援{members[0].short_name}",
        behaviour=behaviour,
        lead_id=lead.pk,
        member_ids=tuple(m.pk for m in members),
        authority_id=authority.pk if authority else None,
        from_date=from_date,
        to_date=to_date,
        code=f"R{next(_number)}",
    )
    with scope.system():
        made = network.adopt_relation(actor=the_system(), at=AT, relation=draft, state=state, source="tests")
        if authority is not None:  # what a source says gives no powers: the authority of the cast has said yes itself
            said = RelationConfirmation.objects.filter(relation=made, institution=authority)
            said.update(own=True)
            worklist.replace("network.relation", made.pk, relation_waits(made), AT)
        return made


def a_batch(institution: Institution, people: Iterable[Person], *, name: str = "", since: date = SINCE) -> PeopleGroup:
    """Make a dispatch batch of an institution with these people in it."""
    with scope.system():
        group = network.create_group(
            actor=the_system(), at=AT, key=None, institution_id=institution.pk, name=name or f"第{next(_number)}批"
        )
        for person in people:
            network.add_group_member(
                actor=the_system(),
                at=AT,
                key=None,
                group_id=group.public_id,
                person_id=person.public_id,
                from_date=since,
            )
    return group


def signed_in_client(actor: Actor, **options: Any) -> Client:
    """Return a browser of Django's in which `actor` has signed in and acts for their institution."""
    client = Client(**options)
    with scope.system():
        principal = Principal.objects.get(pk=actor.principal_id)
        client.force_login(principal, backend="lianti.contexts.accounts.services.PhoneAndPassword")
    session = client.session
    session["membership"] = accounts.take_seat(actor=actor, at=datetime.now(UTC), key=None)
    session.save()
    return client


def taken(issued: accounts.Issued) -> Actor:
    """Let whoever was invited accept with the code, and return whom they act as."""
    seat = issued.membership
    actor = Actor(seat.principal_id, seat.institution_id, Role(seat.role))
    accounts.accept(actor=actor, at=AT, key=None, membership_id=seat.public_id, code=str(issued.code))
    with scope.system():
        person = Person.objects.get(principal=seat.principal_id)
    return Actor(seat.principal_id, seat.institution_id, Role(seat.role), person.pk, seat.department_id)


def phone_of(actor: Actor) -> str:
    """Return the number by which an actor signs in; the password is PASSWORD."""
    with scope.system():
        return str(Principal.objects.values_list("phone", flat=True).get(pk=actor.principal_id))


def sign_in(page: Any, address: str, actor: Actor) -> None:
    """Sign in through the page, in a browser (Playwright)."""
    page.goto(f"{address}/sign-in/")
    page.fill("[name=name]", phone_of(actor))
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


@dataclass
class House:
    """An institution of the cast and its people, each made when first asked for."""

    institution: Institution
    _people: dict[Role, Actor] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.institution.pk)

    def actor(self, role: Role) -> Actor:
        """Return whoever bears the role here."""
        if role not in self._people:
            self._people[role] = a_member(role, self.institution)
        return self._people[role]

    @property
    def office(self) -> Actor:
        return self.actor(Role.OFFICE)

    @property
    def coordinator(self) -> Actor:
        return self.actor(Role.COORDINATOR)

    @property
    def clinician(self) -> Actor:
        return self.actor(Role.CLINICIAN)

    @property
    def expert(self) -> Actor:
        return self.actor(Role.EXPERT)

    @property
    def department_head(self) -> Actor:
        return self.actor(Role.DEPARTMENT_HEAD)

    @property
    def leader(self) -> Actor:
        return self.actor(Role.LEADER)

    @property
    def health_authority(self) -> Actor:
        return self.actor(Role.HEALTH_AUTHORITY)

    @property
    def administrator(self) -> Actor:
        return self.actor(Role.ADMINISTRATOR)

    @property
    def auditor(self) -> Actor:
        return self.actor(Role.AUDITOR)


@dataclass
class Cast:
    """A supporting and a county hospital in a relation, a stranger, and their health authority."""

    supporting: House
    county: House
    stranger: House
    authority: House
    relation: Relation
    _posted: Actor | None = None

    @property
    def posted_expert(self) -> Actor:
        """Return a doctor of the supporting hospital who acts for the county hospital, where they are seconded."""
        if self._posted is None:
            self._posted = a_member(Role.EXPERT, self.county.institution, employer=self.supporting.institution)
        return self._posted


def standing_cast() -> Cast:
    """Make the cast."""
    supporting = a_hospital("青山大学附属医院", level="3a", region="青山省/青山市")
    county = a_hospital("云溪县人民医院", level="2a", region="青山省/云溪市/云溪县")
    stranger = a_hospital("白河市中医院", level="3b", region="青山省/白河市")
    authority = a_health_authority("青山省卫生健康委员会", region="青山省")
    relation = a_relation(supporting, [county], authority=authority)
    return Cast(House(supporting), House(county), House(stranger), House(authority), relation)
