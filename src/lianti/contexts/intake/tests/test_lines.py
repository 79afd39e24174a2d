"""Which lines of a page are kept: pages as hospitals, counties, portals, mirrors and mails write them."""

import pytest

from lianti.contexts.intake.domain.cleaned import Cleaned, Repair, Status
from lianti.contexts.intake.domain.cleaning.characters import Restored
from lianti.contexts.intake.domain.cleaning.lines import pick
from lianti.contexts.intake.domain.source import Source

TITLE = "云岫市第一医院与青岚县人民医院签订对口帮扶协议"
FIRST = (
    "3月5日上午，云岫市第一医院与青岚县人民医院对口帮扶签约仪式在青岚县人民医院举行。"
    "青岚县委常委、副县长温如故，云岫市第一医院院长石青禾出席。"
)
SECOND = "石青禾表示，医院将派出心血管内科、神经外科专家每周坐诊，帮助青岚县人民医院建设胸痛中心，并接收医护人员进修。"
THIRD = "温如故感谢云岫市第一医院的支持。她说，县里高年资医生少、重症救治能力薄弱，希望双方早见成效。"
STORY = [FIRST, SECOND, THIRD]
CLEAN = "\n".join([TITLE, *STORY])


def cleaned(*lines: str, **source: str) -> Cleaned:
    """The story of a page of these lines."""
    text = "\n".join(lines)
    return pick(Source(text, **source), Restored(text))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "line",
    [
        "当前位置：首页 > 新闻中心 > 医院动态",
        "您现在的位置： 首页 >> 新闻资讯 >> 正文",
        "您所在的位置: 首页 / 要闻 / 正文",
        "首页 | 医院概况 | 科室导航 | 专家介绍 | 就医指南 | 联系我们",
        "设为首页 加入收藏 联系我们",
        "欢迎光临青岚县人民医院网站！",
        "今天是2023年3月6日 星期一",
        "发布时间：2023-03-06 09:10:44 来源：青岚县融媒体中心 浏览次数：1086 次",
        "来源：青岚发布 | 作者：白予安 | 编辑：唐砚 | 2023-03-06",
        "2023-03-06 10:20   云岫日报   阅读 3187",
        "信息来源：市卫健委 发布日期：2023年3月6日 【字体：大 中 小】 【打印】 【关闭】",
        "索引号：000014349/2023-00021 发文机关：青岚县卫生健康局 成文日期：2023年3月6日",
        "作者：宣传科 点击数：120 更新时间：2023-03-06",
        "文／白予安 图／唐砚",
        "□记者 白予安 通讯员 唐砚",
        "[字号：大 中 小]",
        "分享到： 微信 微博 QQ空间",
        "青岚县融媒体中心",
        "久久国产精品_亚洲欧美日韩在线观看_免费高清影视大全",
        "澳门娱乐平台_网上真人游戏官网_APP下载安装_最新登录入口",
        "var hits = 1; document.write(hits);",
    ],
)
def test_what_stands_before_the_story_goes(line: str) -> None:
    assert cleaned(TITLE, line, *STORY).text == CLEAN
    assert cleaned(line, TITLE, *STORY).text == CLEAN


@pytest.mark.parametrize(
    "line",
    [
        "（图/文 白予安）",
        "（通讯员 白予安 唐砚）",
        "(记者 白予安)",
        "（白予安）",
        "责任编辑：唐砚",
        "编辑：唐砚 审核：陶知秋",
        "一审：唐砚 二审：陶知秋 三审：柳依然",
        "责编：唐砚 | 审核：陶知秋 | 监制：柳依然",
        "供稿：医务科 | 白予安",
        "上一篇：我院召开工作例会 下一篇：没有了",
        "上一条：护士节活动",
        "版权所有：青岚县人民医院 ICP备00000000号-1",
        "Copyright © 2023 青岚县人民医院 All Rights Reserved",
        "公网安备 00000000000000号",
        "地址：青岚县人民路1号 电话：0000-1234567 邮编：000000",
        "24小时急救电话：0000-120",
        "扫一扫在手机打开当前页",
        "长按识别二维码关注我们",
        "下载客户端",
        "主办单位：青岚县人民医院 技术支持：某某网络",
        "新闻热线：0000-1234567 投稿邮箱：news@hospital.example",
        "声明：本网转载此文目的在于传递更多信息，不代表本网站观点。如有侵权，请联系删除。",
        "免责声明：以上内容由用户上传，如涉及版权问题请与我们联系，我们将及时处理。",
        "凡本网注明来源的作品，均转载自其它媒体，转载请注明出处。",
        "【打印本页】 【关闭窗口】",
        "主站蜘蛛池模板： 某某县| 某某市| 某某区| 某某旗|",
        "国产精品视频一区二区,欧美亚洲日韩在线,久久久久精品免费观看",
        "点击阅读原文",
        "网友评论",
        "2023年3月6日",
        "IMG_20230306_750.jpg",
        "▲签约仪式现场",
    ],
)
def test_what_stands_behind_the_story_goes(line: str) -> None:
    assert cleaned(TITLE, *STORY, line).text == CLEAN
    assert cleaned(TITLE, *STORY, "", line, "上一篇：没有了").text == CLEAN


