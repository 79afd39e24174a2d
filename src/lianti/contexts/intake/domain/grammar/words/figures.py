"""Words around numbers: where a counted noun ends, what leads in, and numbers that only pass by."""

import re

STOP = re.compile(
    r"已经|已能|已|能够|能|可以|组成|参加|参与|前往|进行|开展|深入|走进|来到|抵达|赴|到|在|为|给|对|与|和|及|等|的|将|正|都|均|也|就|分别|接力|入驻|进驻|共同|接受|完成|出席|举行|实施|奔赴|签|获|从|向|以|被|并|或|是|由"
)
PLACE = re.compile(r"分之|(?:镇|乡(?!镇|村)|村(?![医级卫民])|街)")
"""What makes number and measure part of a place's name: 二台镇."""
SPELL = re.compile(
    r"(?:为期|期限|期|为|时间|长达|驻点|驻守|帮扶|支援|支医|工作|进修|轮转|坐诊|服务|满|了)\||\|的?(?:对口|帮扶|支援|支医|驻|进修|轮转|任务|援|学习|挂职|培训|合作)"
)
"""One year or half a year as the length of a stay."""
SINCE = frozenset(
    ["来", "里", "间", "内", "前", "后", "以来", "多来", "里的", "来的", "之后", "之前", "以后", "以前", "时间", "左右"]
)
NO_COUNT = (
    "第",
    "之",
    "每",
    "前",
    "同",
    "某",
    "专",
    "统",
    "进",
    "唯",
    "这",
    "那",
    "另",
    "逐",
    "下一个",
    "上一个",
    "头",
)
OURS = re.compile(
    r".{0,5}(?:专科|科室|中心|团队|工作室|项目|基地|病区|批次|医院|乡镇|县|学科|领域|病种|组|工作站|专业|单位|机构|班|课题|平台|联盟|村|站|队|病例|名额|岗位)"
)
"""Nouns of this field, which a small number with 个 must count."""
TOPIC = "人"
FEW = frozenset("二两三四五")
ONES = frozenset(["名", "位", "台", "期", "次", "场"])
ONE_OF = re.compile(
    r"(?:每[周月年季](?:度|周|月)?|派|选派|派出|派驻|安排|送|捐赠|赠送|配备|只有|仅有|现有|不少于|至少|仅)[^，。；]{0,10}$"
)
"""What makes one of something a figure: so often, sent, given, or no more than that."""
ONLY = re.compile(r"(?:只|仅|只有|仅有|共有)$")
THOSE = re.compile(r"[位名](?:同志|书记|院长|主任|领导|嘉宾|老师)|家(?:单位|党|医院的?(?:班子|领导|负责))")
"""A few of whom or of which the story told before."""
COUNTING = re.compile(
    r"(?:派|选派|派出|派驻|派来|共|有(?!着)|邀请|组织|来了|安排|聘请|引进|培养|接收|选送|抽调|选拔|遴选|及|和|等|由|联合|"
    r"覆盖|辐射|新增|达|建立|帮扶|支援|涵盖|对|托管|了|的|与|为|在|带|外|名|位|科|院)$"
)
WHILE = re.compile(r"没|才|里|都")
SPENT = re.compile(
    r"巡回医疗|跟班培训|跟班学习|对口帮扶|对口支援|援[藏疆青外鄂渝非]|帮扶|支援|支医|进修|合作|驻点|坐诊|培训|挂职|轮转|从医|义诊|学习"
)
PAID = re.compile(r"捐赠|资助|补助|减免|投入|拨付|奖励|节约|节省|采购")
FUNDS = re.compile(r"资金|经费|[^捐]款|费用|支出")
TIME_NOUN = re.compile(r"(?:期限?|周期|时间|时长|日|年限|车程|路程|工龄|历史)$")
PRESENT = re.compile(r"(?:参加|出席|参会|到会|与会|列席)")
COUNT_NOUN = re.compile(r"(?:人数|例数|总数|总量|次数|台数|位数|数量|门诊量|诊疗量)$")
LEAD = re.compile(
    r"^(?:(?:累计|合计|先后|共|已|圆满|成功|积极|组织|开展|举办|完成|实施|并|还|将|专家们|同时|现场|为|我院|医院|新增|推广|免费)\s*)+"
)
PASSING = re.compile(
    r"[一两二三四五六七八九十几]{1,2}(?:方面|点|手|头|面|地|院|侧|边|端|大|代|把|条心|家人|家亲|口|步|路|起|同|些|切|旦|样|律|体化|体|站|线|流|带|度|致|定|直|般|并|道|行|来|共|对|方)"
    r"(?!\d)"
)
BARE = re.compile(r"(?:人次|人数|台次|次数|总数|数量|例数|达|达到|突破|超过|增至)$")
