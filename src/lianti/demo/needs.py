"""What hospitals asked for, in their words, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from lianti.contexts.needs import services as needs
from lianti.contexts.needs.models import Need
from lianti.demo.papers import Relations
from lianti.demo.people import Cast, Somebody
from lianti.demo.places import (
    LANPING,
    LANXI,
    LIUDU,
    PROVINCIAL,
    SHIBANQIAO,
    SHIZHOU,
    SONGQUAN,
    WANGCHUAN,
    WUPU,
    YANGSHUI,
    YANMING,
    YUCEN,
)
from lianti.demo.when import When, moment


@dataclass(frozen=True)
class Asked:
    """A need: `days` before today it was stated, and how far it has come."""

    by: str
    days: int
    category: str
    text: str
    end: str
    specialty: str = ""
    amount: int | None = None
    unit: str = ""
    plan: str = ""
    word: str = ""  # the reason or the closing remark
    relation: str = "paired"
    on_behalf: bool = False
    priority: int = 2


OLD = (
    Asked(
        LANXI,
        610,
        "specialty",
        "卒中中心建设缺少溶栓与取栓经验，请派神经内科专家驻点指导",
        "closed",
        "神经内科",
        2,
        "item",
        "派副主任医师驻点半年，建立卒中绿色通道，每周一次溶栓演练",
        "卒中中心已通过市级验收，溶栓由本院独立完成",
    ),
    Asked(
        SONGQUAN,
        560,
        "workforce",
        "骨科仅两名主治医师，夜间急诊手术难以排班",
        "closed",
        "骨科",
        120,
        "person_day",
        "两批骨科专家接续驻点，带教本院医师独立完成髋部骨折手术",
        "已培养一名能独立主刀的医师，暂不再需要驻点",
    ),
    Asked(
        YANMING,
        480,
        "training",
        "急诊护士轮训心肺复苏与气道管理",
        "closed",
        "急诊医学科",
        4,
        "session",
        "分四期到院培训，考核合格发证",
        "全院急诊护士轮训完毕",
    ),
    Asked(
        SHIZHOU,
        430,
        "management",
        "病案首页质量差，DRG入组率低，请指导",
        "closed",
        "",
        None,
        "",
        "病案室主任到院两周，建立首页质控流程",
        "入组率由82%升至96%",
        "team",
    ),
    Asked(
        WUPU,
        330,
        "facility",
        "远程心电设备老旧，经常中断",
        "closed",
        "",
        2,
        "piece",
        "捐赠便携式心电采集盒两台并培训使用",
        "设备已启用",
    ),
    Asked(
        YUCEN,
        300,
        "quality",
        "院感防控薄弱，重点科室消毒隔离需要现场指导",
        "closed",
        "",
        None,
        "",
        "感染管理科每季度现场指导一次",
        "手卫生依从性提高到85%",
    ),
    Asked(
        WANGCHUAN,
        260,
        "specialty",
        "希望开展关节镜手术",
        "closed",
        "骨科",
        None,
        "",
        "由专家工作站每月驻站带教",
        "已独立开展膝关节镜清理术",
    ),
    Asked(
        LANPING,
        240,
        "telemedicine",
        "远程会诊经常约不上时间，希望固定时段",
        "closed",
        "",
        None,
        "",
        "每周二、周四下午为固定会诊时段",
        "时段固定后基本能约上",
    ),
    Asked(
        YANGSHUI,
        210,
        "facility",
        "希望支援新建住院楼的信息机房",
        "declined",
        word="不属于对口支援范围，建议向县财政与信息化专项申报",
    ),
    Asked(YUCEN, 170, "workforce", "请长期派驻麻醉科医师两名", "withdrawn", "麻醉科", word="已自行招聘到位，撤回"),
)
RECENT = (
    Asked(
        LANXI,
        118,
        "specialty",
        "心血管介入尚不能独立开展急诊PCI，请派专家驻点三个月",
        "answered",
        "心血管内科",
        2,
        "item",
        "派心血管内科专家两名轮流驻点，每周三台示教，十二月底前由本院医师独立完成",
        priority=1,
    ),
    Asked(
        SONGQUAN,
        96,
        "training",
        "重症医学科新开科，医护各两名需要进修三个月",
        "answered",
        "重症医学科",
        12,
        "person_month",
        "安排四人分两批到重症医学科进修，床旁带教",
        relation="uplift",
    ),
    Asked(
        SHIZHOU,
        74,
        "workforce",
        "儿科夜班医师不足，冬季高峰前请派驻一名",
        "answered",
        "儿科",
        90,
        "person_day",
        "自下月起派儿科主治医师一名驻点，至次年二月底",
        relation="team",
        priority=1,
    ),
    Asked(
        YANMING,
        60,
        "quality",
        "护理不良事件上报少，请帮助建立无惩罚上报制度",
        "answered",
        "",
        None,
        "",
        "护理部到院两次，协助修订制度并试运行一个季度",
        priority=3,
    ),
    Asked(WANGCHUAN, 40, "referral", "上转急危重症时床位不能及时落实，请明确对接科室和电话", "accepted", priority=1),
    Asked(WUPU, 33, "training", "基层超声医师培训，拟选派两名", "accepted", "医学影像科", 6, "person_month"),
    Asked(LANPING, 24, "process", "检查检验结果互认尚无工作机制", "accepted", priority=3),
    Asked(
        YANGSHUI,
        22,
        "specialty",
        "请派肝胆外科专家建设基层专家工作站",
        "returned",
        "普外科",
        word="请补充近一年肝胆手术例数和现有设备，便于确定建站方案",
    ),
    Asked(YUCEN, 15, "specialty", "希望开展中西医结合康复项目，请康复医学科指导", "stated", "康复医学科", 1, "item"),
    Asked(LANXI, 11, "workforce", "胸痛中心复核在即，需介入专家驻点四周", "stated", "心血管内科", 20, "person_day"),
    Asked(SHIZHOU, 9, "information_system", "电子病历评级四级，请信息中心指导数据质量", "stated", relation="team"),
    Asked(SONGQUAN, 6, "quality", "请派院感专家指导新重症病区布局与流程", "stated", relation="uplift"),
    Asked(
        LANPING,
        5,
        "training",
        "基层医师慢阻肺规范管理培训（座谈会上提出）",
        "stated",
        "呼吸与危重症医学科",
        2,
        "session",
        on_behalf=True,
    ),
    Asked(
        LIUDU,
        26,
        "training",
        "全科医师需要学习心电图判读",
        "answered",
        "心血管内科",
        2,
        "session",
        "每月第二周由县医院心内科来院讲授，连续两次",
        relation="county",
    ),
    Asked(SHIBANQIAO, 8, "workforce", "请县医院每周派一名医师坐诊", "stated", "", 8, "half_day", relation="county"),
)


class Needs:
    """States needs and lets the two sides answer each other."""

    def __init__(self, cast: Cast, when: When, relations: Relations, rng: Random) -> None:
        self.cast, self.when, self.relations, self.rng = cast, when, relations, rng
        self.open: list[tuple[Asked, Need, datetime]] = []

    def old(self) -> None:
        """State the needs of the past and answer them; what was given since counts when it is written down."""
        for asked in OLD:
            self._run(asked)

    def recent(self) -> None:
        """State what is open today."""
        for asked in RECENT:
            self._run(asked)

    def close(self) -> None:
        """Let the stating hospitals say that the old ones are met."""
        for asked, need, at in self.open:
            actor = self.cast.house(asked.by).coordinator.at(asked.by)
            needs.close(actor=actor, at=at, key=None, need_id=need.public_id, note=asked.word)
        self.open.clear()

    def _day(self, asked: Asked, later: int) -> date:
        return min(self.when.today - timedelta(days=asked.days - later), self.when.yesterday)

    def _at(self, asked: Asked, later: int, hour: int) -> datetime:
        return moment(self._day(asked, later), hour, self.rng.randint(0, 59))

    def _run(self, asked: Asked) -> None:
        lead = LANXI if asked.relation == "county" else PROVINCIAL
        house = self.cast.house(asked.by)
        speaker = house.coordinator.at(asked.by)
        office = self.cast.office.home if lead == PROVINCIAL else self.cast.house(LANXI).leader.at(LANXI)
        stated = self._at(asked, 0, 10)
        facts = needs.NeedFacts(
            stater_id=house.id,
            addressed_id=self.cast.id(lead),
            category=asked.category,
            text=asked.text,
            relation_id=self.relations[asked.relation].pk,
            specialty=asked.specialty,
            amount=Decimal(asked.amount) if asked.amount else None,
            unit=asked.unit,
            wanted_by=stated.date() + timedelta(days=120),
            signed_off_duty="院长",
            signed_off_date=stated.date(),
        )
        need = needs.state(actor=office if asked.on_behalf else speaker, at=stated, key=None, need=facts)
        if asked.end == "stated":
            return
        answered = self._at(asked, min(4, asked.days - 1), 15)
        if asked.end == "withdrawn":
            needs.withdraw(actor=speaker, at=answered, key=None, need_id=need.public_id, note=asked.word)
        elif asked.end == "declined":
            needs.decline(actor=office, at=answered, key=None, need_id=need.public_id, note=asked.word)
        elif asked.end == "returned":
            needs.return_(actor=office, at=answered, key=None, need_id=need.public_id, note=asked.word)
        else:
            self._accept(asked, need, office, answered)

    def _accept(self, asked: Asked, need: Need, office: object, at: datetime) -> None:
        needs.accept(actor=office, at=at, key=None, need_id=need.public_id, priority=asked.priority)  # type: ignore[arg-type]
        if asked.end == "accepted":
            return
        first = self._day(asked, 14)
        plan = needs.PlanFacts(
            text=asked.plan,
            people=tuple(needs.Named(one.pk) for one in self._named(asked)),
            from_date=first,
            to_date=first + timedelta(days=90),
        )
        needs.answer(actor=office, at=self._at(asked, 9, 16), key=None, need_id=need.public_id, plan=plan)  # type: ignore[arg-type]
        if asked.end == "closed":
            self.open.append((asked, need, self._at(asked, 118, 11)))

    def _named(self, asked: Asked) -> list[Somebody]:
        """Return one or two people of the specialty asked for."""
        pool = self.cast.house(LANXI).heads if asked.relation == "county" else self.cast.experts
        fitting = [one for one in pool if one.department == asked.specialty] or pool
        return self.rng.sample(fitting, min(2, len(fitting)))
