"""A relation that has changed since it was shown is neither confirmed nor changed unseen."""

import re
from typing import Any

import pytest

from lianti.contexts.network import services
from lianti.contexts.network.models import Relation
from lianti.kernel import scope
from lianti.lib.roles import Role
from tests import cast


@pytest.mark.parametrize(
    ("move", "typed"), [("confirm_relation", {}), ("edit_relation", {"name": "旧页所填"}), ("put_in_force", {})]
)
def test_a_move_over_an_older_version_of_a_relation_does_nothing(db: None, move: str, typed: dict[str, str]) -> None:
    lead, member = cast.a_hospital(), cast.a_hospital()
    office, county = cast.a_member(Role.OFFICE, lead), cast.a_member(Role.OFFICE, member)
    told: dict[str, Any] = {"at": cast.AT, "key": None}
    draft = services.RelationDraft("初名", "paired_assistance", lead.pk, (member.pk,), from_date=cast.SINCE)
    made = services.request_relation(actor=office, relation=draft, **told)
    if move == "edit_relation":
        services.confirm_relation(actor=county, relation_id=made.public_id, **told)
    client, address = cast.signed_in_client(county), f"/network/relations/{made.public_id}/"
    page = client.get(address).content.decode()
    (form,) = re.findall(rf'<form[^>]*action="[^"]*/{move}/"[^>]*>(.*?)</form>', page, re.S)
    sent = dict(re.findall(r'<input type="hidden" name="(seen|key)" value="([^"]*)"', form))
    assert "seen" in sent
    bureau = cast.a_health_authority()
    services.edit_relation(
        actor=office, relation_id=made.public_id, fields={"name": "新名", "authority_id": bureau.pk}, **told
    )
    answer = client.post(f"{address}moves/{move}/", {**sent, "from_date": "2026-01-01", **typed})
    assert answer.status_code == 409
    with scope.system():
        assert Relation.objects.get(pk=made.pk).name == "新名"
