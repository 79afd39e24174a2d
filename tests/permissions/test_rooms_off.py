"""A room that is off shows nothing anywhere, and everything else opens as before."""

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.urls import clear_url_caches
from django.utils import timezone

from lianti.config import env, rooms, urls
from lianti.kernel import notices, panels, scope, worklist
from lianti.kernel.flows import FLOWS
from lianti.kernel.models import Notice
from lianti.lib.roles import Role
from lianti.lib.web import navigation, search
from tests.cast import Cast
from tests.permissions.addresses import addresses
from tests.permissions.expected import EXPECTED, Row
from tests.permissions.test_matrix import path_of
from tests.permissions.world import World, actors

REGISTRIES: tuple[dict[Any, Any], ...] = (
    navigation._entries,
    navigation._starts,
    search._providers,
    panels._slots,
    worklist._cards,
    worklist._verbs,
    notices._texts,
    notices._links,
)
PAGES = sorted(key for key in EXPECTED if key.startswith("GET "))


def with_those_above(room: str) -> frozenset[str]:
    """Return a room and all that cannot do without it."""
    above = {name for name in rooms.every() if room in rooms.rests_on(f"contexts/{name}")}
    return frozenset({room}).union(*(with_those_above(name) for name in above))


def start_again() -> None:
    """Register and include what a start with the settings of the moment would."""
    for registry in REGISTRIES:
        registry.clear()
    for app in apps.get_app_configs():
        if app.name.startswith("lianti."):
            app.ready()
    importlib.reload(urls)
    clear_url_caches()


@pytest.fixture(params=sorted(rooms.may_be_off()))
def off(request: pytest.FixtureRequest, settings: Any, world: World) -> Iterator[frozenset[str]]:
    """Switch a room off, with those that need it."""
    addresses()  # read while all are there
    settings.ROOMS_OFF = with_those_above(request.param)
    start_again()
    yield settings.ROOMS_OFF
    settings.ROOMS_OFF = frozenset()
    start_again()


def let_in(row: Row) -> tuple[str, Role] | None:
    """Return somebody to whom this page opens."""
    return next((one for one in actors() if one[1] in row.lets_in.get(one[0], ())), None)


def links(text: str, names: frozenset[str]) -> list[str]:
    """Return the links of a page into these rooms."""
    return re.findall(rf'(?:href|action)="(/(?:{"|".join(sorted(names))})/[^"]*)"', text)


def waiting(world: World) -> set[str]:
    """Return the rooms of what waits for anybody or stands in an inbox."""
    kinds: set[str] = set()
    for house, role in actors():
        actor = world.house(house).actor(role)
        with scope.acting(actor):
            kinds.update(worklist.open_items(actor).values_list("kind", flat=True))
            kinds.update(item.item.kind for item in worklist.items(actor))
            kinds.update(notices.inbox(actor).values_list("kind", flat=True))
    return {kind.split(".")[0] for kind in kinds}


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.turns
def test_its_pages_are_gone_and_every_other_page_opens(world: World, off: frozenset[str]) -> None:
    wrong = []
    for key in PAGES:
        name, row = key.split()[1], EXPECTED[key]
        who = let_in(row)
        client = world.client(*who) if who else world.nobody
        answer = world.probe(client, "GET", path_of(world, addresses()[name], row))
        wanted = {404} if name.split(":")[0] in off else row.done if who else {row.nobody}
        if answer.status not in wanted or answer.turned_away:
            wrong.append(f"{name} for {who}: {answer}, wanted {sorted(wanted)}")
        wrong += [f"{name} leads to {link}" for link in links(answer.text, off)]
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.turns
def test_its_records_wait_for_nobody_and_are_not_found(world: World, off: frozenset[str]) -> None:
    assert not waiting(world) & off
    for _house, role in actors():
        assert not {entry.key for entry in navigation.entries(role)} & off
        assert not {start.url_name.split(":")[0] for start in navigation.starts(role)} & off
    assert not {key.split(".")[0] for key in search._providers} & off


@pytest.mark.django_db
@pytest.mark.slow
def test_with_all_on_there_is_something_to_take_away(world: World) -> None:
    """The two above would hold for rooms that never show anything."""
    page = world.probe(world.client("county", Role.OFFICE), "GET", "/").text
    every = frozenset({"intake", "needs", "agreements", "activities", "dispatch"})
    assert {link.split("/")[1] for link in links(page, every)} == every
    assert waiting(world) & every == {"needs", "agreements", "intake", "dispatch"}
    relation = world.probe(
        world.client("county", Role.OFFICE), "GET", f"/network/relations/{world.things['relation']}/"
    )
    assert {"needs", "agreements", "dispatch"} <= {link.split("/")[1] for link in links(relation.text, every)}


def test_the_kind_of_every_record_begins_with_its_room() -> None:
    assert {kind.split(".")[0] for kind in FLOWS} <= rooms.every()
    assert [k for k, flow in FLOWS.items() if flow.record._meta.app_label != k.split(".")[0]] == []


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("laundry", "which is no room"),
        ("ledger", "which every site needs"),
        ("network,intake", "which every site needs"),
        ("needs", "which dispatch and intake cannot do without; name dispatch, intake too"),
        ("agreements,intake", "which dispatch and needs cannot do without"),
    ],
)
def test_what_cannot_be_off_stops_the_start_with_a_sentence(named: str, why: str) -> None:
    assert [why in said for said in env.problems({"LIANTI_ROOMS_OFF": named})] == [True]
    command = [sys.executable, "-P", "-m", "lianti.cli.main", "check"]
    surroundings = {**os.environ, "LIANTI_ROOMS_OFF": named}
    result = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert why in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_rooms_that_may_be_off_may_go_together() -> None:
    assert env.problems({"LIANTI_ROOMS_OFF": ",".join(rooms.may_be_off())}) == []
    assert env.ROOMS_OFF.value({}) == frozenset()


def test_a_start_without_a_room_has_no_address_of_it() -> None:
    ask = (
        "import django; django.setup(); from django.urls import resolve, Resolver404\n"
        "from lianti.lib.web import navigation, search\n"
        "resolve('/needs/')\n"
        "try: resolve('/intake/')\n"
        "except Resolver404: print(sorted(navigation._entries), sorted(search._providers))"
    )
    surroundings = {**os.environ, "LIANTI_ROOMS_OFF": "intake", "DJANGO_SETTINGS_MODULE": "lianti.config.settings"}
    said = subprocess.run([sys.executable, "-c", ask], env=surroundings, capture_output=True, text=True, check=True)
    assert "needs" in said.stdout
    assert "intake" not in said.stdout


@pytest.mark.django_db
def test_news_of_a_room_that_is_off_waits_unseen_until_it_is_back(cast: Cast, settings: Any) -> None:
    actor, at = cast.county.office, timezone.now()
    about = {"principal_id": actor.principal_id, "tenant_id": actor.tenant_id, "record": "0" * 26, "at": at}
    with scope.system():
        for kind in ("intake.document", "ledger.entry"):
            Notice.objects.create(kind=kind, text_key=kind, **about)
    with scope.acting(actor):
        settings.ROOMS_OFF = frozenset({"intake"})
        assert [one.kind for one in notices.inbox(actor)] == ["ledger.entry"]
        assert notices.see(actor, at) == 1
        settings.ROOMS_OFF = frozenset()
        assert notices.unseen(actor) == 1
