"""The registry's codes for what the grammar calls by its own words; '' where a person has to choose."""

from __future__ import annotations

from collections.abc import Iterable

from lianti.contexts.ledger.queries import kinds

_INSTITUTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("supervision_institute", ("监督所", "监督局", "监督站")),
    (
        "health_authority",
        ("卫健委", "卫健局", "卫生健康委", "卫生健康局", "卫计委", "卫计局", "卫生局", "卫生厅", "疾控局", "医管局"),
    ),
    ("maternal_child_hospital", ("妇幼", "妇女儿童医院")),
    ("township_health_centre", ("卫生院",)),
    ("community_health_centre", ("社区卫生", "社区医院")),
    ("hospital", ("医院", "附一", "附二", "保健院", "医学院第", "医共体", "医疗集团", "医学中心")),
    (
        "government",
        ("政府", "县委", "市委", "区委", "省委", "州委", "党委", "管委会", "人大", "政协", "办公室", "局", "厅", "委"),
    ),
)
_STUDY = ("调研", "考察", "走访", "看望", "参观", "督导", "慰问", "指导")
# Words by which a need goes into a category when none of the registry's fits.
_PEOPLE = ("人", "医生", "医师", "护士", "专家")


def institution_kind(name: str) -> str:
    """Guess the kind of an institution from its name; a person may correct it."""
    return next((code for code, words in _INSTITUTIONS if any(word in name for word in words)), "hospital")


def behaviour_of(kind: str) -> str:
    """Return the network's code for a kind of relation; '' for 'other'."""
    return "" if kind == "other" else kind


def event_kind(label: str, word: str) -> str:
    """Return the registry's kind of an event from its type and the word by which the text names it."""
    if label == "signing":
        if "揭牌" in word or "挂牌" in word:
            return "plaque_unveiling"
        return "award" if "授牌" in word or "授旗" in word else "signing"
    if label == "visit":
        return "study_visit" if any(one in word for one in _STUDY) else "exchange_visit"
    if label == "ward_round":
        return "teaching_round" if "教学" in word else "ward_round"
    return {"symposium": "working_meeting", "training": "lecture"}.get(label, label if label in kinds.KINDS else "")


def promise_kind(label: str, text: str) -> str:
    """Return the registry's kind of a promise: the label's own, else the one whose words the text has most of."""
    fitting = [row.code for row in kinds.labelled(label) if row.promise is not None]
    return fitting[0] if fitting else _by_words(text, kinds.promises())


def category_of(text: str) -> str:
    """Return the registry's category of a need by the words of its text."""
    found = _by_words(text, kinds.needs())
    return found or ("workforce" if any(word in text for word in _PEOPLE) else "specialty")


def _by_words(text: str, rows: Iterable[kinds.Kind]) -> str:
    scored = [(sum(len(word) for word in row.words if word in text), row.code) for row in rows]
    best = max((score for score, _code in scored), default=0)
    return next((code for score, code in scored if score == best), "") if best else ""