@pytest.mark.parametrize(
    "line",
    [
        "图为签约仪式现场。",
        "（图为双方签约）",
        "图1：专家查房",
        "图① 专家查房。 图② 义诊现场。",
        "▲石青禾院长致辞",
        "签约仪式现场",
        "心血管内科主任柳依然为患者做检查",
        "石青禾一行参观青岚县人民医院",
        "专家组在病房教学查房 白予安 摄",
        "双方代表签约。（白予安 摄）",
        "两家医院签订合作协议",
        "![]()",
        "DSC_0021.JPG",
    ],
)
def test_what_pictures_show_goes(line: str) -> None:
    assert cleaned(TITLE, FIRST, line, SECOND, THIRD).text == CLEAN


@pytest.mark.parametrize(
    "line",
    [
        "一、医疗帮扶见实效",
        "（二）学科共建",
        "精准帮扶强能力",
        "输血变造血 共筑健康路",
        "会议强调：",
        "签约仪式上，掌声不断。",
        "1. 每周派出专家坐诊；",
    ],
)
def test_headings_of_a_story_stay(line: str) -> None:
    assert cleaned(TITLE, FIRST, line, SECOND, THIRD).text == "\n".join([TITLE, FIRST, line, SECOND, THIRD])


@pytest.mark.parametrize(
    "tail",
    [
        "（白予安）",
        "(白予安 唐砚)",
        "（记者 白予安 通讯员 唐砚）",
        "（图/文：白予安）",
        "（外科党总支）",
        " 责任编辑：唐砚",
        "（责任编辑：admin）",
        "（云岫日报 记者 白 予 安）",
        " 上一篇：没有了 下一篇：工作例会",
        "（编辑：唐砚 审核：陶知秋）",
        " 图为签约仪式现场。中新社发 白予安 摄",
        "（陈 然 郑 菊 白予安）",
    ],
)
def test_a_byline_glued_to_the_last_paragraph_goes(tail: str) -> None:
    assert cleaned(TITLE, FIRST, SECOND, THIRD + tail).text == CLEAN


@pytest.mark.parametrize(
    "head",
    [
        "本报讯 ",
        "青岚融媒讯（记者 白予安）",
        "（《今日青岚》记者 白予安）",
        "云上青岚报道（全媒体记者 白予安）3月5日，",
        "新华网云岫3月5日电 ",
    ],
)
def test_a_byline_that_opens_a_paragraph_stays(head: str) -> None:
    page = cleaned(TITLE, head + FIRST, SECOND)
    assert page.text == "\n".join([TITLE, head + FIRST, SECOND])
    assert page.reporters == (("白予安",) if "白予安" in head else ())


def test_notes_in_brackets_stay() -> None:
    last = THIRD + "（注：数据截至3月底）"
    assert cleaned(TITLE, FIRST, last).text.endswith(last)
    told = "随后，双方参观了云岫市第一医院（下称总医院）。"
    assert told in cleaned(TITLE, FIRST, told).text


def test_a_page_on_one_line_is_cut() -> None:
    glued = (
        f"首页 >> 医院新闻{TITLE}来源：青岚县人民医院 作者：白予安 时间：2023-03-06 03:51:11 浏览：1330 "
        f"{FIRST} {SECOND} {THIRD}（白予安） 上一篇：没有了 下一篇：工作例会 版权所有 ICP备00000000号"
    )
    page = cleaned(glued)
    assert page.text == f"{TITLE}\n{FIRST} {SECOND} {THIRD}"
    assert str(page.published) == "2023-03-06"
    assert page.medium == "青岚县人民医院"


def test_the_page_tells_when_where_and_by_whom() -> None:
    page = cleaned(TITLE, "发布时间：2023-03-06 来源：云岫日报 作者：白予安", *STORY, "（唐砚/摄）", "编辑：陶知秋")
    assert str(page.published) == "2023-03-06"
    assert page.medium == "云岫日报"
    assert set(page.reporters) == {"白予安", "唐砚", "陶知秋"}
    assert page.title == TITLE


def test_somebody_of_the_story_is_no_reporter() -> None:
    assert cleaned(TITLE, *STORY, "审核：石青禾 编辑：唐砚").reporters == ("唐砚",)


@pytest.mark.parametrize("again", [TITLE, TITLE + "_青岚县人民医院", "《" + TITLE + "》"])
def test_a_title_stands_once(again: str) -> None:
    assert cleaned(TITLE, "来源：云岫日报", again, *STORY, TITLE).text == CLEAN


@pytest.mark.parametrize(
    "suffix", ["_青岚县人民医院官网", " - 新闻中心 - 青岚县人民医院", "-青岚新闻网", " | 青岚县政府门户网站"]
)
def test_what_sites_add_to_a_title_goes(suffix: str) -> None:
    assert cleaned(TITLE + suffix, *STORY).text == CLEAN


