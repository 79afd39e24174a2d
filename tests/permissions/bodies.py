"""Forms filled in rightly, so that only who sends them decides."""

from typing import Any

from tests.cast import PASSWORD, a_phone
from tests.permissions.world import World

Body = dict[str, Any]


def password(_world: World) -> Body:
    return {"old": PASSWORD, "new": "another-tall-bamboo", "again": "another-tall-bamboo"}


def invitation(_world: World) -> Body:
    return {"phone": a_phone(), "name": "钱初来", "role": "clinician", "from_date": "2026-01-01"}


def ending(_world: World) -> Body:
    return {"successor": "", "note": ""}
