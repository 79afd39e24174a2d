"""The scorer by worked cases, and beside the one that the labelled documents came with when it is there."""

import json
import os
from importlib.util import module_from_spec, spec_from_file_location
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lianti.config.env import CHECKOUT
from lianti.contexts.intake.domain.scoring import FIELDS, score, table
from lianti.contexts.intake.domain.scoring.likeness import dice, number, plain, same_name, same_statement

CORPUS = CHECKOUT / "tests/intake/corpus/gold"
LABELLED = Path(os.environ.get("LIANTI_INTAKE_DEV") or CHECKOUT.parent / "shared/intake_dev")

GOLD: dict[str, Any] = {
    "doc": "g",
    "clean_text": "青岚县人民医院与云岫大学附属医院签约\n合作期三年。",
    "boilerplate": ["版权所有", "点击数:7", "合作期"],
    "relation": "consortium",
    "relation_alt": ["specialty_alliance"],
    "institutions": [
        {"name": "云岫大学附属医院", "role": "supporter", "aliases": ["云大附院"]},
        {"name": "青岚县人民医院", "role": "supported"},
        {"name": "青岚县卫健局", "role": "authority", "optional": True},
    ],
    "events": [
        {"type": "signing", "type_alt": ["visit"], "date": "2024-03-05", "place": None, "place_alt": ["青岚县人民医院"]}
    ],
    "people": [{"name": "汪澄", "title": "党委书记、院长", "institution": "云岫大学附属医院"}],
    "specialties": [{"name": "呼吸与危重症医学科", "aliases": ["呼吸科"]}, {"name": "ICU"}],
    "needs": [{"institution": "青岚县人民医院", "text": "麻醉医生严重短缺,夜间手术难以开展"}],
    "commitments": [
        {
            "from": "云岫大学附属医院", "to": "青岚县人民医院", "to_alt": [None],
            "text": "每月派两名专家到青岚坐诊", "kind": "dispatch", "kind_alt": ["outreach"],
        }
    ],
    "figures": [{"label": "培训人次", "value": "340+", "label_keys": ["人次"]}],
}  # fmt: skip

CASES = [
    ("institutions", [{"name": "云大附院", "role": "supporter"}], 1.0, 1, 2),
    ("institutions", [{"name": "县人民医院", "role": "other"}], 0.7, 1, 2),
    ("institutions", [{"name": "青岚县卫健局", "role": "other"}], 0.0, 0, 2),
    ("institutions", [{"name": "云大附院", "role": "supporter"}, {"name": "云岫大学附属医院"}], 1.0, 2, 2),
    ("relation", "specialty_alliance", 1.0, 1, 1),
    ("relation", None, 0.0, 0, 1),
    ("relation", ["consortium", "other"], 1.0, 2, 1),
    ("events", [{"type": "visit", "date": "2024-03-05", "place": None}], 1.0, 1, 1),
    ("events", [{"type": "signing", "date": "--03-05", "place": "青岚县人民医院九楼"}], 0.825, 1, 1),
    ("events", [{"type": "signing", "date": "2023-03-05", "place": "广场"}], 0.5, 1, 1),
    ("events", [{"type": "training"}], 0.0, 1, 1),
    ("people", [{"name": "汪 澄", "title": "院长", "institution": "云大附院"}], 0.5 + 0.25 * 0.5 / 0.8 + 0.25, 1, 1),
    ("people", [{"name": "汪澄", "title": "", "institution": ["青岚县人民医院", "云大附院"]}], 0.75, 1, 1),
    ("people", [{"name": "汪澄澄", "title": "院长"}], 0.0, 1, 1),
    ("specialties", ["呼吸科", {"name": "icu"}, "", "科"], 2.0, 3, 2),
    ("needs", [{"text": "麻醉医生严重短缺", "institution": "县人民医院"}, {"text": "夜间手术难以开展"}], 1.6, 2, 1),
    ("commitments", [{"text": "云大附院每月派两名专家到青岚坐诊", "from": "云大附院", "kind": "outreach"}], 1.0, 1, 1),
    ("commitments", [{"text": "双方互致问候"}], 0.0, 1, 1),
    ("figures", [{"label": "年培训人次", "value": "三百四十余"}], 1.0, 1, 1),
    ("figures", [{"label": "查房", "value": 340}, {"label": "查房", "value": "没有"}], 0.6, 2, 1),
]


@pytest.mark.parametrize(("field", "said", "earned", "proposed", "wanted"), CASES)
def test_an_item_earns_what_the_rules_say(field: str, said: object, earned: float, proposed: int, wanted: int) -> None:
    """One field's prediction against the small gold document."""
    found = score({"g": {field: said}}, {"g": GOLD}).fields[field]
    assert (round(found.earned, 9), found.proposed, found.wanted) == (round(earned, 9), proposed, wanted)


def test_a_perfect_answer_scores_one() -> None:
    """The gold itself, said back."""
    result = score({"g": said_back(GOLD)}, {"g": GOLD})
    assert [one.f1 for one in result.fields.values()] == [1.0] * len(FIELDS)
    assert (result.micro.f1, result.cer, result.leaked, result.boilerplate) == (1.0, 0.0, 0, 2)
    assert not result.documents["g"].misses


