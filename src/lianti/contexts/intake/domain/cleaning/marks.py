"""What one line of a page is, by its own words: part of the story, or which kind of furniture."""

import re

from lianti.contexts.intake.domain.cleaning import furniture as page
from lianti.contexts.intake.domain.cleaning.sourcelines import signs, told

_LETTER = re.compile(rf"[{page.HAN}A-Za-z]")
_HAN = re.compile(rf"[{page.HAN}]")
_ENDS = re.compile(r"[。!?;:…][”’」』)\]\"']{0,3}$|[”』」]$")
_RUNNING = re.compile(r"[的了在和与为对是将等及]")
_LINKS = re.compile(r"[\s|>·•/\-_,、]+")
_MINUTES = re.compile(
    r"^\W{0,3}(?:会议|活动|座谈)?(?:时\s{0,4}间|地\s{0,4}点|参[加会]人员|参会单位|与会人员|出席(?:人员)?|"
    r"列席(?:人员)?|主\s{0,2}持(?:人)?|记\s{0,2}录(?:人)?|议\s{0,2}[题程]|[甲乙丙丁]\s?方(?:代表|负责人|"
    r"\([^()]{1,10}\))?)\s?:"
)
_BRACKETED = re.compile(r"^[(\[][^()\[\]。]{1,60}[)\]]$")
_BYLINE = re.compile(
    rf"^\W{{0,4}}(?:(?:本报|本网|全媒体|见习|特约|融媒体?|实习){{0,2}}(?:{page.WHO}|文|图)(?:\s?[:/|丨、]\s?|"
    rf"\s{{1,4}})\S|[{page.HAN}]{{2,4}}\s?/\s?(?:文|图|摄影|供图|撰稿)(?:\s|$)|\S{{0,12}}(?:记者|"
    rf"通讯员)\s{{0,3}}[{page.HAN}]{{2,4}}(?:\s|$))"
)
_OCCASION = re.compile(r"^[^,。:!?]{6,40}(?:仪式|现场|座谈会|掠影|会场)。$")
_HELD = re.compile(r"举行|召开|参加|出席|主持|举办|开展|进行|了|组织|随后")
_OFFICE = re.compile(
    rf"^[{page.HAN}《》·、]{{2,24}}(?:医院|卫生院|中心|[局委网台报社]|客户端|融媒|融媒体|公众号|发布|在线|日报|"
    rf"晚报|学院|大学|政府)$"
)
_DEEDS = re.compile(
    r"[签举召赴与到]|开展|对口|帮扶|支援|揭牌|成立|启动|走进|携手|合作|助力|荣获|落户|落成|专家|获批|召开|获|来我"
)


def tells(line: str) -> bool:
    """Whether a line reads as running text: a full stop after enough words, or long with commas and small words."""
    letters = len(_LETTER.findall(line[:400]))
    if "。" in line:
        return letters >= 8
    if letters >= 40 and ("," in line or "、" in line):
        segments = re.split(r"[,、;]", line[:600])
        return bool(_RUNNING.search(line)) and sum(map(len, segments)) / len(segments) >= 5
    return letters >= 15 and bool(_ENDS.search(line)) and bool(_RUNNING.search(line) or "," in line)


def minutes(line: str) -> bool:
    """Whether a line is a heading row of minutes: time, place, those present."""
    return bool(_MINUTES.match(line))


def spam(line: str) -> bool:
    """Chains of search words, gambling and worse. Running text is spam only when such words crowd in it."""
    strong = len({found.lower() for found in page.SPAM_STRONG.findall(line[:2000])})
    if not strong and "。" in line:
        return False
    if "。" in line:
        return strong >= 2 and strong * 30 >= len(line[:2000])
    if strong:
        return True
    weak = len(page.SPAM_WEAK.findall(line[:400]))
    return weak >= 3 and weak * 10 >= len(line[:400]) and len(re.findall(r"[_|,\-\s]", line[:400])) >= 2


