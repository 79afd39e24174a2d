"""Clinical specialties and departments."""

import re
from collections.abc import Iterator

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.grammar.words.specialties import ALIASES, CENTRES, FULL, SHORT, STEMS, SUFFIXES
from lianti.contexts.intake.domain.proposals import Found, Span, Specialty


def _any(text: str) -> str:
    return "|".join(re.escape(one) for one in sorted(set(text.split()), key=len, reverse=True))


_NUMBERED = r"[一二三四五六七八九十]?"
NAMED = re.compile(
    rf"(?P<centre>(?:{_any(CENTRES)})(?:（[^（）\n]{{1,6}}）)?中心)|(?P<full>(?<![A-Za-z])(?:{_any(FULL)})(?![A-Za-z]))"
    rf"|(?P<unit>(?:(?:{_any(STEMS)}){{1,3}}{_NUMBERED}(?:{_any(SUFFIXES)}))(?:{_NUMBERED}(?:病区|病房))?)"
)
BARE = re.compile(rf"(?:{_any(SHORT)})")
OTHER_WORD = re.compile(
    r"^(?:室外|室内|科外|外部|内部|产部|药部|性专业|全科专业|普通专科|功能部|功能室|手术部|手术专|内专科|外专科|内室|外室|眼部|骨部|血管部|血管室|心脏部|关节部|脊柱部|创伤部|"
    r"甲状腺部|乳腺部|直肠部|肾部|肾脏部|男部|男性|男专|药科|精神专业|功能专|功能专业|急救室|营养专|营养室|综合内|康复门诊|心理专业|内专业|外专业|内门诊|外门诊|口腔部|影像部|皮肤部|"
    r"急诊门诊|检验室|全科门诊|发热科|门诊|推拿室|.{1,12}专业)$"
)
LATER = re.compile(r"^(?:研|普|技|学(?!科)|大|目|协作|教(?!授)|室(?!主))")
ENUMERATED = re.compile(
    r"^(?:等)?(?:[\d一二两三四五六七八九十]{1,3}|多|各|几|若干)?(?:余|多)?(?:个|大|项|块|类)?(?:重点|优势|临床|特色|亚)?(?:专业|专科|学科|科室|领域|方向|方面的?(?:专家|医)|病区|中心|专家|医生|医师|骨干|团队|联盟)"
)
ALLIANCE = re.compile(r"^专科(?:联盟|医联体|协作|共建)")
FIELD = re.compile(r"^(?:诊断)?(?:方面|两块|两个方向|短板|上[再也还]|诊断(?:等|至今|方面|中心))")
DOCTORS = re.compile(r"^(?:医生|医师)")
BY_DOCTORS = frozenset(["麻醉", "病理", "超声", "影像", "放射", "急诊", "重症"])
OF_ONE = re.compile(
    r"^专科(?:联盟|医联体|共建|建设|能力|专家|医生|团队)|^(?:创新|专病|协同|协作)(?:专科)?联盟|^联盟(?:成立|揭牌|签约)|^专业(?:的)?(?:专家|医|医疗|联盟|委员会|合作|协作|技术|共建|学科)"
)
SEPARATOR = re.compile(r"[、和及与/]")
ORGANISATION = re.compile(r"^(?:医院|研究|学会|协会|分会|专业委员会|委员会|医疗中心|学院|病医院|[^，。、\n]{0,3}医院)")
_CANON = {form: group.split("=")[0] for group in ALIASES.split() for form in group.split("=")}


def find(page: Page, parties: Parties) -> tuple[Specialty, ...]:
    """Each specialty once, as its longest form in the text says it, in the order of the text."""
    names: dict[str, str] = {}
    spans: dict[str, list[Span]] = {}
    for start, end in _places(page.text, parties):
        name = page.text[start:end]
        key = canonical(name)
        if key not in names or (len(name) > len(names[key]) and not names[key].isascii()):
            names[key] = name
        spans.setdefault(key, []).append(Span(start, end))
    return tuple(
        Specialty(name, Found(tuple(spans[key]), 0.85 if len(name) > 2 else 0.65, ("specialty_word",)))
        for key, name in names.items()
    )


def canonical(name: str) -> str:
    """One key for all forms of a specialty: 心内, 心内科 and 心血管内科 are one."""
    name = re.sub(r"(?<=科)(?:病区|病房)$", "", name)
    return _CANON.get(name, name)


def _places(text: str, parties: Parties) -> list[tuple[int, int]]:
    taken = _institutions(text, parties)
    named = [one for one in _named(text) if not taken[one[0]] or not taken[one[1] - 1]]
    return sorted({*named, *_short(text, named, taken)})


def _institutions(text: str, parties: Parties) -> bytearray:
    """Places that hold an institution's name: 肿瘤 in 肿瘤医院 is no department."""
    taken = bytearray(len(text) + 1)
    for one in parties.mentions:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    return taken


def _named(text: str) -> Iterator[tuple[int, int]]:
    for mark in NAMED.finditer(text):
        name, end = mark.group(), mark.end()
        if mark["unit"] and name.endswith("专科"):
            name, end = name[:-2], end - 2
        elif mark["unit"] and (OTHER_WORD.match(name) or LATER.match(text[end : end + 6])):
            continue
        if mark["centre"] and name.endswith("病中心") and text[max(0, mark.start() - 2) : mark.start()] == "国家":
            continue
        if ORGANISATION.match(text[end : end + 6]) and not mark["full"]:
            continue
        if len(name) > 1 and name not in {"手术室", "供应室"}:
            yield mark.start(), end


def _short(text: str, named: list[tuple[int, int]], taken: bytearray) -> Iterator[tuple[int, int]]:
    """Short forms that stand in a list with another specialty, or before 专科, 学科, 联盟 and the like."""
    ends, starts = {end for _, end in named}, {start for start, _ in named}
    inside = bytearray(len(text) + 1)
    for start, end in named:
        inside[start:end] = b"\1" * (end - start)
    marks = [m for m in BARE.finditer(text) if not inside[m.start()] and not taken[m.start()]]
    run: list[re.Match[str]] = []
    for mark in [*marks, None]:
        if mark is not None and run and mark.start() == run[-1].end() + 1 and SEPARATOR.match(text, run[-1].end()):
            run.append(mark)
            continue
        yield from _run(text, run, ends, starts)
        run = [mark] if mark is not None else []


def _run(text: str, run: list[re.Match[str]], ends: set[int], starts: set[int]) -> Iterator[tuple[int, int]]:
    if not run:
        return
    start, end = run[0].start(), run[-1].end()
    after = text[end : end + 14]
    joined = (start - 1 in ends and SEPARATOR.match(text, start - 1)) or (
        end + 1 in starts and SEPARATOR.match(text, end) is not None
    )
    whole = not re.match(r"[\u4e00-\u9fff]", text[end : end + 1]) or after.startswith(
        ("等", "专", "学科", "和", "与", "及")
    )
    if _told(run, after, bool(joined), whole):
        yield from ((one.start(), one.end()) for one in run if len(one.group()) > 1)


def _told(run: list[re.Match[str]], after: str, joined: bool, whole: bool) -> bool:
    """Whether what stands behind, or the specialty beside it, makes a run of short forms specialties."""
    if len(run) == 1 and (OF_ONE.match(after) or (DOCTORS.match(after) and run[0].group() in BY_DOCTORS)):
        return True
    many = len(run) > 1
    if (joined and whole) or (len(run) > 2 and whole):
        return True
    if FIELD.match(after) and (joined or many):
        return True
    return ENUMERATED.match(after) is not None and (many or joined or ALLIANCE.match(after) is not None)
