"""Relations and agreements that are under way: requested, negotiated, drafted, agreed, signed, ended."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from lianti.contexts.agreements import services as agreements
from lianti.contexts.agreements.models import Agreement
from lianti.contexts.network import services as network
from lianti.contexts.network.models import PersonDoubt, Relation
from lianti.demo import places
from lianti.demo.papers import Relations
from lianti.demo.paperwork import a_pdf
from lianti.demo.people import Cast
from lianti.demo.places import AUTHORITY, COUNTY, LANPING, PROVINCIAL, SHIZHOU, SONGQUAN, WUPU, YANGSHUI, YANMING, YUCEN
from lianti.demo.promises import Promise
from lianti.demo.when import When, moment
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months


class Course:
    """Lets the newest papers take their course, by the people whose turn it was."""

    def __init__(self, cast: Cast, when: When, relations: Relations) -> None:
        self.cast, self.when, self.relations = cast, when, relations
        self.office = cast.office.home

    def run(self) -> None:
        """Bring every state of relations and agreements about."""
        self._ended()
        self._requested()
        self._occupational()
        self._pathology()
        self._neurology()
        self._supplements()
        self._namesakes()

    def _at(self, back: int, hour: int = 10) -> datetime:
        return moment(self.when.workday(back), hour)

    def _desk(self, code: str) -> Actor:
        return self.cast.house(code).coordinator.at(code)

    def _relation(self, actor: Actor, at: datetime, **facts: object) -> Relation:
        members = tuple(self.cast.id(code) for code in facts.pop("members"))  # type: ignore[attr-defined]
        draft = network.RelationDraft(
            lead_id=self.cast.id(PROVINCIAL),
            authority_id=self.cast.id(AUTHORITY),
            member_ids=members,
            **facts,  # type: ignore[arg-type]
        )
        return network.request_relation(actor=actor, at=at, key=None, relation=draft)

    def _namesakes(self) -> None:
        """A county enters three people who are called like experts of the supporter: who is who is asked there."""
        entered = []
        for expert in self.cast.experts[-3:]:
            draft = network.PersonDraft(name=expert.name, employer_id=self.cast.id(YANMING), department="医务科")
            made = network.add_person(actor=self._desk(YANMING), at=self._at(9), key=None, person=draft)
            entered.append(made.pk)
        doubts = dict(PersonDoubt.objects.filter(person__in=entered).order_by("pk").values_list("person", "public_id"))
        by: dict[str, Any] = {"actor": self.office, "at": self._at(8), "key": None}
        another, same, _open = doubts.values()
        network.settle_another(**by, doubt_id=another, note="电话核对：同名，并非一人")
        network.settle_same(**by, doubt_id=same, note="即本院派驻医师，名录中重复录入")

    def _ended(self) -> None:
        """The former round of support with the maternal hospital: its agreement and the relation have ended."""
        month = add_months(self.when.month(0), -18)
        relation = self.relations["former"]
        for paper in Agreement.objects.filter(relation_id=relation.pk):
            agreements.end(
                actor=self.office,
                at=moment(month, 16),
                key=None,
                agreement_id=paper.public_id,
                note="本轮对口支援期满，不再续签；转入专科联盟继续合作",
            )
        network.end_relation(
            actor=self.office,
            at=moment(month, 17),
            key=None,
            relation_id=relation.public_id,
            to_date=month,
            note="期满验收合格，正常结束",
        )

    def _requested(self) -> None:
        """A county asks for an expert workstation; nobody has taken it up yet."""
        self._relation(
            self._desk(YANGSHUI),
            self._at(7),
            name="漾水县医院肝胆外科专家工作站",
            behaviour="expert_workstation",
            members=(YANGSHUI,),
            specialties=("肝胆外科",),
        )

    def _occupational(self) -> None:
        """A service cooperation in negotiation, its agreement a draft that waits for the county."""
        relation = self._relation(
            self._desk(LANPING),
            self._at(46),
            name="澜坪县尘肺病防治技术服务合作",
            behaviour="service_cooperation",
            members=(LANPING,),
        )
        network.negotiate(
            actor=self.office, at=self._at(38), key=None, relation_id=relation.public_id, note="先商定体检与诊断分工"
        )
        self._draft(
            relation,
            "职业病防治一体化技术服务合作协议",
            LANPING,
            12,
            (
                Promise("occupational_health", "每年为用人单位劳动者职业健康检查提供技术支持"),
                Promise("training", "培训县级职业健康检查医师，每年2期", 2, "session", "year"),
            ),
        )

    def _pathology(self) -> None:
        """An alliance in negotiation, its charter agreed, to be signed."""
        relation = self._relation(
            self.office,
            self._at(60),
            name="云川省病理诊断专科联盟",
            behaviour="specialty_alliance",
            members=(YANMING, WUPU, YUCEN),
            specialties=("病理科",),
        )
        network.negotiate(actor=self._desk(YANMING), at=self._at(52), key=None, relation_id=relation.public_id)
        paper = self._draft(
            relation,
            "病理诊断专科联盟章程",
            YANMING,
            30,
            (Promise("remote", "术中冰冻远程会诊，三十分钟内回复"),),
            form="charter",
        )
        agreements.agree(
            actor=self._desk(YANMING), at=self._at(21), key=None, agreement_id=paper.public_id, note="院长办公会同意"
        )

    def _neurology(self) -> None:
        """A consortium that went the whole way, and a signed agreement that begins next month."""
        relation = self._relation(
            self._desk(WUPU), self._at(150), name="省人民医院—梧浦县医疗联合体", behaviour="consortium", members=(WUPU,)
        )
        network.negotiate(actor=self.office, at=self._at(140), key=None, relation_id=relation.public_id)
        network.put_in_force(
            actor=self.office,
            at=self._at(96),
            key=None,
            relation_id=relation.public_id,
            from_date=self.when.workday(96),
        )
        paper = self._draft(
            relation,
            "医疗联合体合作协议",
            WUPU,
            120,
            (Promise("dispatch", "专家定期到院坐诊、查房"), Promise("remote", "影像远程诊断")),
        )
        self._sign(paper, WUPU, 110, 104)
        agreements.put_in_force(
            actor=self.office,
            at=self._at(95),
            key=None,
            agreement_id=paper.public_id,
            from_date=self.when.workday(95),
            to_date=add_months(self.when.month(-12), 24),
        )
        agreements.file(
            actor=self.office,
            at=self._at(88),
            key=None,
            agreement_id=paper.public_id,
            filing=agreements.FilingFacts(
                self.when.workday(88), f"泽医联备〔{self.when.workday(88).year}〕11号", "云川省卫生健康委员会医政医管处"
            ),
        )

    def _supplements(self) -> None:
        """Supplementary agreements: one signed, beginning next month; one drafted by the county."""
        paper = self._draft(
            self.relations["uplift"],
            "重症医学科共建补充协议",
            SONGQUAN,
            25,
            (
                Promise("specialty_building", "两年内重症医学科达到市级重点专科标准", 1, "item", "once"),
                Promise("training", "接收重症医护进修每年不少于12人月", 12, "person_month", "year"),
            ),
        )
        self._sign(paper, SONGQUAN, 16, 8)
        self._draft(
            self.relations["team"],
            "石舟县医院“组团式”帮扶年度任务书",
            SHIZHOU,
            3,
            (Promise("technique", "下一年度开展新技术不少于14项", 14, "item", "year"),),
            form="responsibility_letter",
        )
        self._draft(
            self.relations["paired"],
            f"对口支援{COUNTY[YANMING]}补充协议（护理专项）",
            YANMING,
            4,
            (Promise("training", "专科护士培养每年2名", 6, "person_month", "year"),),
            by=self._desk(YANMING),
        )

    def _draft(
        self,
        relation: Relation,
        title: str,
        member: str,
        back: int,
        made: tuple[Promise, ...],
        *,
        form: str = "agreement",
        by: Actor | None = None,
    ) -> Agreement:
        actor = by or self.office
        facts = agreements.AgreementFacts(
            relation_id=relation.pk,
            title=title,
            party_ids=(self.cast.id(PROVINCIAL), self.cast.id(member)),
            form=form,
            clauses={"scope": "在平等自愿、资源共享的基础上开展合作。", "assessment": "工作量以双方核实的台账为准。"},
        )
        paper = agreements.draft(actor=actor, at=self._at(back, 15), key=None, agreement=facts)
        for promise in made:
            agreements.promise(
                actor=actor,
                at=self._at(back, 16),
                key=None,
                commitment=agreements.CommitmentFacts(
                    relation_id=relation.pk,
                    kind=promise.kind,
                    text=promise.text,
                    giver_id=self.cast.id(PROVINCIAL),
                    receiver_id=self.cast.id(member),
                    agreement_id=paper.pk,
                    amount=Decimal(promise.amount) if promise.amount else None,
                    unit=promise.unit,
                    period=promise.period,
                ),
            )
        return paper

    def _sign(self, paper: Agreement, member: str, agreed: int, signed: int) -> None:
        agreements.agree(
            actor=self._desk(member), at=self._at(agreed), key=None, agreement_id=paper.public_id, note="同意"
        )
        facts = agreements.SignedFacts(
            signed_date=self.when.workday(signed),
            copies=4,
            minutes_number=f"院办会纪〔{self.when.workday(signed).year}〕9号",
            duties={self.cast.id(PROVINCIAL): "副院长", self.cast.id(member): "院长"},
        )
        scan = a_pdf(
            (paper.title, "甲方：云川省人民医院（盖章）", f"乙方：{_name(member)}（盖章）", f"{facts.signed_date}")
        )
        agreements.sign(
            actor=self.office,
            at=self._at(signed, 15),
            key=None,
            agreement_id=paper.public_id,
            signed=facts,
            uploads=(agreements.Upload("签字盖章页.pdf", scan),),
        )


def _name(code: str) -> str:
    return next(place.name for place in places.PLACES if place.code == code)
