"""The bars: what reading, cleaning and the grammar must reach on labelled documents, each split by itself."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lianti.config.env import CHECKOUT
from lianti.contexts.intake.domain.cleaning import clean
from lianti.contexts.intake.domain.grammar import propose
from lianti.contexts.intake.domain.reading import read
from lianti.contexts.intake.domain.scorer_form import scorer_form
from lianti.contexts.intake.domain.scoring import Result, score, table

OWN = CHECKOUT / "tests/intake/corpus"
LABELLED = Path(os.environ.get("LIANTI_INTAKE_DEV") or CHECKOUT.parent / "shared/intake_dev")
SETS = (
    (OWN, "dev"),
    (OWN, "test"),
    pytest.param(
        LABELLED,
        "dev",
        marks=pytest.mark.skipif(
            not (LABELLED / "gold").is_dir(), reason="the labelled documents are not beside the checkout"
        ),
    ),
)

ALL_FIELDS = 0.90
BARS = {
    "institutions": 0.90, "people": 0.92, "events": 0.85, "specialties": 0.85, "needs": 0.75, "commitments": 0.75,
    "figures": 0.85,
}  # fmt: skip
CHARACTER_ERRORS = 0.02


@cache
def result(folder: Path, split: str) -> Result:
    """The set's score, worked out once."""
    golds: dict[str, dict[str, Any]] = {}
    said = {}
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["split"] == split:
            name = gold["doc"]
            golds[name] = gold
            original = next((folder / "raw").glob(f"{name}.*"))
            cleaned = clean(read(original.read_bytes(), name=original.name))
            said[name] = scorer_form(name, cleaned, propose(cleaned))
    return score(said, golds)


@pytest.mark.parametrize(("folder", "split"), SETS)
def test_proposals_reach_the_bars(folder: Path, split: str) -> None:
    """All fields together and each field that has a bar; the table is the message."""
    found = result(folder, split)
    short = [name for name, bar in BARS.items() if found.fields[name].f1 < bar]
    assert found.micro.f1 >= ALL_FIELDS, table(found)
    assert not short, table(found)


@pytest.mark.parametrize(("folder", "split"), SETS)
def test_clean_text_is_clean(folder: Path, split: str) -> None:
    """Few characters wrong, and nothing of the page's furniture left."""
    found = result(folder, split)
    assert found.cer <= CHARACTER_ERRORS, table(found, verbose=True)
    assert found.leaked == 0, table(found, verbose=True)
