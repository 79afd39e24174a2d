"""Service before the platform: it counts as certified or as judged, is marked, and can be called into question."""

from datetime import date
from typing import Any

import pytest

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.models import PastService
from lianti.contexts.dispatch.tests.builders import a_posting, earlier_service, past_facts
from lianti.contexts.dispatch.views import past
from lianti.contexts.ledger.models import Entry
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotAllowed, Refused
from tests.cast import AT, DAY, Cast, a_person, signed_in_client
from tests.records import DeclarationTests, RecordTests

pytestmark = pytest.mark.django_db


class TestPast(DeclarationTests, RecordTests):
    LIST, PAGE = past.LIST, past.PAGE

    def make(self, cast: Cast) -> PastService:
        return earlier_service(cast)


def days(actor: Actor, row: PastService) -> int:
    with scope.acting(actor):
        return queries.counted_of_people(actor, [row.person_id], queries.PROMOTION, DAY)[row.person_id].days


def moved(actor: Actor, verb: str, row: PastService, **more: Any) -> PastService:
    with scope.acting(actor):
        return getattr(services, verb)(actor=actor, at=AT, key=None, past_id=row.public_id, **more)  # type: ignore[no-any-return]


def test_it_counts_as_judged_or_as_certified_and_makes_no_entry(cast: Cast) -> None:
    judged, certified = (
        earlier_service(cast),
        earlier_service(cast, certified=150, recipient_id=None, place="早已撤并的乡卫生院"),
    )
    assert [days(cast.supporting.office, row) for row in (judged, certified)] == [182, 150]
    with scope.acting(cast.supporting.office):
        found = queries.counted_of_people(cast.supporting.office, [certified.person_id], queries.PROMOTION, DAY)
    (served,) = found[certified.person_id].stretches
    assert (served.historical, served.certified, served.place) == (True, True, "早已撤并的乡卫生院")
    assert str(served.mark)
    with scope.system():
        assert not Entry.objects.exists()


def test_what_the_place_says_was_not_so_counts_again_when_the_desk_has_confirmed_it(cast: Cast) -> None:
    row, desk, host = earlier_service(cast), cast.supporting.office, cast.county.office
    moved(host, "dispute_past", row, note="当年名单上没有")
    assert days(desk, row) == 0
    same = past_facts(cast, row.person_id, first=date(2024, 2, 1))
    moved(desk, "correct_past", row, past=same, note="按派驻函原件改起始日")
    assert days(desk, row) == 151
    moved(desk, "withdraw_past", row, note="重复录入")
    assert days(desk, row) == 0


def test_only_its_desk_enters_and_corrects_and_only_the_place_objects(cast: Cast) -> None:
    row = earlier_service(cast)
    same = past_facts(cast, row.person_id)
    with pytest.raises(NotAllowed):
        moved(cast.county.office, "correct_past", row, past=same, note="不对")
    with pytest.raises(NotAllowed):
        moved(cast.supporting.office, "dispute_past", row, note="不对")
    with pytest.raises(Refused):
        moved(cast.stranger.office, "dispute_past", row, note="不对")
    with pytest.raises(NotAllowed), scope.acting(cast.supporting.expert):
        services.enter_past(actor=cast.supporting.expert, at=AT, key=None, past=same)


def test_nobody_was_at_two_places_on_a_day(cast: Cast) -> None:
    row, posting, desk = earlier_service(cast), a_posting(cast), cast.supporting.office
    again = past_facts(cast, row.person_id, first=date(2024, 6, 30), last=date(2024, 7, 2))
    there = past_facts(cast, posting.person_id, first=date(2026, 2, 1), last=date(2026, 3, 1))
    for one in (again, there):
        with pytest.raises(Invalid) as refused, scope.acting(desk):
            services.enter_past(actor=desk, at=AT, key=None, past=one)
        assert set(refused.value.fields) == {"first"}


def test_many_lines_are_entered_at_once_and_a_wrong_one_is_told(cast: Cast) -> None:
    with scope.system():
        one, two = (a_person(employer=cast.supporting.institution) for _ in range(2))
        for department in ("心内科", "骨科"):
            a_person("王同名", employer=cast.supporting.institution, department=department)
    client = signed_in_client(cast.supporting.office)
    county = cast.county.institution.name
    lines = [
        f"{one.name}\t\t{county}\t2023年1月1日\t2023-06-30\t函1号\t长期派驻",
        f"{two.name}\t\t某乡卫生院\t2023-01-01\t2023-06-30\t函1号\t长期派驻\t\t170",
        f"王同名\t骨科\t{county}\t2023-01-01\t2023-02-30\t函1号",
        f"王同名\t\t{county}\t2023-01-01\t2023-02-28\t函1号",
    ]
    answer = client.post("/dispatch/past/lines/", {"lines": "\n".join(lines), "key": "a"}, HTTP_ACCEPT_LANGUAGE="zh")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "2023-02-30" in text
    assert "心内科" in text
    good = [lines[0], lines[1], lines[2].replace("2023-02-30", "2023-02-28")]
    answer = client.post("/dispatch/past/lines/", {"lines": "\n".join(good), "key": "b"})
    assert answer.status_code == 303
    with scope.system():
        rows = list(PastService.objects.order_by("pk"))
    assert [(row.recipient_id, row.certified) for row in rows] == [
        (cast.county.id, None),
        (None, 170),
        (cast.county.id, None),
    ]


def test_the_form_of_one_keeps_its_scan_for_both_sides(cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    with scope.system():
        person = a_person(employer=cast.supporting.institution)
    given = {
        "person": person.name, "place": cast.county.institution.name, "first": "2023-01-01", "last": "2023-06-30",
        "letter_number": "函1号", "kind": "long", "uploads": SimpleUploadedFile("证明.pdf", b"%PDF-1.4\n%%EOF\n"),
    }  # fmt: skip
    assert signed_in_client(cast.supporting.office).post("/dispatch/past/new/", given).status_code == 303
    with scope.system():
        row = PastService.objects.get()
    page = signed_in_client(cast.county.office).get(f"/dispatch/past/{row.public_id}/").content.decode()
    link = page.split(f"/dispatch/past/{row.public_id}/files/")[1].split('"')[0]
    for actor, status in ((cast.county.office, 200), (cast.stranger.office, 404)):
        answer = signed_in_client(actor).get(f"/dispatch/past/{row.public_id}/files/{link}")
        assert answer.status_code == status
