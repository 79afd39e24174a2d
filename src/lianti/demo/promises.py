"""What was promised, in the words of such agreements; without an amount none was agreed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """One promise; `back`: the member makes it to the lead."""

    kind: str
    text: str
    amount: int | None = None
    unit: str = ""
    period: str = ""
    back: bool = False


PAIRED_PROMISES = (
    Promise("dispatch", "每批派驻专家驻点，全年不少于400人天", 400, "person_day", "year"),
    Promise("dispatch", "派驻专家全年门诊诊疗不少于1200人次", 1200, "visit", "year"),
    Promise("teaching_round", "全年开展教学查房不少于12次", 12, "time", "year"),
    Promise("training", "全年举办专题讲座或业务培训不少于10场", 10, "session", "year"),
    Promise("training", "全年接收进修骨干不少于6人月", 6, "person_month", "year"),
    Promise("case_discussion", "开展疑难病例讨论"),
    Promise("remote", "开通远程会诊，工作日当日响应"),
    Promise("referral", "畅通上转患者绿色通道"),
    Promise("referral", "接收康复期下转患者", back=True),
)
# Where four are posted instead of two.
FOUR_POSTED = Promise("dispatch", "每批派驻专家4名，驻点全年不少于900人天", 900, "person_day", "year")
LANXI_EXTRA = (
    Promise("posting", "全年在岗派驻专家不少于5名", 5, "person", "year"),
    Promise("demonstration_surgery", "全年开展示范手术不少于4例", 4, "case", "year"),
    Promise("training", "师带徒结对带教，全年不少于90个带教日", 90, "apprentice_day", "year"),
    Promise("technique", "帮助开展新技术新项目，全年不少于2项", 2, "item", "year"),
)
TEAM_PROMISES = (
    Promise("dispatch", "选派院长1名、学科带头人不少于3名，驻点全年不少于750人天", 750, "person_day", "year"),
    Promise("dispatch", "帮扶团队全年开展手术与抢救不少于60例", 60, "case", "year"),
    Promise("training", "“一对一”师带徒，全年不少于80个带教日", 80, "apprentice_day", "year"),
    Promise("technique", "三年帮助开展新技术新项目40项", 40, "item", "once"),
    Promise("management", "健全医疗质量与运营管理制度"),
    Promise("specialty_building", "建成县域重点专科"),
)
COUNTY_PROMISES = (
    Promise("dispatch", "县医院医师到卫生院坐诊，全年不少于36个半天", 36, "half_day", "year"),
    Promise("training", "卫生院人员业务培训，全年不少于4场", 4, "session", "year"),
    Promise("remote", "心电、影像远程诊断"),
    Promise("free_clinic", "与家庭医生团队联合义诊"),
)
HEART_PROMISES = (
    Promise("conference", "每年举办专科联盟学习班1期", 1, "session", "year"),
    Promise("training", "面向联盟单位的线上培训"),
    Promise("remote", "心血管疑难病例远程会诊"),
)
UPLIFT_PROMISES = (
    Promise("specialty_building", "三年建成省级临床重点专科（培育）2个", 2, "item", "once"),
    Promise("technique", "每年开展新技术不少于2项", 2, "item", "year"),
    Promise("standardisation", "制定并落实病种临床路径"),
    Promise("management", "病案首页与DRG运营管理指导"),
)
STATION_PROMISES = (
    Promise("expert_workstation", "专家每月驻站不少于3天", 3, "day", "month"),
    Promise("demonstration_surgery", "驻站期间开展示范手术"),
)
FORMER_PROMISES = (
    Promise("dispatch", "本轮派驻产科、儿科专家不少于200人天", 200, "person_day", "once"),
    Promise("training", "产科急救演练与培训不少于2场", 2, "session", "once"),
)

CLAUSES = {
    "scope": "以提升受援医院综合服务能力为目标，围绕重点专科、急危重症救治、医疗质量与医院管理开展帮扶。",
    "lead_duties": "支援医院按批次派驻专家，每批不少于半年；接收受援医院骨干进修；提供远程会诊。",
    "member_duties": "受援医院落实派驻专家的工作与生活保障，指定联络员，按月核实帮扶工作量。",
    "referral": "双方凭转诊单双向转诊，上转患者由转诊办公室统一对接；病情稳定后及时下转。",
    "training": "进修人员免收进修费，进修期满由接收科室考核。",
    "assessment": "工作量以双方核实的台账为准，每年12月至次年11月为一个考核年度。",
    "exit": "协议期满自行终止；任何一方提前终止应书面通知对方，并报卫生健康主管部门。",
}
COUNTY_CLAUSES = {
    "scope": "人员、财务、业务、信息、药械统一管理，推动优质医疗资源下沉。",
    "lead_duties": "牵头医院派医师定期到成员单位坐诊、巡诊、带教。",
    "member_duties": "成员单位落实首诊与家庭医生签约服务，按要求上转、承接下转患者。",
    "remote": "心电、影像、检验结果互认，远程诊断由牵头医院出具报告。",
    "assessment": "医共体内部每季度考核一次，结果与绩效分配挂钩。",
}

GOALS = (
    ("uplift", "accreditation", "创建三级乙等综合医院", 20),
    ("uplift", "retention", "县域内就诊率达到90%以上", 20),
    ("uplift", "specialty", "骨科、心血管内科建成市级重点专科", 8),
    ("team", "specialty", "建成急诊急救“五大中心”", 10),
    ("paired", "tiered_care", "常见病、多发病在县域内解决", 22),
    ("county", "capability", "三家卫生院达到优质服务基层行推荐标准", 14),
)
REACHED = ("team", "capability", "开设独立建制的重症医学科", -2)
FIRST_AREAS = ("组织管理", "派驻与带教", "学科建设", "设备配置")
REVIEW_AREAS = ("组织管理", "派驻与带教", "远程与转诊", "学科建设", "考核评价", "院感管控")
PLANS = {
    "uplift": (
        "先诊断、后建设：以临床服务、急诊急救、资源共享三类中心为主线分年推进",
        "用一个月完成科室能力调研，列出病种与技术清单",
        ("年度任务清单", "路线图与责任科室", "每季度进度通报", "两院联席会议"),
    ),
    "county": (
        "先试点、后铺开：柳渡镇先行，半年后复制到其余两家卫生院",
        "从心电、影像远程诊断和专家坐诊入手",
        ("时间表", "药品目录统一", "绩效分配办法"),
    ),
}
DROPPED = ("uplift", "research", "联合申报国家级课题1项", "近期不具备申报条件，调整为省级课题合作")
SECOND_PLAN = (
    "uplift",
    "以三级乙等创建为牵引，按评审条款分科室落实，薄弱条款由支援医院对口科室包干",
    "两院联合自评，列出未达标条款与责任人",
    ("条款责任清单", "每月联席例会", "半年一次模拟评审", "年度任务清单"),
)
