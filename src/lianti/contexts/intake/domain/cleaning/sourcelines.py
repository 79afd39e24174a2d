"""Lines that say where a page comes from: date, medium, authors, counters. Their facts are kept, they are not."""

import re
from dataclasses import dataclass, field
from datetime import date

from lianti.contexts.intake.domain.cleaning.furniture import COLON, DATE_PARTS, HAN, KEY, SURNAMES, TOOLS, VALUE, WHEN

_BETWEEN = re.compile(r"[\s|,;、·/\[\]()—\-│●•#☆★◎]{1,40}")
_NAME = re.compile(rf"(?:[{HAN}]{{2,4}}|[{HAN}]\s[{HAN}])(?=[\s,、)\]/|;]|$)")
_LEAD = re.compile(rf"[^\s,。:]{{2,26}}\s{{1,6}}(?={WHEN.pattern}|来源|作者|编辑|发布|时间|阅读|浏览|点击)")
_SPACED = re.compile(rf"(?<![{HAN}])([{HAN}])\s{{1,3}}([{HAN}])(?![{HAN}])")
_COUNTED = re.compile(r"\s{0,3}\d{1,9}\s?(?:次|人次|人)?(?=\s|$|[|\[(])")
_ORGANISED = re.compile(
    r"(?:科|部|处|办|办公室|总支|支部|中心|医院|委|局|网|报|台|社|客户端|日报|晚报|团委|工会|室|组|站)$"
)
_KEPT_NOTE = re.compile(r"[简下以]称|注:|附|即|[据按]照|,")
_WHO_ANYWHERE = re.compile(
    r"记者|通讯员|编辑|摄影|供稿|撰稿|撰文|文/|图/|/文|/图|图文|作者|来源|审核|校对|摄\)?$|供图|报道|责编|"
    r"[一二三]审|原标题|讯员|文:|图:|文\s|新华社|中新社"
)


@dataclass(slots=True)
class Told:
    """What a run of source words says, and where it ends. `keys`: 'who' 'where' 'time' 'count' 'tool', as met."""

    end: int = 0
    days: list[str] = field(default_factory=list)
    medium: str = ""
    names: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def told(line: str, at: int = 0) -> Told:
    """Read source words from `at` on, as far as they go."""
    out = Told(at)
    place, lead = at, _LEAD.match(line, at)
    if lead:
        place, out.medium = lead.end(), lead.group().strip(" []()|")
    while place < len(line):
        if between := _BETWEEN.match(line, place):
            place = between.end()
            continue
        after = _one(line, place, out)
        if after == place:
            break
        place = out.end = after
    return out


def _one(line: str, at: int, out: Told) -> int:
    if when := WHEN.match(line, at):
        out.days.append(when.group())
        return when.end()
    if (key := KEY.match(line, at)) and (after := _keyed(line, key, out)) > at:
        return after
    if tool := TOOLS.match(line, at):
        out.keys.append("tool")
        return tool.end()
    return at


def _keyed(line: str, key: re.Match[str], out: Told) -> int:
    kind, at = str(key.lastgroup), key.end()
    colon = COLON.match(line, at)
    if colon is None and kind == "count":
        counted = _COUNTED.match(line, at)
        out.keys.extend(["count"] if counted else [])
        return counted.end() if counted else key.start()
    if colon is None and kind != "who":
        return key.start()
    if colon is None:
        return _names(line, at, out, key.start())
    out.keys.append(kind)
    if kind == "who":
        return _names(line, colon.end(), out, colon.end())
    return _value(line, colon.end(), kind, out)


def _value(line: str, at: int, kind: str, out: Told) -> int:
    following = KEY.match(line, at)
    if following and COLON.match(line, following.end()):
        return at
    value = VALUE.match(line, at)
    if value is None:
        return at
    end = _next_key(line, at, value.end())
    words = line[at:end].strip()
    if WHEN.match(words):
        out.days.append(words)
    elif kind == "where" and not out.medium:
        out.medium = words
    return end


def _next_key(line: str, start: int, end: int) -> int:
    """Where the next key with a colon begins inside [start, end), else end: '来源:某网作者:某某'."""
    for key in KEY.finditer(line, start + 1, end):
        if COLON.match(line, key.end()) and line[key.end() : key.end() + 1] != " ":
            return key.start()
    return end


def _names(line: str, at: int, out: Told, otherwise: int) -> int:
    """Take the names that follow a 'who' key, separated by blanks or marks; `otherwise` when there is none."""
    place, end = at, otherwise
    for _ in range(12):
        if between := _BETWEEN.match(line, place):
            place = between.end()
        key = KEY.match(line, place)
        if (
            key
            and key.lastgroup != "count"
            and (COLON.match(line, key.end()) or line[key.end() : key.end() + 1] == " ")
        ):
            break
        name = _NAME.match(line, place) or (VALUE.match(line, place) if end == at and otherwise == at else None)
        if name is None:
            break
        if looks_named(name.group()):
            out.names.append(name.group().replace(" ", ""))
        place = end = _next_key(line, place, name.end())
    if end > at and "who" not in out.keys:
        out.keys.append("who")
    return end


def looks_named(word: str) -> bool:
    """Whether a word has the shape of a person's name: a surname and one or two (with a double surname three) more"
    " signs."""
    bare = word.replace(" ", "")
    return 2 <= len(bare) <= 4 and bare[0] in SURNAMES and not _ORGANISED.search(bare)


def names_in(words: str) -> list[str]:
    """The names in the words of a byline, in order."""
    found = re.findall(rf"(?<![{HAN}])(?:[{HAN}]{{2,4}}|[{HAN}]\s[{HAN}])(?![{HAN}])", words)
    return [name.replace(" ", "") for name in found if looks_named(name) and not KEY.fullmatch(name)]


def signs(inner: str) -> bool:
    """Whether the words in a closing bracket are a byline: roles, names alone, or a department as sender."""
    inner = inner.strip()
    if _WHO_ANYWHERE.search(inner):
        return True
    if _KEPT_NOTE.search(inner):
        return False
    tokens = [token for token in re.split(r"[\s、,/]+", _SPACED.sub(r"\1\2", inner)) if token]
    return bool(tokens) and all(looks_named(token) or _ORGANISED.search(token) for token in tokens)


def day_of(words: str) -> date | None:
    """The day that source words give, None when they give none that exists."""
    parts = DATE_PARTS.search(words)
    if parts is None:
        return None
    try:
        return date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        return None