def test_an_original_title_serves_where_there_is_no_other() -> None:
    assert cleaned(f"原标题：{TITLE}", *STORY).text == CLEAN
    assert cleaned(f"（原标题：{TITLE}） {FIRST}", SECOND, THIRD).text == CLEAN
    assert cleaned(TITLE, "原标题：两院签约", *STORY).text == CLEAN


def test_a_subtitle_stays() -> None:
    assert cleaned("一家人 一条心", "——云岫市第一医院帮扶青岚纪实", *STORY).text.startswith("一家人 一条心\n——")


def test_a_page_without_title_has_none() -> None:
    page = cleaned(*STORY, title=TITLE)
    assert page.text == "\n".join(STORY)
    assert page.title == ""


def test_news_behind_related_news_go_and_the_story_goes_on() -> None:
    other = "昨日，县城供热管网改造工程全面完工，惠及居民两万余户，较计划提前半个月。"
    page = cleaned(TITLE, FIRST, "相关阅读", "本周菜价一览", SECOND, THIRD, "推荐阅读", other, "[天气]未来三天有小雪")
    assert page.text == CLEAN


def test_letters_keep_greeting_and_signature() -> None:
    lines = [
        "感谢信",
        "云岫市第一医院：",
        *STORY,
        "此致",
        "敬礼！",
        "联系人：医务科 白予安",
        "青岚县人民医院",
        "2023年3月6日",
    ]
    page = cleaned(*lines, "--", "发自我的手机", "本邮件及其附件仅供收件人使用，如误收请删除并告知发件人。")
    assert page.text == "\n".join(lines)
    assert str(page.published) == "2023-03-06"


def test_minutes_keep_their_head() -> None:
    lines = [
        "对口帮扶工作座谈会纪要",
        "时间：2023年3月5日",
        "地点：青岚县人民医院三楼会议室",
        "参会人员：石青禾、温如故",
        *STORY,
    ]
    assert cleaned(*lines).text == "\n".join(lines)


def test_a_list_that_a_sentence_opens_stays() -> None:
    lines = [TITLE, FIRST, "首批专家名单如下：", "柳依然 心血管内科主任", "陶知秋 神经外科副主任", SECOND]
    assert cleaned(*lines).text == "\n".join(lines)


def test_rows_of_a_table_stay() -> None:
    lines = [TITLE, FIRST, "姓名\t科室", "柳依然\t心血管内科", SECOND]
    assert cleaned(*lines).text == "\n".join(lines)


def test_wrapped_lines_are_joined() -> None:
    width = 30
    wrapped = [part[at : at + width] for part in STORY for at in range(0, len(part), width)]
    assert cleaned(TITLE, *wrapped, kind="pdf").text == CLEAN
    assert cleaned(TITLE, *STORY, kind="pdf").text == CLEAN


def test_repairs_move_with_their_lines() -> None:
    text = "\n".join(["首页 > 新闻", TITLE, *STORY])
    start = text.index("石青禾")
    repair = Repair(start, start + 3, "？", "byte_shift", Status.CHOSEN, sensitive=True)
    lost = Repair(0, 2, "?", "lost", Status.DOUBTFUL)
    page = pick(Source(text), Restored(text, (lost, repair)))
    assert [page.text[one.start : one.end] for one in page.repairs] == ["石青禾"]


def test_every_line_is_accounted_for() -> None:
    page = cleaned("首页 > 新闻", TITLE, "", FIRST, "▲签约现场", SECOND, THIRD, "编辑：唐砚", "版权所有")
    assert [line.reason for line in page.lines] == [
        "navigation",
        "",
        "blank",
        "",
        "caption",
        "",
        "",
        "source",
        "footer",
    ]
    assert "\n".join(page.text[one.start : one.end] for one in page.lines if not one.reason) == page.text


def test_a_stray_tag_costs_no_paragraph() -> None:
    odd = SECOND.replace("，", "</span>，&nbsp;", 1) + "�"
    assert odd in cleaned(TITLE, FIRST, odd, THIRD).text


def test_nothing_but_furniture_is_left_out_whole() -> None:
    assert cleaned("首页 > 新闻", "版权所有").text == ""
    assert cleaned("云岫市第一医院", "青岚县人民医院").text == "云岫市第一医院\n青岚县人民医院"


@pytest.mark.parametrize(
    "line", ["news.example.cn 2023-03-06 09:46:22  白予安 我来说两句", "2023-03-06 党政办 阅读数 2208 分享 收藏"]
)
def test_a_day_above_the_story_is_the_pages_day(line: str) -> None:
    assert str(cleaned(TITLE, line, *STORY).published) == "2023-03-06"


def test_todays_day_is_not_the_pages_day() -> None:
    assert cleaned("今天是2025年5月1日 星期四 欢迎光临", TITLE, *STORY).published is None
