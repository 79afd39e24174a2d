"""What binds the institutions: programmes, documents, relations of seven behaviours, agreements, promises, goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from lianti.contexts.agreements import services as agreements
from lianti.contexts.network import services as network
from lianti.contexts.network.models import Relation
from lianti.demo import promises
from lianti.demo.happenings import happenings
from lianti.demo.paperwork import a_pdf
from lianti.demo.people import SOURCE, Cast
from lianti.demo.places import (
    AUTHORITY,
    COUNTIES,
    COUNTY,
    LANXI,
    LINHUAI,
    PAIRED,
    PROVINCIAL,
    SHIZHOU,
    SHORT,
    SONGQUAN,
    TOWNSHIPS,
    WANGCHUAN,
)
from lianti.demo.promises import Promise
from lianti.demo.when import When, moment
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months

Relations = dict[str, Relation]


@dataclass(frozen=True)
class Bond:
    """A relation of the example; `begins` in months from today's month."""

    key: str
    behaviour: str
    name: str
    lead: str
    members: tuple[str, ...]
    state: str
    begins: int | None
    years: int | None = 3
    programme: str = ""
    basis: tuple[str, str, str] | None = None  # kind, title, number
    specialties: tuple[str, ...] = ()
    watched: bool = True


BONDS = (
    Bond(
        "paired",
        "paired_assistance",
        "新一轮城乡医院对口支援",
        PROVINCIAL,
        PAIRED,
        "in_force",
        -23,
        4,
        "P-DKZY",
        ("directive", "关于做好新一轮三级医院对口支援县级医院工作的通知", "泽卫医函〔{y}〕57号"),
    ),
    Bond(
        "team",
        "team_assistance",
        "石舟县“组团式”医疗帮扶（省管县用）",
        PROVINCIAL,
        (SHIZHOU,),
        "in_force",
        -23,
        3,
        "P-ZTS",
        ("responsibility_letter", "组团式帮扶石舟县人民医院工作责任书", "泽组帮〔{y}〕3号"),
    ),
    Bond(
        "county",
        "consortium",
        "岚溪县紧密型县域医共体",
        LANXI,
        TOWNSHIPS,
        "in_force",
        -22,
        5,
        "P-YGT",
        ("directive", "岚溪县紧密型县域医疗卫生共同体建设实施方案", "岚政办〔{y}〕41号"),
        watched=False,
    ),
    Bond(
        "heart",
        "specialty_alliance",
        "云川省心血管专科联盟",
        PROVINCIAL,
        COUNTIES,
        "in_force",
        -18,
        3,
        "",
        ("minutes", "心血管专科联盟成立会议纪要", "联盟纪要〔{y}〕1号"),
        ("心血管内科",),
    ),
    Bond(
        "uplift",
        "uplift_project",
        "松泉县医院综合能力提升工程",
        PROVINCIAL,
        (SONGQUAN,),
        "in_force",
        -23,
        3,
        "P-QXGC",
        ("directive", "县医院综合能力提升工作实施方案", "泽卫医发〔{y}〕18号"),
        ("心血管内科", "骨科", "重症医学科"),
    ),
    Bond(
        "station",
        "expert_workstation",
        "望川县医院骨科专家工作站",
        PROVINCIAL,
        (WANGCHUAN,),
        "in_force",
        -22,
        2,
        "",
        None,
        ("骨科",),
    ),
    Bond(
        "former",
        "paired_assistance",
        "临槐县妇幼保健院对口支援（上一轮）",
        PROVINCIAL,
        (LINHUAI,),
        "in_force",
        -30,
        None,
        "P-DKZY",
        ("directive", "关于印发妇幼保健机构对口支援方案的通知", "泽卫妇幼函〔{y}〕26号"),
    ),
)
PROGRAMMES = (
    ("P-DKZY", "城乡医院对口支援", -24, "泽卫医函〔{y}〕57号"),
    ("P-ZTS", "医疗人才“组团式”帮扶", -30, "泽组帮〔{y}〕3号"),
    ("P-YGT", "紧密型县域医共体建设", -36, "泽卫基层发〔{y}〕9号"),
    ("P-QXGC", "县医院综合能力提升工程", -34, "泽卫医发〔{y}〕18号"),
    ("P-ZYB", "职业病防治能力建设", -20, "泽卫职健函〔{y}〕12号"),
)


