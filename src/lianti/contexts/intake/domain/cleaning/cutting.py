"""A source's lines cut into parts: what is glued to a story line, before or behind it, becomes a part of its own."""

import re
from dataclasses import dataclass
from itertools import pairwise

from lianti.contexts.intake.domain.cleaning import furniture as page
from lianti.contexts.intake.domain.cleaning.marks import tells
from lianti.contexts.intake.domain.cleaning.sourcelines import signs, told

_STRONG = re.compile(
    r"(?:来源|作者|编辑|发布时间|发布日期|发表时间|更新时间|日期|时间|浏览次数|浏览量|浏览|点击次数|点击数|点击率|"
    r"点击量|点击|阅读次数|阅读量|阅读|字号|字体|发布人|发布者)\s{0,2}:"
)
_BEHIND = re.compile(
    r"(?<=[。!?)\]”\s|])\s{0,3}\[?(?:上一[篇条页]|下一[篇条页]|上篇|下篇|责任编辑|本文编辑|编辑\s?:|作者\s?:|"
    r"来源\s?:|供稿\s?:|撰稿\s?:|审核\s?:|一审\s?:|相关(?:新闻|文章|阅读|链接|推荐|报道)|推荐阅读|延伸阅读|"
    r"版权所有|copyright|打印\]|"
    r"关闭\]|打印本页|关闭窗口|分享到|扫一扫|网友评论|发表评论|主站蜘蛛池|感谢您访问|返回(?:顶部|列表|首页)|"
    r"标签\s?:|关键[词字]\s?:|点击数\s?:|浏览次数\s?:|浏览量\s?:|阅读量\s?:|\d{0,2}免责声明|版权声明|声明\s?:|"
    r"本文(?:来源|转自|链接))",
    re.I,
)
_APART = re.compile(r"(?<=[。!?”)])\s{2,}")
_BRACKET = re.compile(r"\s{0,6}[(\[]([^()\[\]。]{1,46}|原标题[^()]{1,80})[)\]]\s{0,2}[。|]?\s{0,4}$")
_ROLE_TAIL = re.compile(
    rf"(?<=[。!?”)\s])\s{{0,6}}(?:\(|—{{1,2}})?(?:(?:本报|本网|全媒体|见习|特约|融媒体?){{0,2}}(?:{page.WHO}|文|"
    rf"图)(?:\s?[:/|丨]\s?|\s{{1,4}})|[{page.HAN}]{{2,4}}\s?/\s?(?:文|图|摄影|供图)|"
    rf"{page.WHERE}\s?:)[^。,]{{1,60}}$"
)
_CREDIT = re.compile(r"(?<=[。!?”])\s{0,4}(?:[^。!?,]{0,24}(?:摄|供图|图片)\s?[)\]]?\s?|[(\[][^。]{0,30}摄[)\]]\s?)$")
_SHOWN = re.compile(r"(?<=[。!?”])\s{0,4}[(\[]?(?:图为|图:|上图|下图)[^。]{2,70}(?:。|[)\]]|$)")
_ORIGINAL = re.compile(r"^[(\[]原标题\s?:[^()\[\]]{4,80}[)\]]\s{0,4}")
_COLUMNS = re.compile(
    rf"\s{{0,3}}[{page.HAN}]{{0,4}}?(?:新闻中心|医院新闻|医院动态|新闻动态|工作动态|医院要闻|新闻资讯|通知公告|"
    rf"部门动态|媒体报道|媒体聚焦|新闻详情|新闻内容|正文内容|正文|要闻|动态|资讯|公告|快讯)"
)
_LONG, _STORY = 60, 20


@dataclass(slots=True)
class Part:
    """A stretch of the restored text, with the plain form of what stands there.

    `line`: number of its source line. `spans`: more than one when wrapped lines were joined. `why`: the reason it is
    left out, '' while it is kept.
    """

    line: int
    spans: list[tuple[int, int]]
    text: str
    why: str = ""

    def keep_only(self, start: int, end: int) -> None:
        """Shorten to [start, end) of its own text."""
        spans, at = [], 0
        for first, last in self.spans:
            length = last - first
            left, right = max(start - at, 0), min(end - at, length)
            if left < right:
                spans.append((first + left, first + right))
            at += length
        self.spans, self.text = spans, self.text[start:end]

    def sub(self, start: int, end: int, why: str = "") -> "Part":
        """A part of this part, trimmed of blanks and table marks."""
        piece = Part(self.line, list(self.spans), self.text, why)
        while start < end and self.text[start] in " |*\u00b7":
            start += 1
        while end > start and self.text[end - 1] in " |*":
            end -= 1
        piece.keep_only(start, end)
        return piece


