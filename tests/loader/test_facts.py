"""Every fact of the five files stands on a page of somebody who works for a party of the relation."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from lianti.contexts.network import labels
from lianti.contexts.network.models import Institution, Relation
from lianti.journeys import loader
from lianti.kernel import scope
from lianti.lib.roles import Role
from tests.cast import a_member, signed_in_client
from tests.loader.test_load import FILES

pytestmark = pytest.mark.turns

EVENT = re.compile(r"/activities/[0-9A-Z]{26}/")


def told(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def texts(said: Any) -> Iterator[str]:
    """Yield every text in Chinese and every number of a file's part."""
    if isinstance(said, dict):
        for value in said.values():
            yield from texts(value)
    elif isinstance(said, list):
        for value in said:
            yield from texts(value)
    elif isinstance(said, str) and any("\u3400" <= c <= "\u9fff" for c in said):
        yield from said.split("/") if "/" in said else (said,)
    elif isinstance(said, int):
        yield str(said)


def expected(said: dict[str, Any], relation: str, *, first: bool) -> set[str]:
    """Return what the page of one relation has to say."""
    rows = [r for name in ("events", "needs", "commitments", "goals") for r in said.get(name, [])]
    parts: list[Any] = [r for r in rows if r["relation"] == relation]
    parts += [r for r in said["relations"] if r["code"] == relation]
    if first:
        parts += [said["source"], said.get("plan"), said.get("review_areas")]
        parts += [f for f in said.get("figures", []) if "institution" not in f]
    return set(texts(parts)) | {str(r.get("date") or r.get("signed")) for r in parts if isinstance(r, dict)} - {"None"}


@pytest.fixture(params=FILES, ids=lambda p: p.stem)
def said(request: pytest.FixtureRequest, db: None) -> dict[str, Any]:
    assert loader.load([request.param], at=timezone.now()).ok
    return told(request.param)


def client_of(code: str, role: Role = Role.OFFICE) -> Client:
    institution = Institution.objects.get(code=code)
    return signed_in_client(a_member(role, institution), headers={"accept-language": "zh-hans"})


def relation_page(client: Client, code: str) -> str:
    with scope.system():
        public_id = Relation.objects.values_list("public_id", flat=True).get(code=code)
    return page(client, f"/network/relations/{public_id}/")


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_every_fact_stands_on_the_page_of_its_relation(said: dict[str, Any]) -> None:
    for n, row in enumerate(said["relations"]):
        client = client_of(row["lead"])
        shown = relation_page(client, row["code"])
        for address in sorted(set(EVENT.findall(shown))):
            shown += page(client, address)
        assert {text for text in expected(said, row["code"], first=n == 0) if text not in shown} == set()


def test_a_member_finds_what_is_promised_to_it(said: dict[str, Any]) -> None:
    for row in said["relations"]:
        member = row["members"][0]
        shown = relation_page(client_of(member), row["code"])
        mine = [c for c in said["commitments"] if c["relation"] == row["code"] and member in c["to"]]
        assert {c["text"] for c in mine if c["text"] not in shown} == set()


def test_every_fact_of_an_institution_stands_on_its_page(said: dict[str, Any]) -> None:
    client = client_of(said["relations"][0]["lead"])
    for row in said["institutions"]:
        found = Institution.objects.get(code=row["code"])
        shown = page(client, f"/network/institutions/{found.public_id}/")
        parts = [row, said["source"], [f for f in said.get("figures", []) if f.get("institution") == row["code"]]]
        assert {text for text in texts(parts) if text not in shown} == set()
        assert str(said["source"]["published"]) in shown
        assert said["id"] in shown
        assert str(labels.INSTITUTION_KINDS[row["kind"]]) in shown
