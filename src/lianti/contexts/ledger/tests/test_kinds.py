"""The one registry of kinds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from lianti.contexts.ledger.domain import kinds

NETWORKS = Path(__file__).parents[5] / "examples" / "networks"
PROMISES = [
    "dispatch",
    "training",
    "referral",
    "remote",
    "specialty_building",
    "management",
    "research",
    "conference",
    "exchange_visit",
    "information_system",
    "expert_workstation",
    "free_clinic",
    "assessment",
    "occupational_health",
    "technique",
    "consultation",
    "teaching_round",
    "demonstration_surgery",
    "case_discussion",
    "party_building",
    "standardisation",
]
NEEDS = [
    "specialty",
    "workforce",
    "training",
    "management",
    "information_system",
    "telemedicine",
    "facility",
    "referral",
    "process",
    "quality",
]
EVENTS = ["signing", "plaque_unveiling", "working_meeting", "study_visit", "free_clinic", "needs_survey"]
# The vocabulary of labelled documents, and what it becomes here; several or none: a person chooses.
LABELS = {
    "symposium": {"working_meeting"},
    "visit": {"study_visit", "exchange_visit"},
    "signing": {"signing", "plaque_unveiling", "award"},
    "discipline": {"specialty_building"},
    "it": {"information_system"},
    "outreach": {"free_clinic"},
    "workstation": {"expert_workstation"},
    "equipment": {"donation"},
    "support": set(),
    "policy": set(),
    "other": set(),
    "technique": {"technique"},
}


def test_registry_has_no_problems() -> None:
    assert kinds.problems() == []


@pytest.mark.parametrize("code", PROMISES)
def test_every_commitment_kind_of_the_real_networks_is_there(code: str) -> None:
    assert kinds.kind(code).promise is not None


@pytest.mark.parametrize("code", NEEDS)
def test_every_need_category_of_the_real_networks_is_there(code: str) -> None:
    assert kinds.kind(code).need is not None


@pytest.mark.parametrize("code", EVENTS)
def test_every_event_kind_of_the_real_networks_is_an_activity(code: str) -> None:
    assert kinds.kind(code).is_activity


@pytest.mark.parametrize(("label", "meant"), LABELS.items())
def test_labels_of_documents_lead_to_rows_or_to_a_person(label: str, meant: set[str]) -> None:
    assert {row.code for row in kinds.labelled(label)} == meant


def test_every_row_has_both_names_and_words() -> None:
    assert all(row.zh and row.en and row.words for row in kinds.KINDS.values())


def test_a_need_about_processes_takes_only_named_entries() -> None:
    assert kinds.fulfilling_need("process") == frozenset()


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(kinds.UnknownKind):
        kinds.unit_of("training")
    with pytest.raises(kinds.UnknownKind):
        kinds.kind("dancing")


def test_units_stand_in_the_registrys_order() -> None:
    assert [unit.code for unit in kinds.units_of(["technique", "outpatient", "operation", "rescue"])] == [
        "visit",
        "case",
        "item",
    ]


@pytest.mark.skipif(not NETWORKS.is_dir(), reason="the example networks are not beside this copy")
def test_the_example_networks_use_no_other_word() -> None:
    for path in NETWORKS.glob("*.yaml"):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert all(kinds.kind(c["kind"]).promise is not None for c in told.get("commitments", ()))
        assert all(kinds.kind(n["category"]).need is not None for n in told.get("needs", ()))
        assert all(kinds.kind(e["kind"]).is_activity for e in told.get("events", ()))
