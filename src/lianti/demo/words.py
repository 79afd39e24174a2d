"""What people of each department do, in the words in which they write it down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Craft:
    """A department of the supporting hospital; `style` decides which kinds of help its people give."""

    department: str
    style: str
    topics: tuple[str, ...]
    skills: tuple[str, ...]
    deeds: tuple[str, ...] = ()


CRAFTS = (
    Craft(
        "心血管内科",
        "medicine",
        ("急性胸痛的识别与早期处置", "高血压规范化管理", "慢性心衰的容量管理", "房颤抗凝治疗要点"),
        ("心脏超声判读", "动态心电图分析", "临时起搏器植入"),
        ("冠状动脉造影", "经皮冠状动脉介入治疗", "永久起搏器植入"),
    ),
    Craft(
        "神经内科",
        "medicine",
        ("卒中绿色通道建设", "静脉溶栓的时间窗管理", "癫痫持续状态的处理", "头晕的鉴别诊断"),
        ("NIHSS 评分", "腰椎穿刺", "脑电图判读"),
        ("急性缺血性卒中静脉溶栓",),
    ),
    Craft(
        "呼吸与危重症医学科",
        "medicine",
        ("慢阻肺的稳定期管理", "无创通气的临床应用", "重症肺炎的早期识别", "肺功能检查规范"),
        ("支气管镜检查", "无创呼吸机调节", "肺功能质控"),
        ("支气管镜肺泡灌洗",),
    ),
    Craft(
        "消化内科",
        "medicine",
        ("消化道早癌筛查", "急性上消化道出血的处置", "幽门螺杆菌规范根除", "炎症性肠病的诊断"),
        ("胃肠镜操作", "超声内镜判读", "内镜下止血"),
        ("内镜下黏膜切除术", "内镜下止血治疗"),
    ),
    Craft(
        "普外科",
        "surgery",
        ("加速康复外科理念", "腹部外伤的损伤控制", "疝的规范化治疗", "围手术期抗菌药物使用"),
        ("腹腔镜基本操作", "造口护理", "围手术期评估"),
        ("腹腔镜胆囊切除术", "腹腔镜阑尾切除术", "无张力疝修补术", "结肠癌根治术"),
    ),
    Craft(
        "骨科",
        "surgery",
        ("老年髋部骨折的早期手术", "创伤骨科的损伤控制", "骨质疏松的规范诊治", "关节置换术后康复"),
        ("关节镜基本操作", "骨折手法复位", "石膏与支具固定"),
        ("人工髋关节置换术", "股骨近端髓内钉内固定术", "椎体成形术", "膝关节镜清理术"),
    ),
    Craft(
        "泌尿外科",
        "surgery",
        ("尿路结石的微创治疗", "前列腺增生的规范诊治", "导尿管相关感染防控"),
        ("输尿管镜操作", "膀胱镜检查"),
        ("经尿道前列腺电切术", "输尿管软镜碎石术"),
    ),
    Craft(
        "妇产科",
        "surgery",
        ("产后出血的分级处置", "高危妊娠管理", "宫颈病变筛查规范", "新生儿复苏演练"),
        ("阴道镜检查", "产程管理", "新生儿窒息复苏"),
        ("腹腔镜子宫肌瘤剔除术", "宫腔镜检查与治疗", "剖宫产术"),
    ),
    Craft(
        "儿科",
        "medicine",
        ("儿童肺炎的分级诊疗", "热性惊厥的处理", "新生儿黄疸的评估", "儿童哮喘规范管理"),
        ("新生儿静脉穿刺", "儿童雾化吸入", "新生儿转运"),
        (),
    ),
    Craft(
        "急诊医学科",
        "acute",
        ("急诊预检分诊", "心肺复苏质量控制", "急性中毒的救治", "创伤中心建设"),
        ("气管插管", "床旁超声", "除颤仪使用"),
        (),
    ),
    Craft(
        "重症医学科",
        "acute",
        ("脓毒症的集束化治疗", "机械通气的撤离", "镇痛镇静评估", "血流动力学监测"),
        ("深静脉置管", "呼吸机参数调节", "床旁血滤"),
        ("连续性肾脏替代治疗",),
    ),
    Craft(
        "麻醉科",
        "acute",
        ("困难气道的处理", "术后镇痛管理", "老年患者麻醉风险评估"),
        ("超声引导神经阻滞", "可视喉镜插管"),
        ("超声引导下神经阻滞麻醉", "分娩镇痛"),
    ),
    Craft(
        "医学影像科",
        "technique",
        ("胸部CT报告规范", "急腹症的影像诊断", "乳腺影像分级", "影像质控要点"),
        ("CT血管成像后处理", "CT引导下穿刺定位"),
        (),
    ),
    Craft(
        "检验科",
        "technique",
        ("危急值报告流程", "微生物标本的采集与送检", "室内质控与失控处理"),
        ("血涂片镜检", "细菌药敏判读"),
        (),
    ),
    Craft(
        "护理部",
        "nursing",
        ("跌倒与压疮的预防", "静脉治疗护理规范", "护理文书书写要求", "危重患者交接班"),
        ("PICC 维护", "造口换药", "早期预警评分"),
        (),
    ),
    Craft(
        "感染管理科",
        "nursing",
        ("手卫生依从性改进", "多重耐药菌的防控", "重点部门消毒隔离", "职业暴露处置"),
        ("环境卫生学采样", "个人防护用品穿脱"),
        (),
    ),
)

# Weights of the kinds that somebody of this style gives while posted to a county hospital.
STYLES: dict[str, tuple[tuple[str, int], ...]] = {
    "medicine": (
        ("outpatient", 30),
        ("ward_round", 20),
        ("teaching_round", 11),
        ("mentoring", 9),
        ("consultation", 8),
        ("case_discussion", 6),
        ("lecture", 6),
        ("rescue", 4),
        ("clinic_session", 3),
        ("standardisation", 1),
        ("free_clinic", 1),
        ("technique", 1),
    ),
    "surgery": (
        ("operation", 30),
        ("outpatient", 20),
        ("ward_round", 15),
        ("teaching_round", 8),
        ("mentoring", 8),
        ("demonstration_surgery", 6),
        ("consultation", 5),
        ("lecture", 4),
        ("case_discussion", 2),
        ("technique", 1),
        ("free_clinic", 1),
    ),
    "acute": (
        ("ward_round", 26),
        ("rescue", 16),
        ("teaching_round", 15),
        ("mentoring", 14),
        ("consultation", 12),
        ("lecture", 9),
        ("case_discussion", 6),
        ("standardisation", 1),
        ("technique", 1),
    ),
    "technique": (
        ("mentoring", 24),
        ("quality_check", 20),
        ("lecture", 18),
        ("consultation", 16),
        ("standardisation", 4),
        ("case_discussion", 8),
        ("technique", 1),
    ),
    "nursing": (("nursing_guidance", 34), ("mentoring", 22), ("lecture", 18), ("quality_check", 14), ("management", 2)),
}

# What a month's work looks like beside the postings: from afar, back and forth, and from the county's side.
AFAR = (
    ("remote", 46),
    ("referral", 24),
    ("clinical_placement", 10),
    ("case_discussion", 8),
    ("lecture", 6),
    ("exchange_visit", 4),
    ("management", 2),
)
COUNTY_GIVES = (("referral", 74), ("exchange_visit", 14), ("research", 7), ("party_building", 5))
TOWNSHIP_HELP = (
    ("clinic_session", 34),
    ("tour", 14),
    ("mentoring", 12),
    ("remote", 12),
    ("lecture", 9),
    ("teaching_round", 8),
    ("free_clinic", 6),
    ("quality_check", 5),
)

QUANTITIES: dict[str, tuple[int, int]] = {
    "outpatient": (18, 62),
    "ward_round": (2, 5),
    "operation": (1, 4),
    "clinic_session": (1, 3),
    "rescue": (1, 3),
    "teaching_round": (1, 2),
    "mentoring": (2, 5),
    "consultation": (1, 4),
    "case_discussion": (1, 2),
    "lecture": (1, 1),
    "demonstration_surgery": (1, 2),
    "technique": (1, 1),
    "standardisation": (1, 1),
    "free_clinic": (1, 1),
    "quality_check": (1, 2),
    "nursing_guidance": (1, 4),
    "management": (1, 1),
    "remote": (1, 5),
    "referral": (1, 6),
    "clinical_placement": (1, 3),
    "exchange_visit": (1, 1),
    "research": (1, 1),
    "party_building": (1, 1),
    "tour": (1, 3),
    "conference": (1, 1),
    "expert_workstation": (2, 4),
    "donation": (1, 3),
    "specialty_building": (1, 1),
}
WEEKLY = frozenset(
    {
        "outpatient",
        "ward_round",
        "nursing_guidance",
        "mentoring",
        "remote",
        "referral",
        "operation",
        "clinic_session",
        "consultation",
    }
)
TEAM = frozenset({"operation", "demonstration_surgery", "case_discussion", "teaching_round", "rescue"})

TITLES: dict[str, tuple[str, ...]] = {
    "outpatient": ("{d}专家门诊", "{d}门诊接诊", "{d}联合门诊"),
    "ward_round": ("{d}业务查房", "{d}病区查房", "{d}三级查房"),
    "operation": ("{deed}", "{deed}（与本院医师同台）"),
    "clinic_session": ("{d}坐诊", "{d}周末专家坐诊"),
    "rescue": ("参加急危重症抢救", "{d}急会诊抢救"),
    "teaching_round": ("教学查房：{topic}", "{d}教学查房"),
    "mentoring": ("带教：{skill}", "师带徒：{skill}"),
    "consultation": ("{d}院内会诊", "多学科会诊（{d}）"),
    "case_discussion": ("疑难病例讨论（{d}）", "多学科疑难病例讨论"),
    "lecture": ("专题讲座：{topic}", "业务培训：{topic}", "继续教育：{topic}"),
    "demonstration_surgery": ("示范手术：{deed}", "手术示教：{deed}"),
    "technique": ("新技术：{skill}", "协助开展新项目：{skill}"),
    "standardisation": ("修订{d}常见病诊疗规范", "制定{topic}临床路径"),
    "free_clinic": ("下乡义诊：{d}", "集市日义诊（{d}）", "“服务百姓健康”义诊"),
    "quality_check": ("{d}质控检查", "{d}质量督导"),
    "nursing_guidance": ("病区护理质量指导", "院感防控现场指导", "重点科室护理查房"),
    "management": ("协助修订医疗质量安全核心制度", "帮助建立{d}质控小组", "指导病案首页质量管理"),
    "remote": ("远程会诊（{d}）", "远程病例讨论（{d}）", "远程诊断（{d}）"),
    "referral": ("绿色通道接收上转患者", "协助安排{d}住院"),
    "clinical_placement": ("接收进修：{d}", "短期进修班：{skill}"),
    "exchange_visit": ("{d}互访交流", "科室结对交流"),
    "research": ("多中心调查数据采集", "联合申报省级课题"),
    "party_building": ("党支部结对共建主题党日",),
    "tour": ("巡回医疗进村", "家庭医生团队巡诊"),
    "conference": ("学术年会：{topic}", "专科联盟学习班：{topic}"),
    "expert_workstation": ("专家工作站驻站",),
    "donation": ("捐赠教学模型", "捐赠便携式监护设备"),
    "specialty_building": ("{d}专科建设方案", "{d}重点专科申报辅导"),
}
DOWNWARD = ("接收康复期下转患者", "接收术后下转患者继续治疗")

NOTES: dict[str, tuple[str, ...]] = {
    "outpatient": ("", "", "周三、周五全天出诊。", "与本院医师联合出诊。", "本周因培训少出诊半天。"),
    "operation": ("", "", "手术顺利，术后随访由本院医师负责。", "本院医师任第一助手。"),
    "ward_round": ("", "", "重点讨论了三例疑难病例的处理。", "查房意见已记入病程。"),
    "lecture": ("", "签到表存医务科。", "课件已发科室群。"),
    "mentoring": ("", "带教对象可独立完成，月底考核。", "操作考核合格。"),
    "remote": ("", "会诊意见已传回。", "建议上转一例，已联系床位。"),
    "referral": ("", "均由转诊办公室电话对接，凭转诊单办理。"),
    "free_clinic": ("", "发放宣传册二百余份。", "免费测血压、血糖。"),
}

LOWER_REASONS = (
    "与信息科导出的工作量核对后更正数量",
    "其中一次为节假日停诊，按实际次数核定",
    "两人同台，按一例计",
    "带教日重复计算，按考勤核减",
)
RETURN_REASONS = ("请补充签到表", "请写明手术名称与级别", "数量与门诊日志不一致，请核对后重报", "请补充参加人员")
OBJECTIONS = ("门诊日志已附，原数量与挂号系统一致，请复核", "该例由我院独立主刀，请按一例计")
SETTLEMENTS = ("两院办公室核对后，按较低数量认定", "双方核对排班表，恢复原申报数量")
WITHDRAWALS = ("重复填报", "填错受援医院，另行填报")
CORRECTIONS = ("年中核对时发现多计一次，更正", "与医院信息系统导出数不一致，按导出数更正", "当月漏计，补正差额")

# From the list of new techniques that the team brings to Shizhou.
FORTY = (
    "超声引导下颈内静脉穿刺置管",
    "床旁纤维支气管镜吸痰",
    "腹腔镜下胃穿孔修补术",
    "无痛胃肠镜检查",
    "股骨近端防旋髓内钉固定术",
    "CT引导下肺穿刺活检",
    "经尿道钬激光碎石术",
    "动脉血气床旁检测",
    "急性缺血性卒中静脉溶栓",
    "声门下吸引技术",
    "腹腔镜子宫全切除术",
    "经皮穿刺脓肿引流术",
    "亚低温治疗",
    "俯卧位通气",
    "肺功能检查",
    "甲状腺细针穿刺活检",
    "椎管内分娩镇痛",
    "经鼻高流量氧疗",
    "内镜下息肉切除术",
    "造口旁疝修补术",
    "膝关节镜半月板成形术",
    "血液灌流",
    "新生儿经皮胆红素监测",
    "中心静脉压监测",
)
