"""Presence checks are put on record by who sent or by the county's authority, and change no mark."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from lianti.contexts.dispatch.models import AttendanceMark, Posting, PresenceCheck
from lianti.contexts.dispatch.services import presence
from lianti.contexts.dispatch.tests.builders import a_posting, fresh
from lianti.contexts.dispatch.tests.test_attendance import begun
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotAllowed
from tests.cast import AT, Cast, signed_in_client

pytestmark = pytest.mark.django_db
THIRD = date(2026, 3, 3)


def checked(actor: Actor, row: Posting, day: date = THIRD, found: str = "absent", **more: Any) -> PresenceCheck:
    """Let somebody put a check on record."""
    facts = presence.PresenceFacts(row.person_id, row.recipient_id, day, "phone", found, **more)
    with scope.acting(actor):
        return presence.note_presence(actor=actor, at=AT, key=None, check=facts)


def test_the_senders_desk_and_the_countys_authority_check_and_nobody_else(cast: Cast) -> None:
    row = a_posting(cast)
    for actor in (cast.supporting.office, cast.authority.health_authority):
        made = checked(actor, row, hour=15, note="科室电话无人接")
        assert (made.sender_id, made.recipient_id, made.tenant_id) == (row.sender_id, row.recipient_id, actor.tenant_id)
    for actor in (cast.county.office, cast.supporting.clinician, cast.supporting.leader):
        with pytest.raises((NotAllowed, Invalid)):
            checked(actor, row)
    with pytest.raises(Invalid):
        checked(cast.stranger.office, row)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"day": date(2026, 3, 11)}, "day"), ({"day": date(2026, 2, 20)}, "day"), ({"found": "asleep"}, "found"),
     ({"hour": 25}, "hour")],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(cast: Cast, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked(cast.supporting.office, a_posting(cast), **given)
    assert field in refused.value.fields


def test_a_check_stands_beside_the_cell_and_on_the_posting_and_changes_no_mark(cast: Cast) -> None:
    row = a_posting(cast)
    month = begun(cast, datetime(2026, 4, 1, 2, tzinfo=UTC))
    made = checked(cast.supporting.office, row)
    client = signed_in_client(cast.county.coordinator)
    for path in (f"/dispatch/attendance/{month.public_id}/", f"/dispatch/{row.public_id}/", "/dispatch/presence/"):
        page = client.get(path).content.decode()
        assert "Was not there" in page or "不在岗" in page, path
    with scope.system():
        assert not AttendanceMark.objects.exists()
    with scope.acting(cast.supporting.office):
        presence.withdraw_presence(
            actor=cast.supporting.office, at=AT, key=None, check_id=made.public_id, note="拨错电话"
        )
    assert fresh(made).state == "withdrawn"
    grid = client.get(f"/dispatch/attendance/{month.public_id}/").content.decode()
    assert "checked" not in grid


def test_a_check_is_noted_by_the_page(cast: Cast) -> None:
    row = a_posting(cast)
    with scope.system():
        who = f"{row.person.public_id}-{row.recipient.public_id}"
    given = {"key": ids.new(), "who": who, "day": "2026-03-03", "hour": "9", "way": "site", "found": "present"}
    answer = signed_in_client(cast.supporting.office).post("/dispatch/presence/new/", given)
    assert answer.status_code == 303, answer.content.decode()[:2000]
    with scope.system():
        made = PresenceCheck.objects.get()
    assert (made.found, made.way, made.hour, bool(made.checked_by)) == ("present", "site", 9, True)
