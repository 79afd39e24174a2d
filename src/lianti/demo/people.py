"""Who is who in the example: institutions, people, sign-ins, and who may act for whom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from lianti.contexts.accounts import services as accounts
from lianti.contexts.network import services as network
from lianti.demo import places
from lianti.demo.names import names
from lianti.demo.places import AUTHORITY, COUNTIES, LANXI, PLACES, PROVINCIAL, SHIZHOU, TOWNSHIPS, Place
from lianti.demo.when import When, moment
from lianti.demo.words import CRAFTS, Craft
from lianti.kernel.models import Principal, Tenant
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months
from lianti.lib.roles import Role

PASSWORD = "lianti-demo-2026"  # noqa: S105 - everybody's in the example; the runner prints it
SOURCE = "示例数据"
PHONES = {
    Role.OFFICE: "13800000001",
    Role.COORDINATOR: "13800000002",
    Role.CLINICIAN: "13800000003",
    Role.EXPERT: "13800000004",
    Role.DEPARTMENT_HEAD: "13800000005",
    Role.LEADER: "13800000006",
    Role.HEALTH_AUTHORITY: "13800000007",
    Role.ADMINISTRATOR: "13800000008",
    Role.AUDITOR: "13800000009",
}


@dataclass
class Somebody:
    """A person of the example; `actors` by the code of the institution they act for."""

    name: str
    employer: str
    department: str
    duty: str
    title: str
    craft: Craft | None = None
    phone: str = ""
    pk: int = 0
    public_id: str = ""
    principal_id: int = 0
    actors: dict[str, Actor] = field(default_factory=dict)

    def at(self, code: str) -> Actor:
        """Return the person as they act for an institution."""
        return self.actors[code]

    @property
    def home(self) -> Actor:
        return self.actors[self.employer]


@dataclass
class House:
    """One institution with its people by what they do there."""

    place: Place
    id: int
    public_id: str
    leader: Somebody
    coordinator: Somebody
    heads: list[Somebody]
    clinicians: list[Somebody]

    @property
    def people(self) -> list[Somebody]:
        return [self.leader, self.coordinator, *self.heads, *self.clinicians]


@dataclass
class Cast:
    """Everybody."""

    system: Actor
    houses: dict[str, House]
    office: Somebody
    clerk: Somebody
    vice: Somebody
    authority: Somebody
    administrator: Somebody
    auditor: Somebody
    experts: list[Somebody]
    postings: dict[tuple[str, date], list[Somebody]] = field(default_factory=dict)

    def id(self, code: str) -> int:
        """Return the key of an institution."""
        return self.houses[code].id

    def house(self, code: str) -> House:
        return self.houses[code]

    @property
    def all_people(self) -> list[Somebody]:
        own = [self.office, self.clerk, self.vice, self.authority, self.administrator, self.auditor, *self.experts]
        found = {id(one): one for one in own}
        for house in self.houses.values():
            found |= {id(one): one for one in house.people}
        return list(found.values())


class Builder:
    """Brings the institutions and people in, as the loader does, two years ago."""

    def __init__(self, when: When) -> None:
        self.when = when
        self.at = moment(when.first - timedelta(days=40), 9)
        self.system = Actor(*_system(), Role.SYSTEM)
        self.names = names()
        self.phone = 13800000100
        self.mobile = 13900000100
        self.password = make_password(PASSWORD)
        self.keys: dict[str, int] = {}
        self.public: dict[str, str] = {}

    def build(self) -> Cast:
        """Make everybody and return them."""
        for place in PLACES:
            self._institution(place)
        office = self._one(PROVINCIAL, "医联体办公室", "医联体办公室主任", "deputy_senior")
        clerk = self._one(PROVINCIAL, "医联体办公室", "医联体办公室干事", "")
        vice = self._one(PROVINCIAL, "院领导", "副院长", "senior")
        administrator = self._one(PROVINCIAL, "信息中心", "平台管理员", "")
        authority = self._one(AUTHORITY, "医政医管处", "医政医管处四级调研员", "")
        auditor = self._one(AUTHORITY, "审计处", "审计处干部", "")
        experts = [one for craft in CRAFTS for one in self._experts(craft)]
        houses = {code: self._county(code, experts) for code in COUNTIES}
        houses |= {code: self._township(code) for code in TOWNSHIPS}
        houses[PROVINCIAL] = self._house(PROVINCIAL, vice, office, [], [])
        houses[AUTHORITY] = self._house(AUTHORITY, authority, authority, [], [])
        cast = Cast(self.system, houses, office, clerk, vice, authority, administrator, auditor, experts)
        self._enter(cast.all_people)
        self._let_act(cast)
        return cast

    def _institution(self, place: Place) -> None:
        first_name = place.former[0] if place.former else place.name
        draft = network.InstitutionDraft(
            name=first_name,
            kind=place.kind,
            code=place.code,
            short_name=place.short_name,
            level=place.level,
            region=place.region,
        )
        row = network.adopt_institution(actor=self.system, at=self.at, institution=draft, source=SOURCE)
        self.keys[place.code], self.public[place.code] = row.pk, row.public_id
        if place.former is not None:
            since = add_months(self.when.this_month, place.former[1])
            network.rename_institution(
                actor=replace(self.system, tenant_id=row.pk),
                at=max(self.at, moment(since, 10)),
                key=None,
                institution_id=row.public_id,
                name=place.name,
                from_date=since,
                short_name=place.short_name,
            )

    def _one(self, employer: str, department: str, duty: str, title: str, craft: Craft | None = None) -> Somebody:
        self.mobile += 37
        return Somebody(next(self.names), employer, department, duty, title, craft, str(self.mobile))

    def _experts(self, craft: Craft) -> list[Somebody]:
        nursing = craft.style == "nursing"
        ranks = [
            ("主任护师" if nursing else "主任医师", "senior"),
            ("副主任护师" if nursing else "副主任医师", "deputy_senior"),
        ]
        ranks.append(("主管护师" if nursing else "主治医师", "intermediate"))
        if craft.style in ("medicine", "surgery"):
            ranks.insert(1, ("副主任医师", "deputy_senior"))
        if craft.department == "检验科":
            ranks = [("主任技师", "senior"), ("主管技师", "intermediate")]
        if self.when.short:
            ranks = ranks[:2]
        return [self._one(PROVINCIAL, craft.department, duty, title, craft) for duty, title in ranks]

    def _house(
        self, code: str, leader: Somebody, coordinator: Somebody, heads: list[Somebody], clinicians: list[Somebody]
    ) -> House:
        place = next(p for p in PLACES if p.code == code)
        return House(place, self.keys[code], self.public[code], leader, coordinator, heads, clinicians)

    def _county(self, code: str, experts: list[Somebody]) -> House:
        if code == SHIZHOU:  # the supporter's own posted doctor presides
            leader = next(one for one in experts if one.department == "普外科" and one.title == "senior")
            leader.duty = f"主任医师，派驻{places.SHORT[code]}任院长"
        else:
            leader = self._one(code, "院领导", "院长", "senior")
        coordinator = self._one(code, "医务科", "医务科科长、对口支援联络员", "intermediate")
        crafts = CRAFTS[COUNTIES.index(code) % 4 :: 4][:3]
        heads = [
            self._one(code, craft.department, f"{craft.department}主任", "deputy_senior", craft) for craft in crafts
        ]
        heads.append(self._one(code, "护理部", "护理部主任", "deputy_senior", CRAFTS[14]))
        juniors = [self._one(code, craft.department, "主治医师", "intermediate", craft) for craft in crafts]
        juniors.append(self._one(code, "医务科", "医务科干事", "junior"))
        return self._house(code, leader, coordinator, heads, juniors)

    def _township(self, code: str) -> House:
        leader = self._one(code, "院办", "院长", "intermediate")
        coordinator = self._one(code, "公共卫生科", "公卫科长、医共体联络员", "junior")
        doctor = self._one(code, "全科", "全科医师", "intermediate")
        nurse = self._one(code, "护理组", "护士长", "junior")
        return self._house(code, leader, coordinator, [nurse], [doctor])

    def _enter(self, people: list[Somebody]) -> None:
        """Write everybody into the directory; whoever acts for a house has a sign-in."""
        for one in people:
            principal = Principal.objects.create(name=one.name, phone=self._next_phone(one), password=self.password)
            draft = network.PersonDraft(
                name=one.name,
                employer_id=self.keys[one.employer],
                duty=one.duty,
                title_level=one.title,
                department=one.department,
                phone=one.phone,
                principal_id=principal.pk,
            )
            row = network.add_person(actor=self.system, at=self.at, key=None, person=draft)
            one.pk, one.public_id, one.principal_id = row.pk, row.public_id, principal.pk

    def _next_phone(self, one: Somebody) -> str:
        self.phone += 1
        return str(self.phone)

    def _let_act(self, cast: Cast) -> None:
        for code, house in cast.houses.items():
            self.member(house.leader, code, Role.HEALTH_AUTHORITY if code == AUTHORITY else Role.LEADER)
            if house.coordinator is not house.leader:
                self.member(house.coordinator, code, Role.OFFICE if code == PROVINCIAL else Role.COORDINATOR)
            for head in house.heads:
                self.member(head, code, Role.DEPARTMENT_HEAD)
            for clinician in house.clinicians:
                self.member(clinician, code, Role.CLINICIAN)
        self.member(cast.clerk, PROVINCIAL, Role.OFFICE)
        self.member(cast.administrator, PROVINCIAL, Role.ADMINISTRATOR)
        self.member(cast.auditor, AUTHORITY, Role.AUDITOR)
        for expert in cast.experts:
            self.member(expert, PROVINCIAL, Role.CLINICIAN)
        signs = {
            Role.OFFICE: cast.office,
            Role.COORDINATOR: cast.house(LANXI).coordinator,
            Role.CLINICIAN: cast.house(LANXI).clinicians[0],
            Role.DEPARTMENT_HEAD: cast.house(LANXI).heads[0],
            Role.LEADER: cast.house(SHIZHOU).leader,
            Role.HEALTH_AUTHORITY: cast.authority,
            Role.ADMINISTRATOR: cast.administrator,
            Role.AUDITOR: cast.auditor,
        }
        for role, one in signs.items():
            self.known_by(one, PHONES[role])

    def known_by(self, one: Somebody, phone: str) -> None:
        """Give somebody the number that the runner prints."""
        Principal.objects.filter(pk=one.principal_id).update(phone=phone)

    def member(self, one: Somebody, code: str, role: Role) -> Actor:
        """Let somebody act for an institution in a role; the first one for an institution is how they act there."""
        accounts.adopt(
            actor=self.system,
            at=self.at,
            key=None,
            principal_id=one.principal_id,
            institution_id=self.keys[code],
            role=role,
            from_date=self.at.date(),
        )
        return one.actors.setdefault(code, Actor(one.principal_id, self.keys[code], role, one.pk))


def _system() -> tuple[int, int]:
    principal, _made = Principal.objects.get_or_create(name=SOURCE, kind=Principal.Kind.JOB)
    tenant, _made = Tenant.objects.get_or_create(label=SOURCE)
    return principal.pk, tenant.pk
