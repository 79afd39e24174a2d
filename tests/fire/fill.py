"""Fill the database of the race tests by services alone; run as a script, prints what the tests must know as JSON."""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

django.setup()

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from lianti.contexts.ledger import services
from lianti.contexts.network.models import Institution, Person
from lianti.kernel import scope
from lianti.kernel.models import Principal
from lianti.lib.dates import shanghai_day
from lianti.lib.roles import Role
from tests import cast

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
NOW = datetime.now(UTC)
KINDS = (("lecture", "session"), ("ward_round", "time"))


def fill(count: int) -> dict[str, Any]:
    """Make two hospitals, what one owes the other, and `count` entries that wait."""
    world = cast.standing_cast()
    experts = [cast.a_member(Role.EXPERT, world.supporting.institution) for _ in range(4)]
    verifiers = [cast.a_member(Role.OFFICE, world.county.institution) for _ in range(4)]
    for number, (kind, unit) in enumerate(KINDS):
        owed = services.AccountFacts(
            giver_id=world.supporting.id,
            receiver_id=world.county.id,
            kinds=frozenset({kind}),
            unit=unit,
            amount=100,
            period="year",
            from_date=date(2024, 1, 1),
            source_kind="agreements.commitment",
            source_id=number + 1,
            source_public_id=str(number + 1).zfill(26),
            relation_id=world.relation.pk,
            label=kind,
        )
        with scope.acting(world.county.office):
            services.open_account(actor=world.county.office, at=NOW, key=None, account=owed)
    entries = []
    for number in range(count):
        expert = experts[number % 4]
        given = services.EntryFacts(
            source_kind="activities.activity",
            source_id=number + 1,
            source_public_id=str(number + 1).zfill(26),
            giver_id=world.supporting.id,
            receiver_id=world.county.id,
            kind=KINDS[number % 2][0],
            quantity=1,
            day=shanghai_day(NOW) - timedelta(days=1 + number % 9),
            people=[(expert.person_id, "lead", None)],
        )
        with scope.acting(expert):
            entries.append(services.declare(actor=expert, at=NOW, key=None, entry=given).public_id)
    everybody = [actor.principal_id for actor in (*experts, *verifiers)]
    Principal.objects.filter(pk__in=everybody).update(password=make_password(cast.PASSWORD, hasher="pbkdf2_sha256"))
    return {
        "password": cast.PASSWORD,
        "verifiers": [cast.phone_of(actor) for actor in verifiers],
        "expert": cast.phone_of(experts[0]),
        "expert_name": Person.objects.get(pk=experts[0].person_id).name,
        "supporting": Institution.objects.get(pk=world.supporting.id).public_id,
        "county": Institution.objects.get(pk=world.county.id).public_id,
        "entries": entries,
    }


if __name__ == "__main__":
    with scope.system(), transaction.atomic():
        print(json.dumps(fill(int(sys.argv[1]))))