def reason(line: str) -> str:
    """Why a line is no story by its own words; '' when nothing speaks against it."""
    if not _LETTER.search(line):
        return "counter" if re.search(r"\d{4}", line) else "blank"
    for kind, test in _TESTS:
        if test(line):
            return kind
    return ""


def _location(line: str) -> bool:
    return len(line) <= 160 and bool(
        page.LOCATION.search(line) or (line.count(">") >= 2 and "。" not in line and not tells(line))
    )


def _source(line: str) -> bool:
    if len(line) > 240 or "。" in line:
        return False
    facts = told(line)
    rest = len(_HAN.findall(line[facts.end :]))
    return (
        bool(facts.keys or facts.days) and facts.end > 0 and rest <= (10 if {"time", "count"} & set(facts.keys) else 4)
    )


def _byline(line: str) -> bool:
    if len(line) > 70 or "。" in line:
        return False
    return bool(_BYLINE.match(line)) or bool(_BRACKETED.match(line) and signs(line[1:-1]))


def _caption(line: str) -> bool:
    if page.PICTURE.search(line) and not tells(line):
        return True
    if len(line) <= 160 and page.CAPTION_HEAD.match(line):
        return True
    return len(line) <= 110 and bool(page.CAPTION_TAIL.search(line))


def _disclaimer(line: str) -> bool:
    return len(line) <= 600 and bool(page.DISCLAIMER.search(line)) and (not tells(line) or _mostly_notice(line))


def _mostly_notice(line: str) -> bool:
    return len(page.DISCLAIMER.findall(line)) >= 2 or len(line) <= 120


def _footer(line: str) -> bool:
    hits = len(page.FOOTER.findall(line[:600]))
    if not hits:
        return False
    if tells(line):
        return hits >= 3 and hits * 40 >= len(line)
    return len(line) <= 60 or hits * 60 >= len(line)


def _code(line: str) -> bool:
    return bool(page.CODE.search(line[:400])) and len(_HAN.findall(line[:400])) * 3 < len(line[:400])


def _headlines(line: str) -> bool:
    return len(line) <= 40 and "。" not in line and bool(page.HEADLINES.search(line))


def _neighbours(line: str) -> bool:
    return len(line) <= 200 and "。" not in line and bool(page.NEIGHBOURS.search(line))


def _interface(line: str) -> bool:
    return bool(page.INTERFACE.match(line)) or (len(line) <= 24 and bool(page.WELCOME.search(line)))


def _links(line: str) -> bool:
    words = [word for word in _LINKS.split(line[:600]) if word]
    columns = sum(1 for word in words[:30] if page.COLUMN.match(word))
    return not tells(line) and (columns == len(words) or (columns >= 3 and columns >= 0.6 * len(words[:30])))


_TESTS = (
    ("spam", spam),
    ("spam", lambda line: bool(page.ONWARDS.search(line[:80])) and len(line) < 400),
    ("navigation", _code),
    ("navigation", _location),
    ("source", _source),
    ("byline", _byline),
    ("headlines", _headlines),
    ("footer", _neighbours),
    ("disclaimer", _disclaimer),
    ("footer", _footer),
    ("caption", _caption),
    ("navigation", _interface),
    ("navigation", _links),
)


def office(line: str) -> bool:
    """Whether a line is nothing but the name of an institution or a medium: who put the page up."""
    return bool(_OFFICE.match(line)) and not _DEEDS.search(line)


def heading(line: str) -> bool:
    """Whether a short line inside a story is numbered or introduces what follows."""
    return bool(page.HEADING.match(line)) or line.endswith((":", "。", ";"))


def picture_sentence(line: str) -> bool:
    """Whether a line with a full stop only names an occasion: '某院揭牌仪式。' beside its picture."""
    return bool(_OCCASION.match(line)) and not _HELD.search(line)


def scene(line: str) -> bool:
    """Whether a short line inside a story says what a picture shows: somebody doing something, or an occasion."""
    if len(line) > 60 or "!" in line:
        return False
    if page.SURNAMED.match(line) or page.SCENE_END.search(line):
        return True
    return bool(page.SCENE.search(line) and page.ACTOR.search(line))
