"""Every address × every role × own house, other house, nobody."""

from typing import Any

import pytest

from lianti.lib.roles import Role
from tests.permissions.addresses import Address, addresses
from tests.permissions.expected import EXPECTED, Row
from tests.permissions.things import SECRET
from tests.permissions.world import World, actors

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _address(key: str) -> tuple[str, Address]:
    method, name = key.split()[:2]
    return method, addresses()[name]


def path_of(world: World, address: Address, row: Row) -> str:
    """Return the path of a row, its records named."""
    given = {
        argument: row.given[argument][1:]
        if row.given[argument].startswith("=")
        else str(world.things[row.given[argument]])
        for _kind, argument in address.arguments
    }
    return address.path(given) + row.query.format(**world.things)


def _wanted(row: Row, house: str, role: Role) -> frozenset[int]:
    if role in row.lets_in.get(house, ()):
        return row.done
    return frozenset({404 if role in row.hidden.get(house, ()) else row.otherwise.get(house, 403)})


def test_every_address_and_method_stands_in_the_table() -> None:
    """An address that nobody thought about is an open door."""
    known = {tuple(key.split()[:2]) for key in EXPECTED}
    there = {(method, name) for name, a in addresses().items() for method in a.methods - {"HEAD"}}
    assert sorted(there - known) == [], "add a row to tests/permissions/expected.py"
    assert sorted(known - there) == [], "no such address or method any more"


@pytest.mark.turns
@pytest.mark.parametrize("key", sorted(EXPECTED))
def test_role_and_house_decide(world: World, key: str) -> None:
    method, address = _address(key)
    row = EXPECTED[key]
    path = path_of(world, address, row)
    wrong = []
    for house, role in actors():
        body = row.body(world) if row.body else None
        answer = world.probe(world.client(house, role), method, path, body)
        wanted = _wanted(row, house, role)
        if answer.status not in wanted or answer.turned_away:
            wrong.append(f"{house} {role}: {answer}, wanted {sorted(wanted)}")
        if answer.written and (method == "GET" or role not in row.lets_in[house]):
            wrong.append(f"{house} {role}: {answer}, and something was changed")
    assert not wrong, f"{method} {path}\n" + "\n".join(wrong)


@pytest.mark.turns
@pytest.mark.parametrize("key", sorted(EXPECTED))
def test_nobody_is_sent_to_sign_in(world: World, key: str) -> None:
    method, address = _address(key)
    row = EXPECTED[key]
    answer = world.probe(world.nobody, method, path_of(world, address, row), row.body(world) if row.body else None)
    if row.open:
        assert answer.status == row.nobody, answer
        assert address.door == "open"
    else:
        assert answer.status == 302, answer
        assert answer.place.startswith("/sign-in/?next=")
        assert answer.written == 0
        assert address.door == "signed-in"


def test_other_methods_are_refused(world: World) -> None:
    """What is not a page cannot be opened, and what takes no form takes none."""
    client = world.client("county", Role.OFFICE)
    wrong = []
    for address in addresses().values():
        given: dict[str, Any] = {argument: "0" * 26 for _kind, argument in address.arguments}
        for method in {"GET", "POST"} - address.methods:
            answer = world.probe(client, method, address.path(given))
            if answer.status != 405:
                wrong.append(f"{method} {address.name}: {answer}")
    assert not wrong


@pytest.mark.turns
@pytest.mark.parametrize("key", sorted(key for key in EXPECTED if key.startswith("GET ")))
def test_stranger_reads_nothing_of_what_two_tell_each_other(world: World, key: str) -> None:
    """The words stand in need, agreement, promise, goal, activity: no page or search of a stranger shows them."""
    method, address = _address(key)
    path = path_of(world, address, EXPECTED[key])
    for query in ({}, {"q": SECRET[:4]}):
        answer = world.probe(world.client("stranger", Role.OFFICE), method, path, query)
        assert SECRET not in answer.text, f"{path} {query}"


def test_parties_do_read_it(world: World) -> None:
    """The test above would hold for empty pages too."""
    for name in ("need", "draft", "activity", "posting"):
        room = {"need": "needs", "draft": "agreements", "activity": "activities", "posting": "dispatch"}[name]
        answer = world.probe(world.client("county", Role.OFFICE), "GET", f"/{room}/{world.things[name]}/")
        assert SECRET in answer.text
