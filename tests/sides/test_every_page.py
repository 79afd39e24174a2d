"""Every page of the rooms of records × every side of a record × every role: a page or a refusal, never a fault.

On PostgreSQL this runs as the web role, so that a page which counts on rows that its reader's wall hides shows here.
"""

from collections.abc import Iterator
from itertools import product

import pytest

from lianti.lib.roles import Role
from tests.permissions.addresses import Address, addresses
from tests.permissions.expected import EXPECTED
from tests.permissions.world import THIN, World, actors
from tests.sides import variants

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]  # SQLite hides walls
ROOMS = ("needs", "agreements", "activities", "ledger", "dispatch")
PAGES = sorted(name for name, a in addresses().items() if name.split(":")[0] in ROOMS and "GET" in a.methods)


@pytest.fixture(scope="module")
def made(world: World) -> variants.Made:
    return variants.make(world)


def paths(address: Address, made: variants.Made, world: World) -> Iterator[str]:
    """Yield the address filled with every record that can stand in it."""
    row = EXPECTED[f"GET {address.name}"]
    names = [row.given[argument] for _kind, argument in address.arguments]
    choices = [[name[1:]] if name.startswith("=") else made[name] for name in names]
    for chosen in product(*choices):
        given = {argument: text for (_kind, argument), text in zip(address.arguments, chosen, strict=True)}
        yield address.path(given) + row.query.format(**world.things)


def visits(found: list[str]) -> Iterator[tuple[str, str, Role]]:
    """Yield who opens what: one role of each sort opens all, every other role one, each another one."""
    for turn, (house, role) in enumerate(actors()):
        for path in found if role in THIN[house] else [found[turn % len(found)]]:
            yield path, house, role


@pytest.mark.parametrize("name", PAGES)
def test_no_side_and_no_role_meets_a_fault(world: World, made: variants.Made, name: str) -> None:
    wrong, seen = [], set()
    for path, house, role in visits(list(paths(addresses()[name], made, world))):
        answer = world.probe(world.client(house, role), "GET", path)
        seen.add(answer.status)
        if answer.status >= 500 or answer.turned_away or answer.written:
            wrong.append(f"{house} {role} {path}: {answer}")
    assert not wrong, "\n".join(wrong)
    assert seen & {200, 302, 303}, f"nobody got in: {seen}"


def test_the_authority_opens_what_was_laid_before_it(world: World, made: variants.Made) -> None:
    client = world.client("authority", next(role for house, role in actors() if house == "authority"))
    opened = [world.probe(client, "GET", f"/ledger/entries/{entry}/").status for entry in made["entry"]]
    assert 200 in opened
    assert 404 in opened
