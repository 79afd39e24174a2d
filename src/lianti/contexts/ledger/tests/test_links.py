"""One-time links: one named person, one sheet, one week, a code, and the same test."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from lianti.contexts.ledger import services
from lianti.contexts.ledger.models import Entry, Link, MonthSheet
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, moment, seen
from lianti.contexts.network import services as network
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from tests import cast


def host(stage: Stage, **more: Any) -> Person:
    return cast.a_person(**{"employer": stage.houses["K"], "phone": "13900002222", **more})


def link_to(stage: Stage, person: Person, **more: Any) -> services.Made:
    sheet = seen(MonthSheet).order_by("id").first()
    assert sheet is not None
    told = {"actor": stage.desk, "at": stage.at, "key": None, **more}
    return services.make_link(**told, sheet_id=sheet.pk, person_id=person.pk)


def use(stage: Stage, made: services.Made, entries: list[Entry], code: str = "", **more: Any) -> services.Outcome:
    return services.use_link(
        token=made.token,
        code=code or made.code,
        at=more.pop("at", stage.at),
        key=None,
        seen={entry.public_id: entry.version for entry in entries},
        **more,
    )


def test_a_link_gives_verified_online_marked_by_link(stage: Stage) -> None:
    entry = stage.declare()
    use(stage, link_to(stage, host(stage)), [entry])
    found = fresh(entry)
    assert (found.state, found.level, found.via) == ("counted", 2, "link")
    sums_are_kept()


def test_only_hashes_of_token_and_code_are_kept(stage: Stage) -> None:
    stage.declare()
    made = link_to(stage, host(stage))
    row = seen(Link).values().get()
    assert made.token not in str(row)
    assert made.code not in {str(value) for value in row.values()}


@pytest.mark.parametrize("more", [{"phone": ""}, {"employer": "P"}])
def test_a_link_is_made_out_to_somebody_with_a_phone_in_the_receivers_directory(
    stage: Stage, more: dict[str, Any]
) -> None:
    stage.declare()
    if "employer" in more:
        more = {"employer": stage.houses[more["employer"]]}
    with pytest.raises(Invalid):
        link_to(stage, host(stage, **more))


def test_links_carry_the_same_test(stage: Stage) -> None:
    person = host(stage)
    stage.declare(people=[(person.pk, "watch", None)])
    with pytest.raises(Invalid):
        link_to(stage, person)


def test_a_link_works_once(stage: Stage) -> None:
    one, two = stage.declare(), stage.declare()
    made = link_to(stage, host(stage))
    use(stage, made, [one])
    with pytest.raises(NotFound):
        use(stage, made, [two])
    assert fresh(two).state == "declared"


def test_a_link_ends_after_a_week(stage: Stage) -> None:
    entry = stage.declare()
    made = link_to(stage, host(stage))
    with pytest.raises(NotFound):
        use(stage, made, [entry], at=moment(stage.today + timedelta(days=7)))


def test_attempts_are_limited_and_stay_used(stage: Stage) -> None:
    entry = stage.declare()
    made = link_to(stage, host(stage))
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(services.WrongCode):
            use(stage, made, [entry], code="not-it")
        assert fresh(made.link).attempts_left == left
    with pytest.raises(services.WrongCode):
        use(stage, made, [entry])
    assert fresh(entry).state == "declared"


def test_a_new_link_ends_the_earlier_one(stage: Stage) -> None:
    stage.declare()
    first = link_to(stage, host(stage))
    second = link_to(stage, host(stage))
    with pytest.raises(NotFound):
        services.find_link(token=first.token, at=stage.at)
    assert services.find_link(token=second.token, at=stage.at).pk == second.link.pk


def test_an_office_withdraws_a_link(stage: Stage) -> None:
    stage.declare()
    made = link_to(stage, host(stage))
    services.withdraw_link(actor=stage.desk, at=stage.at, key=None, link_id=made.link.public_id)
    with pytest.raises(NotFound):
        services.find_link(token=made.token, at=stage.at)


def test_exceptions_are_marked_through_a_link_too(stage: Stage) -> None:
    lowered, left = stage.declare(quantity=3), stage.declare()
    marks = services.Exceptions(lowered={lowered.public_id: (Decimal(2), "少一场")}, left=frozenset({left.public_id}))
    use(stage, link_to(stage, host(stage)), [lowered, left], exceptions=marks)
    assert (fresh(lowered).quantity, fresh(lowered).via, fresh(left).state) == (2, "link", "declared")


def test_experts_make_no_links(stage: Stage) -> None:
    stage.declare()
    with pytest.raises((NotAllowed, Invalid)):
        link_to(stage, host(stage), actor=stage.expert)


def test_the_same_form_sent_twice_does_not_show_another_code(stage: Stage) -> None:
    stage.declare()
    person, key = host(stage), ids.new()
    link_to(stage, person, key=key)
    with pytest.raises(Conflict):
        link_to(stage, person, key=key)
    assert seen(Link).count() == 1


def test_n7_who_has_left_the_receiver_verifies_by_no_link_of_theirs(stage: Stage) -> None:
    """'Someone acting for the receiver': a link is made out to a person, who may work elsewhere by then."""
    entry, person = stage.declare(), host(stage)
    made = link_to(stage, person)
    elsewhere = {"employer_id": stage.id("L"), "from_date": stage.today}
    with scope.system():
        job = cast.the_system()
        network.change_employer(actor=job, at=stage.at, key=None, person_id=person.public_id, **elsewhere)
    with pytest.raises(NotFound):
        use(stage, made, [entry])
    assert fresh(entry).state == "declared"