def test_clean_text_is_measured_without_blanks_and_marks() -> None:
    """What stands in the story is no boilerplate, however it is listed."""
    text = GOLD["clean_text"].replace("三年", "年") + "\n点击 数：7"
    result = score({"g": {"clean_text": text}}, {"g": GOLD})
    assert (round(result.cer * len(plain(GOLD["clean_text"]))), result.leaked) == (5, 1)


def test_a_missing_document_scores_nothing() -> None:
    """It counts against recall, and the table names it."""
    result = score({}, {"g": GOLD})
    assert (result.micro.f1, result.micro.wanted, result.cer) == (0.0, 10, 1.0)
    assert "g unanswered" in table(result)


def test_the_table_tells_misses_and_extras() -> None:
    """One line a field; every miss when asked."""
    result = score({"g": {"specialties": ["骨科"]}}, {"g": GOLD})
    assert [line.split()[0] for line in table(result).splitlines()[1:9]] == list(FIELDS)
    assert "extra specialties: {'name': '骨科'}" in table(result, verbose=True)
    assert "missed figures" in table(result, verbose=True)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("40余项", 40), ("200多万元", 2e6), ("1.2亿", 1.2e8), ("十三", 13), ("二十", 20), ("三百四十余", 340),
        ("半年", 0.5), ("１，２００", 1200), ("两", 2), ("若干", None), (None, None),
    ],
)  # fmt: skip
def test_numbers_are_read_in_both_scripts(value: object, wanted: float | None) -> None:
    """Digits, Chinese numerals, large units, approximations."""
    assert number(value) == wanted


def test_strings_are_the_same_within_bounds() -> None:
    """Names but for their region; statements alike or one in the other; nothing when empty."""
    assert same_name("县人民医院", ["青岚县人民医院"])
    assert not same_name("医院", ["青岚县人民医院"])
    assert not same_statement("好" * 200, "好")
    assert not same_statement("", "好")
    assert dice("a", "A") == 1.0
    assert dice("", "") == 0.0


def said_back(gold: dict[str, Any]) -> dict[str, Any]:
    """A prediction that says what the gold requires."""
    said = {key: gold.get(key) for key in ("doc", "clean_text", "relation")}
    return said | {
        field: [dict(one) for one in gold.get(field, []) if not one.get("optional")]
        for field in FIELDS
        if field != "relation"
    }


def perturbed(value: Any, random: Random, others: list[dict[str, Any]]) -> Any:
    """A prediction with parts lost, swapped, doubled, taken from other documents, and characters changed."""
    if isinstance(value, str):
        return "".join(one for one in value if random.random() > 0.05) if random.random() < 0.3 else value
    if isinstance(value, dict):
        if random.random() < 0.1:
            value = value | {key: random.choice(others).get(key) for key in value}
        return {key: None if random.random() < 0.05 else perturbed(one, random, others) for key, one in value.items()}
    if isinstance(value, list):
        kept = [perturbed(one, random, others) for one in value if random.random() > 0.15]
        return kept + random.sample(kept, min(len(kept), random.choice((0, 0, 1)))) + random.sample(others, 1)
    return value


def labelled() -> dict[str, dict[str, Any]]:
    """Our own gold and the labelled documents'."""
    paths = [*sorted(CORPUS.glob("*.json")), *sorted((LABELLED / "gold").glob("*.json"))]
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


@pytest.mark.skipif(not (LABELLED / "score.py").exists(), reason="the labelled documents are not beside the checkout")
@pytest.mark.parametrize("seed", range(6))
def test_it_agrees_with_the_scorer_of_the_labelled_documents(seed: int) -> None:
    """Random predictions get the same figures from both, field by field."""
    spec = spec_from_file_location("labelled_scorer", LABELLED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    theirs = module_from_spec(spec)
    spec.loader.exec_module(theirs)
    random, golds = Random(seed), labelled()
    pool = [one for gold in golds.values() for field in FIELDS if field != "relation" for one in gold[field]]
    said = {name: perturbed(said_back(gold), random, pool) for name, gold in golds.items()}
    said.pop(random.choice(sorted(said)))
    wanted, result = theirs.run(said, golds, out=StringIO()), score(said, golds)
    for field, one in result.fields.items():
        assert wanted["fields"][field]["p"] == pytest.approx(one.precision, abs=1e-9), field
        assert wanted["fields"][field]["r"] == pytest.approx(one.recall, abs=1e-9), field
        assert wanted["fields"][field]["f"] == pytest.approx(one.f1, abs=1e-9), field
    assert wanted["micro"]["f1"] == pytest.approx(result.micro.f1, abs=1e-9)
    assert wanted["cer"] == pytest.approx(result.cer, abs=1e-9)
    assert (wanted["leaked"], wanted["boilerplate"]) == (result.leaked, result.boilerplate)
    assert all(
        wanted["docs"][name]["f1"] == pytest.approx(one.score.f1, abs=1e-9) for name, one in result.documents.items()
    )
