"""The page that stands around a story: navigation, bylines, captions, footers, spam. For tests, corpus and benchmark.

All names are invented. The same story, kinds and seed give the same page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

REPORTERS = ("柳依然", "顾小满", "石青禾", "钟一鸣", "陶知秋", "温如故", "白予安", "唐砚", "罗晴川")
SITES = (
    "云上青岚",
    "云岫日报",
    "青岚县融媒体中心",
    "云岫新闻网",
    "沧溪发布",
    "本站原创",
    "党委宣传部",
    "医院办公室",
    "宣传科",
)
MENUS = (
    ("网站首页", "医院概况", "新闻动态", "科室导航", "专家介绍", "就医指南", "党建园地", "联系我们"),
    ("首页", "走进医院", "医院新闻", "患者服务", "科研教学", "护理天地", "人才招聘"),
    ("首 页", "政务公开", "新闻中心", "办事服务", "互动交流", "专题专栏", "数据开放"),
    ("医院简介", "科室导航", "专家介绍", "就诊指南", "联系我们"),
)
TRAILS = (
    "您的位置：首页 > 新闻动态 > 医院新闻 > 正文",
    "当前位置:首页>>新闻中心>>医院动态",
    "您现在的位置: 网站首页 - 院内动态 - 详细内容",
    "当前位置： 首页 » 工作动态",
    "所在位置：首页 \\ 新闻资讯 \\ 正文",
)
CAPTIONS = (
    "图为签约仪式现场",
    "座谈会现场",
    "（图片由医院宣传科提供）",
    "活动现场。{a} 摄",
    "IMG_20240312_640_480.jpg",
    "▲专家为患者义诊",
    "图1 专家查房",
    "（{a}／摄）",
    "专家正在查房",
    "微信图片_20230518101523.png",
    "合影留念",
    "△与会人员合影",
)
SHARES = (
    "分享到： 微信 微博 QQ空间",
    "分享让更多人看到",
    "【打印本页】 【关闭窗口】",
    "[字号：大 中 小] 打印 收藏",
    "扫一扫 手机端浏览",
    "扫一扫在手机打开当前页",
    "点击图片查看全文",
    "返回顶部",
    "点赞 0 收藏 0 评论 0",
    "打印 | 关闭",
)
NEIGHBOURS = (
    "上一篇:我院召开季度工作例会 下一篇:没有了",
    "上一篇：没有了\n下一篇：医院开展消防演练",
    "上一条：关于节假日门诊安排的通知 下一条：护理技能竞赛举行",
    "【上一篇】院党委召开专题学习会\n【下一篇】无",
)
HEADLINES = (
    "县城供热管网改造完工",
    "本周菜价一览",
    "未来三天有小雪",
    "全民健身月活动开幕",
    "老旧小区加装电梯进入收尾",
    "护士节系列活动举行",
    "学雷锋志愿服务队走上街头",
    "无偿献血活动圆满结束",
    "新版医保目录今起执行",
    "消防安全培训走进机关",
)
HEADINGS = ("推荐阅读", "相关新闻", "相关链接", "热点推荐", "最新文章", "猜你喜欢", "延伸阅读", "热门排行")
FOOTERS = (
    "版权所有 Copyright © 2024 医院宣传科 技术支持:某某网络 ICP备00000000号",
    "地址：云岫市青岚县健康路1号 邮编：000000 电话：0000-0000000",
    "主办：青岚县人民医院 承办：信息科",
    "Copyright 云上青岚 版权所有 未经书面授权禁止复制",
    "网站地图 | 联系我们 | 法律声明 | 隐私政策",
    "急救电话：0000-0000120 24小时服务热线：0000-0000111",
    "您是第 1203345 位访客",
    "公网安备 00000000000000号",
    "友情链接：卫生健康委员会 省人民医院 医学会",
    "新闻热线 举报电话",
    "下载客户端",
    "官方微信 官方微博 手机网站",
)
DISCLAIMERS = (
    "免责声明：本网转载此文出于传递更多信息之目的，并不意味着赞同其观点或证实其内容的真实性。如涉及版权问题，请与我们联系，我们将及时删除。",
    "声明：本文内容由互联网用户自发贡献，本站不拥有所有权，也不承担相关法律责任。",
    "特别声明：以上内容(如有图片或视频亦包括在内)为平台用户上传并发布，本平台仅提供信息存储服务。",
    "版权声明：凡本网注明来源的作品，均转载自其它媒体，转载请注明出处。",
)
SPAM = (
    "高清影视大全免费在线观看_国产剧情完整版在线播放_全集免费看_手机在线免费视频,最新电影天堂,热门综艺免费观看",
    "欧美经典大片在线观看,日韩综艺免费播放,国产精品电视剧大全,久久影院高清完整版",
    "澳门娱乐平台_网上真人游戏官网_APP下载安装_最新登录入口",
    "免费小说全文阅读|最新章节列表|无弹窗小说网|热门短剧在线看",
    "手机彩票投注app下载 足球比分直播 体育竞猜平台官网",
    "主站蜘蛛池模板： 某某县| 某某市| 某某区| 新会县| 乐山县| 长岭县| 青田市|",
)


@dataclass(slots=True)
class _Page:
    title: str
    body: list[str]
    published: date
    random: Random
    head: list[str] = field(default_factory=list)
    under_title: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    boilerplate: list[str] = field(default_factory=list)

    def put(self, where: list[str], *lines: str) -> None:
        """Add lines of furniture and note them as boilerplate."""
        for line in "\n".join(lines).split("\n"):
            where.append(line)
            self.boilerplate.append(line)

    def name(self) -> str:
        """A reporter's name."""
        return self.random.choice(REPORTERS)

    def day(self) -> str:
        """The publishing day in one of its usual forms."""
        forms = (
            "{0:%Y-%m-%d}",
            "{0:%Y-%m-%d} 09:26:00",
            "{0.year}年{0.month}月{0.day}日",
            "{0:%Y/%m/%d} 15:40",
            "{0:%Y.%m.%d}",
        )
        return self.random.choice(forms).format(self.published)