class Papers:
    """Brings relations, agreements and promises in, and lets the newest ones take their course."""

    def __init__(self, cast: Cast, when: When) -> None:
        self.cast, self.when = cast, when
        self.relations: Relations = {}
        self.programmes: dict[str, int] = {}

    def write(self) -> Relations:
        """Bind everybody and write down what was promised."""
        for code, name, begins, basis in PROGRAMMES:
            row = network.open_programme(
                actor=self.cast.system,
                at=self._at(-24),
                key=None,
                code=code,
                name=name,
                from_date=self._month(begins),
                policy_basis=basis.format(y=self._month(begins).year),
            )
            self.programmes[code] = row.pk
        for bond in BONDS:
            self._bind(bond)
        self._agreements()
        self._on_documents()
        self._plans()
        happenings(self.cast, self.when, self.relations)
        return self.relations

    def _month(self, back: int) -> date:
        return add_months(self.when.this_month, back)

    def _at(self, back: int, day: int = 5, hour: int = 10) -> datetime:
        return moment(self._month(back) + timedelta(days=day), hour)

    def _bind(self, bond: Bond) -> None:
        kind, title, number = bond.basis or ("", "", "")
        begins = self._month(bond.begins or 0)
        dated = begins - timedelta(days=20)
        paper = None
        if bond.basis is not None:
            paper = network.DocumentDraft(
                title=title,
                kind=kind,
                number=number.format(y=dated.year),
                date=dated,
                publisher="云川省卫生健康委员会" if bond.watched else "岚溪县人民政府办公室",
            )
        draft = network.RelationDraft(
            name=bond.name,
            behaviour=bond.behaviour,
            lead_id=self.cast.id(bond.lead),
            member_ids=tuple(self.cast.id(code) for code in bond.members),
            authority_id=self.cast.id(AUTHORITY) if bond.watched else None,
            programme_id=self.programmes.get(bond.programme),
            basis=paper,
            specialties=bond.specialties,
            from_date=begins,
            to_date=self._end(begins, bond.years),
        )
        self.relations[bond.key] = network.adopt_relation(
            actor=self.cast.system,
            at=max(self._at(-24), moment(begins, 9)),
            relation=draft,
            state=bond.state,
            source=SOURCE,
        )
        if bond.watched and bond.state != "ended":
            network.confirm_relation(
                actor=self.cast.authority.at(AUTHORITY),
                at=max(self._at(-24), moment(begins, 10)),
                key=None,
                relation_id=self.relations[bond.key].public_id,
            )

    @staticmethod
    def _end(begins: date, years: int | None) -> date | None:
        return add_months(begins, years * 12) - timedelta(days=1) if years else None

    def _agreements(self) -> None:
        for code in PAIRED:
            extra = promises.LANXI_EXTRA if code == LANXI else ()
            title = f"云川省人民医院对口支援{COUNTY[code]}协议书"
            usual = promises.PAIRED_PROMISES[:3] if self.when.short and not extra else promises.PAIRED_PROMISES
            self._in_force("paired", title, (PROVINCIAL, code), (*usual, *extra), promises.CLAUSES)
        self._in_force(
            "county",
            "岚溪县紧密型县域医共体章程",
            (LANXI, *TOWNSHIPS),
            promises.COUNTY_PROMISES,
            promises.COUNTY_CLAUSES,
            form="charter",
        )
        self._in_force("uplift", "松泉县医院综合能力提升合作协议", (PROVINCIAL, SONGQUAN), promises.UPLIFT_PROMISES, {})
        self._in_force("station", "骨科专家工作站建站协议", (PROVINCIAL, WANGCHUAN), promises.STATION_PROMISES, {})
        self._in_force("former", "妇幼保健机构对口支援协议", (PROVINCIAL, LINHUAI), promises.FORMER_PROMISES, {})

    def _in_force(
        self,
        key: str,
        title: str,
        parties: tuple[str, ...],
        made: tuple[Promise, ...],
        clauses: dict[str, str],
        form: str = "agreement",
    ) -> None:
        """Take in an agreement that was signed before the two years began, with a scan of its last page."""
        relation = self.relations[key]
        begins = relation.from_date or self.when.first
        at = max(self._at(-24, 8), moment(begins, 15))
        signed = agreements.SignedFacts(
            signed_date=begins - timedelta(days=6),
            copies=2 * len(parties),
            contract_number=f"DK{begins.year}-{relation.pk:03d}",
            duties={self.cast.id(code): "院长" if code != PROVINCIAL else "副院长" for code in parties},
        )
        paper = agreements.AgreementFacts(
            relation_id=relation.pk,
            title=title,
            party_ids=tuple(self.cast.id(code) for code in parties),
            form=form,
            from_date=begins,
            to_date=relation.to_date,
            clauses=clauses,
            signed=signed,
        )
        lead, *others = parties
        lines = (title, *(SHORT[code] for code in parties), f"签署日期：{signed.signed_date}", "（盖章页扫描件）")
        if lead != PROVINCIAL:
            self._county_charter(at, key, paper, lead, others, made)
            return
        agreements.enter_signed(
            actor=self.cast.office.home,
            at=at,
            key=None,
            agreement=paper,
            commitments=tuple(self._facts(key, p, lead, code) for code in others for p in made),
            uploads=(agreements.Upload("协议盖章页.pdf", a_pdf(lines)),),
        )

    def _county_charter(
        self,
        at: datetime,
        key: str,
        paper: agreements.AgreementFacts,
        lead: str,
        others: list[str],
        made: tuple[Promise, ...],
    ) -> None:
        """Take in the county's own charter: its hospital has a coordinator, but no network office."""
        row = agreements.adopt_agreement(
            actor=self.cast.system, at=at, key=None, source=SOURCE, agreement=paper, state="in_force"
        )
        for code in others:
            for promise in made:
                agreements.adopt_commitment(
                    actor=self.cast.system,
                    at=at,
                    key=None,
                    source=SOURCE,
                    commitment=self._facts(key, promise, lead, code, agreement_id=row.pk),
                )

    def _facts(
        self,
        key: str,
        promise: Promise,
        lead: str,
        member: str,
        agreement_id: int | None = None,
        basis_id: int | None = None,
    ) -> agreements.CommitmentFacts:
        giver, receiver = (member, lead) if promise.back else (lead, member)
        if promise.unit == "person_day" and key == "paired" and member in (LANXI, SONGQUAN):
            promise = promises.FOUR_POSTED
        return agreements.CommitmentFacts(
            relation_id=self.relations[key].pk,
            kind=promise.kind,
            text=promise.text,
            giver_id=self.cast.id(giver),
            receiver_id=self.cast.id(receiver),
            agreement_id=agreement_id,
            basis_id=basis_id,
            amount=Decimal(promise.amount) if promise.amount else None,
            unit=promise.unit,
            period=promise.period,
            from_date=self.relations[key].from_date if basis_id else None,
            to_date=self.relations[key].to_date if basis_id else None,
        )

    def _on_documents(self) -> None:
        """Promises that rest on a responsibility letter or on minutes, without any agreement."""
        for key, members, made in (
            ("team", (SHIZHOU,), promises.TEAM_PROMISES),
            ("heart", COUNTIES, promises.HEART_PROMISES[: 1 if self.when.short else None]),
        ):
            relation = self.relations[key]
            at = max(self._at(-24, 9), moment(relation.from_date or self.when.first, 16))
            for code in members:
                for promise in made:
                    facts = self._facts(key, promise, PROVINCIAL, code, basis_id=relation.basis_id)
                    agreements.adopt_commitment(
                        actor=self.cast.system, at=at, key=None, source=SOURCE, commitment=facts
                    )

    def _plans(self) -> None:
        office, at = self.cast.office.home, self._at(-21)
        head = self.cast.house(LANXI).coordinator.home
        for key, kind, text, due in promises.GOALS:
            facts = agreements.GoalFacts(self.relations[key].pk, kind, text, None, self._month(due))
            agreements.set_goal(actor=head if key == "county" else office, at=at, key=None, goal=facts)
        key, kind, text, done = promises.REACHED
        goal = agreements.set_goal(
            actor=office,
            at=at,
            key=None,
            goal=agreements.GoalFacts(self.relations[key].pk, kind, text, self.cast.id(SHIZHOU), self._month(done)),
        )
        agreements.reach_goal(
            actor=office, at=self._at(done, 3), key=None, goal_id=goal.public_id, note="已通过验收并开科收治"
        )
        for key, (approach, first_step, must_have) in promises.PLANS.items():
            plan = agreements.PlanFacts(self.relations[key].pk, approach, first_step, must_have)
            agreements.lay_down_plan(actor=head if key == "county" else office, at=at, key=None, plan=plan)
        for areas in (promises.FIRST_AREAS, promises.REVIEW_AREAS):
            named = agreements.ReviewAreaFacts(self.relations["uplift"].pk, areas)
            agreements.name_review_areas(actor=office, at=at, key=None, review_areas=named)
        self._second_thoughts(office)

    def _second_thoughts(self, office: Actor) -> None:
        """A goal given up, a road map replaced."""
        key, kind, text, reason = promises.DROPPED
        goal = agreements.GoalFacts(self.relations[key].pk, kind, text, None, self._month(-6))
        row = agreements.set_goal(actor=office, at=self._at(-21), key=None, goal=goal)
        agreements.drop_goal(actor=office, at=self._at(-12), key=None, goal_id=row.public_id, note=reason)
        key, approach, first_step, must_have = promises.SECOND_PLAN
        plan = agreements.PlanFacts(self.relations[key].pk, approach, first_step, must_have)
        agreements.lay_down_plan(actor=office, at=self._at(-11), key=None, plan=plan)
