"""Saved web pages: their text in lines as a browser shows it, and what they declare."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from lxml import etree

from lianti.contexts.intake.domain.reading.charsets import decode
from lianti.contexts.intake.domain.source import Source

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)
_XML = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_DAY = re.compile(r"((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_STAMP = re.compile(r"\bvar\s+ct\s*=\s*[\"'](1\d{9})[\"']")
_HAN = re.compile("[\u3400-\u9fff]")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_GLUED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r\f]*\n[ \t\r\n\f]*(?=[\u3000-\u9fff\uff00-\uffef])")
_NEVER = frozenset({"script", "style", "noscript", "template", "svg", "object", "iframe", "select", "textarea", "head"})
_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
        "tfoot", "thead", "tr", "ul", "option", "br", "marquee"
    ]
)  # fmt: skip
_VOID = frozenset(
    [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"
    ]
)  # fmt: skip
_TITLES = ("articletitle", "og:title", "twitter:title")
_DAYS = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:release_date",
    "og:published_time",
    "date",
    "weibo:article:create_at",
)
_MEDIA = ("contentsource", "source", "og:site_name", "sitename", "author_name", "application-name")
_CHINA = timezone(timedelta(hours=8))


class _Page:
    """Collects text while the parser walks; no tree is built, so depth costs nothing."""

    def __init__(self, *, with_hidden: bool) -> None:
        self.out: list[str] = []
        self.meta: dict[str, str] = {}
        self.title: list[str] = []
        self.hidden = 0
        self.remote = False
        self._with_hidden = with_hidden
        self._skipping: list[str] = []
        self._in_title = False
        self._pre = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "meta":
            self._declare(attributes)
        elif tag == "title":
            self._in_title = True
        if self._skipping:
            if tag == self._skipping[0]:
                self._skipping.append(tag)
            return
        if tag in _NEVER or (tag not in _VOID and not self._with_hidden and self._hides(attributes)):
            self._skipping.append(tag)
            return
        self._shape(tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "title":
            self._in_title = False
        if self._skipping:
            if tag == self._skipping[0]:
                self._skipping.pop()
            return
        if tag in _BLOCKS:
            self.out.append("\n")
        self._pre -= tag == "pre" and self._pre > 0

    def data(self, text: str) -> None:
        """Text between elements."""
        if self._in_title:
            self.title.append(text)
        elif not self._skipping:
            self.out.append(text if self._pre else _BLANKS.sub(" ", _GLUED.sub("", text)))

    def comment(self, text: str) -> None:
        """Comments say nothing to readers."""

    def close(self) -> "_Page":
        """The page is over."""
        return self

    def _shape(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("td", "th"):
            self.out.append("\t")
        elif tag in _BLOCKS:
            self.out.append("\n")
        elif tag == "img" and attributes.get("src"):
            self.remote = True
        self._pre += tag == "pre"

    def _hides(self, attributes: dict[str, str]) -> bool:
        style = attributes.get("style", "")[:400].replace(" ", "").lower()
        hides = (
            "hidden" in attributes or "display:none" in style or "font-size:0px" in style or "text-indent:-9" in style
        )
        self.hidden += hides
        return hides

    def _declare(self, attributes: dict[str, str]) -> None:
        key = (attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or "").lower()
        if key and len(self.meta) < 200:
            self.meta.setdefault(key, attributes.get("content", "")[:400])


def read(data: bytes) -> Source:
    """A saved page. Its own word on its charset is believed only where the text makes sense by it."""
    declared = _META_CHARSET.search(data[:8192])
    decoded = decode(data, declared[1].decode("ascii") if declared else "")
    source = from_markup(decoded.text)
    return Source(
        source.text,
        "html",
        decoded.charset,
        source.title,
        source.published,
        source.medium,
        decoded.notes + source.notes,
    )


def from_markup(markup: str) -> Source:
    """The text of a page's markup, and what it declares of itself."""
    page = _walk(markup, with_hidden=False)
    text = _lines(page)
    notes: list[tuple[str, dict[str, str | int]]] = []
    if page.hidden and len(_HAN.findall(text)) < 80:
        whole = _lines(_walk(markup, with_hidden=True))
        if len(_HAN.findall(whole)) > 2 * len(_HAN.findall(text)):
            text = whole
            notes.append(("hidden_read", {}))
    title = next((page.meta[key] for key in _TITLES if page.meta.get(key)), "") or "".join(page.title)
    medium = next((page.meta[key] for key in _MEDIA if page.meta.get(key)), "")
    return Source(text, "html", None, " ".join(title.split()), _published(page, markup), medium.strip(), tuple(notes))


def _walk(markup: str, *, with_hidden: bool) -> _Page:
    page = _Page(with_hidden=with_hidden)
    parser = etree.HTMLParser(target=page, huge_tree=True, recover=True, no_network=True)
    try:
        parser.feed(_XML.sub("", markup).replace("\x00", "") or " ")
        parser.close()
    except (etree.ParserError, etree.XMLSyntaxError):
        pass  # a page without any element: what came until then is its text
    return page


def _lines(page: _Page) -> str:
    lines = (line.strip(" \t\n") for line in "".join(page.out).split("\n"))
    return "\n".join(line for line in lines if line)


def _published(page: _Page, markup: str) -> date | None:
    for key in _DAYS:
        found = _DAY.search(page.meta.get(key, ""))
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    stamp = _STAMP.search(markup)
    return datetime.fromtimestamp(int(stamp[1]), UTC).astimezone(_CHINA).date() if stamp else None