def _navigation(page: _Page) -> None:
    menu = page.random.choice(MENUS)
    join = page.random.choice((" | ", "\n", " ", "　"))
    page.put(page.head, join.join(menu))
    if page.random.random() < 0.8:
        page.put(page.head, page.random.choice(TRAILS))


def _source_line(page: _Page) -> None:
    site, day = page.random.choice(SITES), page.day()
    forms = (
        f"来源:{site} 时间:{day}",
        f"发布时间：{day} 来源：{site} 浏览次数：{page.random.randint(20, 9000)}",
        f"{day} 来源：{site}",
        f"文章来源:{site} 作者:{page.name()} 点击数:{page.random.randint(20, 9000)} 更新时间:{day}",
        f"信息来源：{site}　发布日期：{day}",
        f"作者：{page.name()} 来源：{site} 日期：{day} 人气：{page.random.randint(20, 9000)}",
    )
    page.put(page.under_title, page.random.choice(forms))


def _counter(page: _Page) -> None:
    seen = page.random.randint(20, 9000)
    forms = (
        f"阅读:{seen}次 字号:大 中 小",
        f"{page.day()} 阅读:{seen}",
        f"浏览量：{seen}",
        f"点击数：{seen} 【字体：大 中 小】",
        f"访问次数: {seen} 次",
    )
    page.put(page.under_title, page.random.choice(forms))


def _byline(page: _Page) -> None:
    one, two = page.name(), page.name()
    forms = (
        f"（图/文 {one}）",
        f"（通讯员 {one} 记者 {two}）",
        f"撰稿：{one} 审核：{two}",
        f"责任编辑:{one}",
        f"供稿：医务科 {one}\n编辑：{two}",
        f"文/{one} 图/{two}",
        f"编辑：{one}　校对：{two}　审核：{page.name()}",
        f"({one} {two})",
        f"【责任编辑：{one}】",
        f"记者：{one}\n一审：{two}\n终审：{page.name()}",
    )
    page.put(page.tail, page.random.choice(forms))


def _title_again(page: _Page) -> None:
    page.head.insert(0, page.title) if page.random.random() < 0.5 else page.tail.append(page.title)


def _captions(page: _Page) -> None:
    for _ in range(page.random.randint(1, 3)):
        caption = page.random.choice(CAPTIONS).format(a=page.name())
        page.body.insert(page.random.randint(1, len(page.body)), caption)
        page.boilerplate.append(caption)


def _share(page: _Page) -> None:
    page.put(page.tail, page.random.choice(SHARES))


def _neighbours(page: _Page) -> None:
    page.put(page.tail, page.random.choice(NEIGHBOURS))


def _headlines(page: _Page) -> None:
    stories = page.random.sample(HEADLINES, page.random.randint(2, 5))
    form = page.random.choice(("{0}", "· {0}", "[本地]{0}", "{0} {1:%m-%d}", "{2}. {0}", "{1:%Y-%m-%d} {0}"))
    page.put(page.tail, page.random.choice(HEADINGS))
    page.put(page.tail, *(form.format(one, page.published, at) for at, one in enumerate(stories, 1)))


def _footer(page: _Page) -> None:
    page.put(page.tail, *page.random.sample(FOOTERS, page.random.randint(2, 4)))


def _disclaimer(page: _Page) -> None:
    page.put(page.tail, page.random.choice(DISCLAIMERS))


def _spam(page: _Page) -> None:
    page.put(page.head if page.random.random() < 0.2 else page.tail, page.random.choice(SPAM))


FURNITURE: dict[str, Callable[[_Page], None]] = {
    "navigation": _navigation,
    "source": _source_line,
    "counter": _counter,
    "captions": _captions,
    "byline": _byline,
    "share": _share,
    "neighbours": _neighbours,
    "title_again": _title_again,
    "headlines": _headlines,
    "disclaimer": _disclaimer,
    "footer": _footer,
    "spam": _spam,
}


def furnish(
    title: str, paragraphs: Sequence[str], kinds: Iterable[str], seed: int, *, published: date = date(2024, 3, 12)
) -> tuple[str, list[str]]:
    """A page around a story with furniture of these kinds (keys of FURNITURE), and the list of what was added.

    The list holds no repeated title, since the title itself belongs to the story. `title` '' for a page without one.
    KeyError for an unknown kind.
    """
    wanted = set(kinds)
    for kind in wanted - FURNITURE.keys():
        raise KeyError(kind)
    page = _Page(title, list(paragraphs), published, Random(seed))  # noqa: S311 - not for secrets
    for kind, put in FURNITURE.items():
        if kind in wanted:
            put(page)
    lines = [*page.head, *([title] if title else []), *page.under_title, *page.body, *page.tail]
    return "\n".join(lines) + "\n", page.boilerplate
