"""Corrections: the signed difference, verified like any entry, never below zero."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lianti.contexts.ledger import queries, services
from lianti.contexts.ledger.models import Entry, EntryPerson
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen, stands
from lianti.lib.errors import Conflict, Invalid, NotAllowed


def correct(stage: Stage, entry: Entry, difference: object, by: str = "office", note: str = "重复登记") -> Entry:
    return services.correct(
        actor=getattr(stage, by),
        at=stage.at,
        key=None,
        entry_id=entry.pk,
        difference=Decimal(str(difference)),
        note=note,
    )


def test_a_correction_names_the_old_entry_and_its_reason(stage: Stage) -> None:
    old = stage.verify(stage.declare(quantity=5))
    made = correct(stage, old, -2)
    assert (made.corrects_id, made.quantity, made.state, made.note) == (old.pk, -2, "declared", "重复登记")
    page = stage.page(stage.office, old)
    assert [row.id for row in page.corrections] == [made.pk]


def test_a_correction_is_verified_like_any_entry(stage: Stage) -> None:
    account = stage.account()
    old = stage.verify(stage.declare(quantity=5))
    made = correct(stage, old, -2, by="coordinator")
    with pytest.raises(NotAllowed):
        stage.verify(made)
    stage.verify(made, "head")
    assert stands(account, stage.today).done == 3


def test_a_correction_may_add(stage: Stage) -> None:
    account = stage.account()
    stage.verify(correct(stage, stage.verify(stage.declare(quantity=5)), "1.5"))
    assert stands(account, stage.today).done == Decimal("6.5")


def test_what_adds_helps_only_when_it_is_verified(stage: Stage) -> None:
    old = stage.verify(stage.declare(quantity=5))
    more = correct(stage, old, 3)
    with pytest.raises(Invalid):
        correct(stage, old, -6)
    stage.verify(more)
    assert correct(stage, old, -6).quantity == -6


@pytest.mark.parametrize(("difference", "note"), [(0, "零"), (-1, ""), ("-0.001", "细"), (-6, "多")])
def test_a_correction_without_reason_or_difference_or_below_zero_is_refused(
    stage: Stage, difference: object, note: str
) -> None:
    old = stage.verify(stage.declare(quantity=5))
    with pytest.raises(Invalid):
        correct(stage, old, difference, note=note)
    assert seen(Entry).count() == 1


def test_only_verified_entries_are_corrected_and_no_corrections(stage: Stage) -> None:
    with pytest.raises(Conflict):
        correct(stage, stage.declare(quantity=5), -1)
    made = stage.verify(correct(stage, stage.verify(stage.declare(quantity=5)), -1))
    with pytest.raises(Conflict):
        correct(stage, made, 1)


def test_a_correction_that_takes_away_is_returned_not_lowered(stage: Stage) -> None:
    made = correct(stage, stage.verify(stage.declare(quantity=5)), -2)
    told: dict[str, Any] = {"actor": stage.coordinator, "at": stage.at, "key": None, "entry_id": made.pk}
    with pytest.raises(Invalid):
        services.lower(**told, quantity=Decimal(1), note="少")
    services.return_(**told, note="核对")
    with pytest.raises(Invalid):
        services.redeclare(actor=stage.office, at=stage.at, key=None, entry_id=made.pk, quantity=Decimal(-6))
    services.redeclare(actor=stage.office, at=stage.at, key=None, entry_id=made.pk, quantity=Decimal(-5))
    assert fresh(made).quantity == -5
    sums_are_kept()


def test_a_returned_correction_takes_nothing_until_it_is_declared_again(stage: Stage) -> None:
    old = stage.verify(stage.declare(quantity=5))
    first = correct(stage, old, -3)
    services.return_(actor=stage.coordinator, at=stage.at, key=None, entry_id=first.pk, note="核对")
    correct(stage, old, -4)
    with pytest.raises(Invalid):
        services.redeclare(actor=stage.office, at=stage.at, key=None, entry_id=first.pk)
    services.redeclare(actor=stage.office, at=stage.at, key=None, entry_id=first.pk, quantity=Decimal(-1))
    sums_are_kept()


def test_a_correction_takes_from_every_share(stage: Stage) -> None:
    people = [(stage.person("expert"), "lead", Decimal(6)), (stage.person("second"), "lead", Decimal(4))]
    old = stage.verify(stage.declare(kind="outpatient", quantity=10, people=people))
    made = correct(stage, old, -5)
    assert list(seen(EntryPerson).filter(entry=made).order_by("id").values_list("share", flat=True)) == [-3, -2]
    stage.verify(made)
    load = queries.workload(stage.office, stage.person("expert"), stage.today.replace(day=1))
    assert load.counted("visit") == 3


def test_experts_do_not_correct(stage: Stage) -> None:
    old = stage.verify(stage.declare(quantity=5))
    with pytest.raises(NotAllowed):
        correct(stage, old, -1, by="expert")
