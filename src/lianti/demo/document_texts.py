"""Documents of the example as they came to the office: a mirror's page, minutes, a mail, a summary, a broken scan."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from email.utils import format_datetime
from html import escape

from lianti.contexts.intake.domain.damage import damage
from lianti.demo.paperwork import a_pdf
from lianti.demo.people import Cast
from lianti.demo.places import LANXI, LINHUAI, SHIZHOU, SONGQUAN, WANGCHUAN
from lianti.demo.when import When, moment

_HEAD = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_青岚百事通</title></head><body>
<div>首页 | 新闻 | 健康 | 招聘 | 房产 | 二手 | 联系我们</div>
<div>当前位置：首页 &gt; 健康 &gt; 正文</div>"""
_FOOT = """<div>上一篇：家门口的好医生 下一篇：春季养生五字诀</div>
<div>热门推荐：装修公司哪家好 云川搬家电话 青岚团购</div>
<div>声明：本站内容来自网络，如有侵权请联系删除。版权所有 青岚百事通</div>
</body></html>"""


def day(one: date) -> str:
    """Return a day as papers write it."""
    return f"{one.year}年{one.month}月{one.day}日"


def signing(cast: Cast, when: When, signed: date) -> bytes:
    """Return a page of a site that copies others, in wrong bytes: two institutions bind themselves anew."""
    title = "云川省人民医院与临槐县妇幼保健院签订新一轮对口支援协议"
    leader = cast.house(LINHUAI).leader.name
    told = f"""{title}
{signed.month}月{signed.day}日，云川省人民医院与临槐县妇幼保健院对口支援协议签约仪式在临槐县妇幼保健院举行。\
云川省人民医院副院长{cast.vice.name}、医联体办公室主任{cast.office.name}，临槐县妇幼保健院院长{leader}出席，\
医务科科长{cast.house(LINHUAI).coordinator.name}主持仪式。
{leader}在致辞中说，上一轮支援使产科的急救能力有了明显提高，但新生儿科医师短缺，高危孕产妇的转诊渠道不畅，\
希望得到云川省人民医院的继续支持。
{cast.vice.name}表示，云川省人民医院将每年选派4名产科、儿科专家到临槐县妇幼保健院驻点，每批不少于半年；\
接收临槐县妇幼保健院医护人员免费进修；开通高危孕产妇转诊绿色通道和远程会诊。
签约后，专家们深入妇产科、儿科开展教学查房，并在门诊大厅举行义诊活动，接诊群众130余人次，发放宣传册300余份。"""
    lines = damage(told, ("byte_shift",), when.today.toordinal()).split("\n")
    source = f"来源：云川健康报　作者：本站　发布时间：{signed:%Y-%m-%d} 17:20　浏览：1873次"
    parts = [f"<h1>{escape(lines[0])}</h1>", f"<div>{source}</div>", *(f"<p>{escape(line)}</p>" for line in lines[1:])]
    return "\n".join([_HEAD.format(title=title), *parts, _FOOT]).encode()


def minutes(cast: Cast, met: date) -> bytes:
    """Return minutes in which a county hospital says what it lacks and the other side what it will do."""
    house = cast.house(LANXI)
    return f"""岚溪县人民医院对口支援工作座谈会会议纪要
时间：{day(met)}下午
地点：岚溪县人民医院三楼会议室
出席：云川省人民医院医联体办公室主任{cast.office.name}，岚溪县人民医院院长{house.leader.name}、\
医务科科长{house.coordinator.name}
会议听取了岚溪县人民医院关于派驻专家工作情况的汇报，讨论了下一步安排。
{house.leader.name}提出，心血管内科介入医师不足，夜间急诊介入手术难以开展；\
病理科尚未开展术中冰冻切片，希望云川省人民医院给予技术支持。
{cast.office.name}表示，云川省人民医院将增派1名介入专家驻点，将接收2名病理科医师进修半年，\
并将每季度组织专家到院开展教学查房和手术示教。
会议议定：岚溪县人民医院将做好派驻专家的食宿保障，按月报送工作量。
""".encode()


def mail(cast: Cast, sent: date) -> bytes:
    """Return a hospital's mail that asks for help."""
    asker = cast.house(SONGQUAN).coordinator.name
    body = f"""关于恳请支持麻醉科和病案管理工作的函
云川省人民医院：
松泉县人民医院三级乙等创建已进入冲刺阶段。目前，松泉县人民医院麻醉科医师短缺，无痛诊疗难以开展；\
病案首页质量薄弱，编码人员缺乏系统培训。
恳请云川省人民医院选派1名麻醉科专家到松泉县人民医院驻点三个月，并接收2名病案编码员进修。
专家驻点期间的食宿由松泉县人民医院保障。
联系人：医务科 {asker}
松泉县人民医院
{day(sent)}
"""
    told = ("关于恳请支持麻醉科和病案管理工作的函", "松泉县医院医务科")
    subject, sender = (b64encode(words.encode()).decode() for words in told)
    return f"""Subject: =?utf-8?b?{subject}?=
From: =?utf-8?b?{sender}?= <office@songquan.example>
To: <network@province.example>
Date: {format_datetime(moment(sent, 9, 12))}
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64
MIME-Version: 1.0

{b64encode(body.encode()).decode()}
""".encode()


def summary(cast: Cast, year: int) -> bytes:
    """Return a year's summary of a team, typed on one page, with its figures."""
    leader = cast.house(SHIZHOU).leader.name
    told = f"""石舟县人民医院{year}年组团式帮扶工作总结
{year}年，云川省人民医院帮扶团队在石舟县人民医院院长{leader}带领下，围绕急诊急救、重症医学科和儿科开展工作。
全年接诊门诊患者5320人次，完成手术186台次，开展教学查房74次、专题讲座36场，培训医务人员1450人次。
帮助开展新技术新项目12项，其中俯卧位通气、床旁纤维支气管镜吸痰填补县域空白。
存在的困难：儿科夜班医师不足，超声医师缺乏。
下一步，云川省人民医院将继续选派学科带头人驻点，将帮助石舟县人民医院建成县域卒中中心。"""
    lines = [line[at : at + 28] for line in told.split("\n") for at in range(0, len(line), 28)]
    return a_pdf(lines, stamp=False)


def cut_off() -> bytes:
    """Return a scan of which only the beginning was sent."""
    return a_pdf(("关于调整对口支援关系的通知",))[:420]


def menu(served: date) -> bytes:
    """Return what got among the papers by mistake."""
    days = "周一：番茄炒蛋、清炒时蔬、紫菜汤\n周二：红烧豆腐、土豆丝、冬瓜汤\n"
    return f"职工食堂一周菜谱\n{day(served)}起\n{days}".encode()


def news(cast: Cast, held: date) -> str:
    """Return a notice of our own site, which does not say who “our hospital” is."""
    return f"""骨科专家工作站开展义诊
来源：云川省人民医院网站　发布时间：{held:%Y-%m-%d}
{held.month}月{held.day}日，我院骨科专家在望川县人民医院专家工作站开展义诊活动，\
望川县人民医院院长{cast.house(WANGCHUAN).leader.name}到现场看望专家。活动接诊群众86人次，开展示教手术2台。
双方商定，我院将每月安排骨科专家驻站，帮助望川县人民医院规范开展关节镜手术。"""