def parts_of(text: str) -> list[Part]:
    """All parts of a restored text, in order. Lines keep their number; an empty line is an empty part."""
    out, at = [], 0
    for number, raw in enumerate(text.split("\n")):
        whole = Part(number, [(at, at + len(raw))], page.plain(raw))
        out.extend(_cut(whole.sub(0, len(raw))))
        at += len(raw) + 1
    return out


def _cut(part: Part) -> list[Part]:
    original = _ORIGINAL.match(part.text)
    start = original.end() if original else 0
    out = [part.sub(0, start)] if original else []
    if len(part.text) - start < _LONG:
        return [*out, part.sub(start, len(part.text))] if original else [part]
    for piece in _before(part.sub(start, len(part.text))):
        for half in _behind(piece):
            out.extend(_paragraphs(half))
    return out


def _before(part: Part) -> list[Part]:
    """Title and source words that stand before the story on the same line."""
    text = part.text
    first = _STRONG.search(text, 0, 500)
    if (
        first is None
        or "。" in text[: first.start()]
        or text.count("(", 0, first.start()) > text.count(")", 0, first.start())
    ):
        return [part]
    facts = told(text, first.start())
    rest = text[facts.end :]
    enough = len(facts.keys) + len(facts.days) >= 2
    if not enough or len(rest) < 30 or "。" not in rest:
        return [part]
    return [*_trail(part.sub(0, first.start())), part.sub(first.start(), facts.end), part.sub(facts.end, len(text))]


def _trail(part: Part) -> list[Part]:
    """'首页 > 新闻中心' and the title glued to it."""
    arrow = part.text.rfind(">")
    if arrow < 0:
        return [part]
    column = _COLUMNS.match(part.text, arrow + 1)
    end = column.end() if column else arrow + 1
    return [part.sub(0, end), part.sub(end, len(part.text))]


def _behind(part: Part) -> list[Part]:
    """Footers that stand behind the story on the same line."""
    text = part.text
    for mark in _BEHIND.finditer(text, min(_STORY, len(text))):
        if "。" in text[: mark.start()] and text.count("。", mark.start()) <= 2:
            return [part.sub(0, mark.start()), *_again(part.sub(mark.start(), len(text)))]
    return [part]


def _again(part: Part) -> list[Part]:
    """A footer is cut at its own marks, so that each is known for what it is."""
    marks = [mark.start() for mark in _BEHIND.finditer(part.text, 1)][:20]
    edges = [0, *marks, len(part.text)]
    return [part.sub(a, b, "footer") for a, b in pairwise(edges) if part.text[a:b].strip()]


def _paragraphs(part: Part) -> list[Part]:
    """Two blanks after a full stop were a paragraph's end."""
    edges = [0, *(mark.end() for mark in _APART.finditer(part.text)), len(part.text)]
    if len(edges) == 2 or part.why:
        return [part]
    return [part.sub(a, b) for a, b in pairwise(edges) if part.text[a:b].strip()]


def without_tail(part: Part) -> list[Part]:
    """A story part without byline, credit and picture's words at its end, and those as parts of their own."""
    tails: list[Part] = []
    for _ in range(4):
        start, why = _tail(part.text)
        if start >= len(part.text):
            break
        tails.insert(0, part.sub(start, len(part.text), why))
        part = part.sub(0, start)
    return [part, *tails]


def _tail(text: str) -> tuple[int, str]:
    from_here = max(0, len(text) - 160)
    bracket = _BRACKET.search(text, from_here)
    if (
        bracket
        and bracket.start() > 8
        and (_closed(text, bracket.start()) or bracket.group().rstrip().endswith("。"))
        and signs(bracket[1])
    ):
        return bracket.start(), "byline"
    for pattern, why in ((_SHOWN, "caption"), (_CREDIT, "caption"), (_ROLE_TAIL, "byline")):
        found = pattern.search(text, from_here)
        if (
            found
            and found.start() > 8
            and len(text) - found.end() <= 30
            and not (why == "byline" and tells(found.group()))
        ):
            return found.start(), why
    return len(text), ""


def _closed(text: str, at: int) -> bool:
    """Whether the sentence before `at` is over."""
    return text[:at].rstrip().endswith(("。", "!", "?", "”", ")", "’", "」", "』", "…"))
