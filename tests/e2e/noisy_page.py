"""A page about an invented signing, as a mirror shows it: traditional characters, readings in brackets, shifted bytes.

Nothing in it is real. The same page comes every time.
"""

from datetime import date

from lianti.contexts.intake.domain.damage import damage
from lianti.contexts.intake.domain.furniture import furnish

SUPPORTER = "霁川市第一医院"
SUPPORTED = "松陂县人民医院"
OFFICE = "松陂县卫生健康局"
TITLE = "霁川市第一医院与松陂县人民医院签订对口支援协议"
STORY = (
    "3月12日上午，霁川市第一医院与松陂县人民医院对口支援签约仪式在松陂县人民医院门诊楼五楼会议室举行。"
    "霁川市第一医院党委副书记、院长贺望山，松陂县卫生健康局局长温如海，松陂县人民医院院长邱志坚出席仪式。",
    "邱志坚说，松陂县人民医院心血管内科介入人才短缺，危重症救治能力薄弱，希望得到上级医院在技术和人才培养方面的支持。",
    "根据协议，霁川市第一医院将每季度选派心血管内科、重症医学科专家到松陂县人民医院坐诊带教，"
    "每年接收10名业务骨干免费进修，并开通双向转诊绿色通道。松陂县人民医院将全力做好服务保障工作。",
    "签约仪式后，霁川市第一医院专家团队开展义诊活动，为群众提供健康咨询120余人次，免费测量血压86人次，并在心血管内科开展教学查房。",
)
FURNITURE = ("navigation", "source", "counter", "captions", "byline", "headlines", "disclaimer", "footer", "spam")
SEED = 7


def noisy_page() -> str:
    """Return the page as somebody would copy it."""
    page, _added = furnish(TITLE, STORY, FURNITURE, SEED, published=date(2024, 3, 13))
    return damage(page, ("pinyin", "byte_shift", "entities"), SEED)
