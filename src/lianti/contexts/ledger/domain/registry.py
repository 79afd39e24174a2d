"""The table of kinds: what can be done, promised and needed, and what fulfils what.

A row may be an activity (it then has a unit), a commitment kind, a need category, or several of them.
`promise` and `need` name the activity kinds that fulfil it; None = the word is not used that way, an empty set =
only entries that a person names. `labels` are the words of other vocabularies, `words` those that documents use.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Field:
    """An extra fact of an activity; `type` is int, text, yes or choice."""

    code: str
    zh: str
    en: str
    type: str = "text"
    choices: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    zh: str
    en: str
    unit: str = ""
    fields: tuple[Field, ...] = ()
    promise: frozenset[str] | None = None
    need: frozenset[str] | None = None
    words: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    gives: bool = True

    @property
    def is_activity(self) -> bool:
        return bool(self.unit)


UNITS = {
    unit.code: unit
    for unit in (
        Unit("visit", "人次", "visits"),
        Unit("half_day", "个半天", "half-days"),
        Unit("case", "例", "cases"),
        Unit("time", "次", "times"),
        Unit("session", "场", "sessions"),
        Unit("apprentice_day", "带教日", "apprentice-days"),
        Unit("person", "人", "people"),
        Unit("person_day", "人天", "person-days"),
        Unit("person_month", "人月", "person-months"),
        Unit("day", "天", "days"),
        Unit("item", "项", "items"),
        Unit("piece", "件", "pieces"),
    )
}

_OPERATION_LEVEL = Field(
    "operation_level",
    "手术级别",
    "Operation level",
    "choice",
    (("1", "一级", "Level 1"), ("2", "二级", "Level 2"), ("3", "三级", "Level 3"), ("4", "四级", "Level 4")),
)
_PART = Field(
    "part",
    "参与方式",
    "Part taken",
    "choice",
    (("lead", "主刀", "Lead"), ("assist", "助手", "Assist"), ("guide", "指导", "Guide"), ("watch", "观摩", "Watch")),
)
_DIRECTION = Field(
    "direction",
    "转诊方向",
    "Direction",
    "choice",
    (("up", "上转", "Up"), ("down", "下转", "Down"), ("back", "回转", "Back")),
)
_JOINT = Field("joint", "与本院医师联合", "Together with a local doctor", "yes")
_FIRST = Field("first_here", "本院首例", "First in this hospital", "yes")
_TOPIC = Field("topic", "主题", "Topic")
_ATTENDEES = Field("attendees", "参加人数", "Attendees", "int")
_LEARNERS = Field("learners", "受教人数", "Learners", "int")
_PLACE = Field("venue", "地点", "Venue")


def _of(*codes: str) -> frozenset[str]:
    return frozenset(codes)


_CLINIC = ("outpatient", "clinic_session", "rescue", "operation", "ward_round", "tour")
_TEACHING = ("lecture", "mentoring", "clinical_placement", "teaching_round")

# fmt: off - a table reads better as one
TABLE = (
    # Clinical work.
    Kind("outpatient", "门诊诊疗", "Outpatients seen", "visit", fields=(_JOINT,), words=("门诊", "接诊", "诊疗")),
    Kind(
        "clinic_session",
        "坐诊",
        "Clinic session",
        "half_day",
        fields=(Field("visits", "接诊人次", "Patients seen", "int"), _JOINT),
        words=("坐诊", "出诊", "专家门诊", "联合门诊"),
    ),
    Kind(
        "rescue",
        "急诊抢救",
        "Rescue",
        "case",
        fields=(Field("outcome", "转归", "Outcome"),),
        words=("急诊", "抢救", "急救"),
    ),
    Kind(
        "operation",
        "手术",
        "Operation",
        "case",
        fields=(_OPERATION_LEVEL, _PART, _FIRST),
        words=("手术", "主刀", "台手术"),
    ),
    Kind(
        "demonstration_surgery",
        "示范手术",
        "Demonstration surgery",
        "case",
        fields=(_OPERATION_LEVEL, Field("viewers", "观摩人数", "Viewers", "int"), _FIRST),
        promise=_of("demonstration_surgery"),
        words=("示范手术", "演示手术", "手术示教", "手术演示"),
    ),
    Kind(
        "ward_round",
        "查房",
        "Ward round",
        "time",
        fields=(Field("beds", "查房床数", "Beds", "int"),),
        words=("查房", "业务查房"),
    ),
    Kind(
        "teaching_round",
        "教学查房",
        "Teaching round",
        "time",
        fields=(_LEARNERS, _TOPIC),
        promise=_of("teaching_round"),
        words=("教学查房", "示教查房"),
    ),
    Kind(
        "consultation",
        "会诊",
        "Consultation",
        "case",
        fields=(Field("asking_department", "申请科室", "Asking department"),),
        promise=_of("consultation", "remote"),
        words=("会诊", "疑难会诊", "院内会诊"),
    ),
    Kind(
        "case_discussion",
        "疑难病例讨论",
        "Case discussion",
        "case",
        fields=(_ATTENDEES,),
        promise=_of("case_discussion"),
        words=("病例讨论", "疑难病例", "多学科讨论"),
    ),
    Kind(
        "remote",
        "远程协作",
        "Remote session",
        "time",
        fields=(Field("case_number", "会诊编号", "Consultation number"),),
        promise=_of("remote"),
        words=("远程", "远程会诊", "远程诊断", "远程协作", "视频会诊"),
    ),
    Kind(
        "referral",
        "双向转诊",
        "Two-way referral",
        "case",
        fields=(_DIRECTION,),
        promise=_of("referral"),
        need=_of("referral"),
        words=("转诊", "双向转诊", "上转", "下转", "分级诊疗", "绿色通道"),
    ),
    Kind(
        "free_clinic",
        "义诊",
        "Free clinic",
        "session",
        fields=(Field("served", "服务人次", "People served", "int"), _PLACE),
        promise=_of("free_clinic"),
        words=("义诊", "健康咨询", "下乡义诊"),
        labels=("outreach",),
    ),
    Kind(
        "tour",
        "巡回医疗",
        "Touring clinic",
        "day",
        fields=(Field("villages", "村（社区）数", "Villages", "int"),),
        words=("巡回医疗", "巡诊", "巡回诊疗"),
    ),
    Kind(
        "occupational_health",
        "职业健康服务",
        "Occupational health service",
        "visit",
        fields=(Field("employers", "用人单位数", "Employers served", "int"),),
        promise=_of("occupational_health"),
        words=("职业病", "职业健康", "职业病防治"),
    ),
    # People who go, and people who learn. Persons who are posted and the days they are there never add up.
    Kind("posting", "派驻人员", "Posted people", "person", promise=_of("posting"), words=("到岗报到",)),
    Kind(
        "dispatch",
        "派驻",
        "Posted days",
        "person_day",
        promise=_of("dispatch", *_CLINIC),
        words=("派驻", "下沉", "选派", "挂职", "驻点", "蹲点"),
    ),
    Kind(
        "expert_workstation",
        "专家工作站",
        "Expert workstation",
        "day",
        promise=_of("expert_workstation"),
        words=("专家工作站", "名医工作室", "专家站"),
        labels=("workstation",),
    ),
    Kind(
        "lecture",
        "讲座培训",
        "Lecture",
        "session",
        fields=(_TOPIC, _ATTENDEES, Field("hours", "学时", "Hours", "int"), Field("credit", "学分", "Credit")),
        words=("讲座", "培训班", "授课", "专题讲座", "业务培训"),
    ),
    Kind(
        "mentoring",
        "带教",
        "Mentoring",
        "apprentice_day",
        fields=(Field("skill", "带教技能", "Skill"), Field("passed", "考核等次", "Pass level")),
        words=("带教", "师带徒", "传帮带", "结对", "手把手"),
    ),
    Kind(
        "clinical_placement",
        "进修",
        "Clinical placement",
        "person_month",
        fields=(Field("department", "进修科室", "Department"),),
        words=("进修", "跟班学习", "轮训"),
    ),
    # What is built.
    Kind(
        "specialty_building",
        "学科建设",
        "Specialty building",
        "item",
        fields=(Field("built", "建设内容", "What was built"),),
        promise=_of("specialty_building", "technique"),
        words=("学科建设", "学科共建", "专科建设", "重点专科"),
        labels=("discipline",),
    ),
    Kind(
        "technique",
        "新技术新项目",
        "New technique",
        "item",
        fields=(Field("registry_number", "备案编号", "Registry number"), _FIRST),
        promise=_of("technique"),
        words=("新技术", "新项目", "技术提升", "适宜技术", "填补空白"),
    ),
    Kind(
        "management",
        "管理帮扶",
        "Management",
        "item",
        fields=(Field("built", "建立的制度或组织", "Rule or committee built"),),
        promise=_of("management"),
        need=_of("management"),
        words=("管理", "管理制度", "精细化管理", "管理体系"),
    ),
    Kind(
        "nursing_guidance",
        "护理院感指导",
        "Nursing and infection guidance",
        "time",
        fields=(Field("findings", "发现的问题", "Findings"),),
        words=("护理指导", "院感", "感染控制"),
    ),
    Kind(
        "quality_check",
        "质控检查",
        "Quality check",
        "time",
        fields=(Field("findings", "发现的问题", "Findings"),),
        words=("质控", "质量检查", "质量督导"),
    ),
    Kind(
        "standardisation",
        "规范化诊疗",
        "Standardisation",
        "item",
        fields=(Field("built", "规范或路径", "Standard or pathway"),),
        promise=_of("standardisation"),
        words=("规范诊疗", "标准化", "临床路径", "规范化建设"),
    ),
    Kind(
        "information_system",
        "信息化建设",
        "Information system",
        "item",
        fields=(Field("built", "建设内容", "What was built"),),
        promise=_of("information_system"),
        need=_of("information_system"),
        words=("信息化", "信息系统", "互联互通"),
        labels=("it",),
    ),
    Kind(
        "research",
        "科研合作",
        "Research",
        "item",
        fields=(Field("project", "课题或论文", "Project or paper"),),
        promise=_of("research"),
        words=("科研", "课题", "联合攻关", "论文"),
    ),
    Kind(
        "assessment",
        "考核督导",
        "Assessment",
        "time",
        fields=(Field("findings", "结果", "Result"),),
        promise=_of("assessment"),
        words=("考核", "督导", "工作量考核", "奖惩"),
    ),
    Kind(
        "donation",
        "设备捐赠",
        "Donation",
        "piece",
        fields=(Field("what", "物品", "What was given"), Field("worth", "价值（元）", "Worth in yuan", "int")),
        promise=_of("donation"),
        words=("捐赠", "赠送", "设备", "物资"),
        labels=("equipment",),
    ),
    # Meetings and visits.
    Kind(
        "conference",
        "学术会议",
        "Conference",
        "session",
        fields=(_TOPIC, _ATTENDEES),
        promise=_of("conference"),
        words=("学术会议", "论坛", "年会", "研讨会"),
    ),
    Kind(
        "exchange_visit",
        "互访交流",
        "Exchange visit",
        "time",
        fields=(Field("visited", "走访科室", "Departments visited"), _ATTENDEES),
        promise=_of("exchange_visit", "study_visit"),
        words=("互访", "互学", "交流学习", "参观学习"),
        labels=("visit",),
    ),
    Kind(
        "party_building",
        "党建共建",
        "Party-building",
        "time",
        fields=(_TOPIC, _ATTENDEES),
        promise=_of("party_building"),
        words=("党建", "党建共建", "主题党日"),
    ),
    Kind(
        "study_visit",
        "调研",
        "Study visit",
        "time",
        fields=(Field("visited", "走访地点", "Places visited"), Field("purpose", "目的", "Purpose"), _ATTENDEES),
        words=("调研", "走访", "参观", "考察", "看望慰问"),
        labels=("visit",),
    ),
    Kind(
        "working_meeting",
        "座谈会",
        "Working meeting",
        "time",
        fields=(_TOPIC, _ATTENDEES),
        words=("座谈", "座谈会", "工作会", "交流会"),
        labels=("symposium",),
        gives=False,
    ),
    Kind(
        "needs_survey",
        "需求调研",
        "Needs survey",
        "time",
        fields=(_ATTENDEES,),
        words=("需求调研", "需求征集", "摸底"),
        gives=False,
    ),
    Kind("signing", "签约", "Signing", "time", words=("签约", "签署", "签订"), labels=("signing",), gives=False),
    Kind(
        "plaque_unveiling", "揭牌", "Plaque unveiling", "time", words=("揭牌", "挂牌"), labels=("signing",), gives=False
    ),
    Kind("award", "授牌", "Award", "time", words=("授牌", "授旗", "聘书"), labels=("signing",), gives=False),
    # Words used only for promises and needs.
    Kind(
        "training",
        "人才培养",
        "Training",
        promise=_of(*_TEACHING),
        need=_of(*_TEACHING),
        words=("培训", "人才培养", "培养", "人员培训"),
    ),
    Kind(
        "workforce",
        "人才队伍",
        "Workforce",
        need=_of("clinic_session", "dispatch", *_TEACHING),
        words=("人才", "队伍", "缺乏"),
    ),
    Kind(
        "specialty",
        "专科能力",
        "Specialty",
        need=_of("specialty_building", "technique"),
        words=("专科", "学科", "水平"),
    ),
    Kind("telemedicine", "远程医疗", "Telemedicine", need=_of("remote"), words=("远程诊疗", "远程系统")),
    Kind("facility", "设施设备", "Facility", need=_of("donation"), words=("布局", "设施", "设备", "规范化建设")),
    Kind("process", "流程机制", "Process", need=frozenset(), words=("流程", "机制", "工作机制")),
    Kind(
        "quality",
        "质量安全",
        "Quality",
        need=_of("nursing_guidance", "quality_check", "standardisation"),
        words=("质量", "安全", "质量控制"),
    ),
)
# fmt: on
