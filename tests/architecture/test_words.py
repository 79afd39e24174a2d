"""A word means one thing: short message ids in one meaning, the field's own terms, no term that nobody says."""

import ast
from collections import defaultdict
from functools import cache
from itertools import chain
from pathlib import Path

import lianti
from lianti.lib.web import messages

SRC = Path(lianti.__file__).parent

SHORT = 2  # words: so short that the same id comes to somebody's mind in another room, for another thing
# Short ids that several rooms use bare; somebody has read the Chinese in each place. A new one is given a context
# (pgettext), or read and added here. Entries may only leave when rooms stop sharing them.
SHARED = frozenset(
    """
About|Agreement|Agreements|All|Back|By when|Change password|Commitments|Date|Day|Department|Done|Duty|Events|Facts
Figures|Files|File added|For whom|From|Goals|Health authority|Inbox|Institution|Institutions|Kind|Late entry|Level
Month|More|My jobs|Name|Needs|Network|Note|Own share|Parties|People|Place|Professional title|Promise|Promised|Promises
Quantity|Reason|Receiving institution
Region|Relation|Relations|Role|Scan|Search|Show|Side|Sign out|Signed on|Source|Specialties|Specialty|State|Story
Taking part|Title|To|To do|Unit|Unverified|What|When|Which|Who|Withdraw|%(count)s institution
""".strip()
    .replace("\n", "|")
    .split("|")
)
# Ids that are bare in the one meaning that everybody expects, and carry a context where they mean something else.
TOLD_APART = {"Code", "County", "Done", "From", "Level", "Name", "Published on", "Stated"}
# Terms of the field, as users say them: one English word for each.
TERMS = frozenset(
    [
        "台账",
        "待办",
        "申报",
        "核实",
        "退回补充",
        "更正",
        "完成情况",
        "完成率",
        "约定任务",
        "认定口径",
        "未到诊",
        "催办",
        "统计时段",
        "卫生健康主管部门",
        "座谈会",
        "学术会议",
        "调研",
        "揭牌",
        "授牌",
        "进修",
        "学科建设",
        "派驻人员一览",
        "派驻安排表",
        "巡回医疗",
        "巡诊",
        "提前返院",
        "撤回",
        "临时返院",
        "请假",
        "销假",
        "自动出院",
        "等床",
        "患者去向",
        "责任医生",
        "已阅",
    ]
)
NEVER = (
    *("给予方", "接受方", "以方案答复需求", "商定异议", "推进协商直至落定", "落实签署", "判定抽查", "未指明人员"),
    "提供方",
)


@cache
def said() -> dict[str, dict[str | None, str]]:
    """Return the Chinese of every id, by context."""
    found: dict[str, dict[str | None, str]] = defaultdict(dict)
    for catalogue in messages.catalogues().values():
        for (one, context), message in messages._entries(catalogue):
            found[one][context] = "\n".join(messages._texts(message))
    return found


def short(text: str) -> bool:
    return len(text.split()) <= SHORT


def room(place: str) -> str:
    parts = place.split("/")
    return parts[1] if parts[0] == "contexts" else parts[0]


def test_a_short_word_of_several_rooms_was_read_in_each() -> None:
    shared = {
        one
        for (one, context), found in messages.used().items()
        if context is None and short(one) and len({room(place) for place in found.places}) > 1
    }
    assert sorted(shared - SHARED) == [], "read its Chinese in each room; then pgettext, or SHARED"
    assert sorted(SHARED - shared) == [], "no longer shared: take it out of the list"


def test_a_bare_word_and_one_with_a_context_say_the_same_or_are_told_apart() -> None:
    several = {
        one
        for one, texts in said().items()
        if short(one) and None in texts and any(text != texts[None] for text in texts.values())
    }
    assert several == TOLD_APART


def test_one_english_word_has_one_term_of_the_field() -> None:
    terms = {one: {*texts.values()} & TERMS for one, texts in said().items() if short(one)}
    assert {one: found for one, found in terms.items() if len(found) > 1} == {}
    assert sum(map(len, terms.values())) > 8  # the terms are found at all


def test_nothing_on_screen_is_said_as_nobody_says_it() -> None:
    texts = chain.from_iterable(texts.values() for texts in said().values())
    assert [text for text in texts if any(word in text for word in NEVER)] == []


def test_no_catalogue_keeps_words_that_nothing_says() -> None:
    used = {one for one, _context in messages.used()}
    assert sorted(one for one in said() if one not in used) == []


def test_no_text_to_translate_stands_inside_another() -> None:
    """What reads texts out of code does not look into the braces of an f-string: it would stay English."""
    said = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy"}
    hidden = [
        f"{path.relative_to(SRC)}:{call.lineno}"
        for path in sorted(SRC.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.parts)
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in said
    ]
    assert hidden == []
