"""Nothing typed is lost: refused, session gone, sent again after Back; and nobody else ever sees it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianti.contexts.activities.models import Activity, ActivityFile
from lianti.contexts.evidence.tests.samples import png
from lianti.contexts.ledger.models import Entry
from lianti.contexts.needs.models import Need
from lianti.kernel import scope
from lianti.kernel.models import Principal
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from lianti.records import held, kept
from lianti.records.models import HeldFile, KeptForm
from tests.cast import PASSWORD, Cast, a_member, a_principal, phone_of, signed_in_client

pytestmark = pytest.mark.django_db
NEW = "/activities/new/?kind=lecture"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    return iter([None])


def lecture(cast: Cast, **other: Any) -> dict[str, Any]:
    return {
        "key": ids.new(),
        "kind": "lecture",
        "day": "2026-03-09",
        "quantity": "1",
        "giver": cast.supporting.institution.public_id,
        "receivers": [cast.county.institution.public_id],
        "title": "心梗救治讲座",
        "extra_topic": "心梗救治",
        "extra_attendees": "30",
        **other,
    }


def photo(name: str = "签到表.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png(), "image/png")


def boxes(answer: Any) -> list[str]:
    return re.findall(r'name="held-uploads" value="(\w+)" checked', answer.content.decode())


def sender_of(client: Client, address: str = NEW) -> str:
    return re.search(r'name="by" value="([^"]+)"', client.get(address).content.decode())[1]


def stored(model: Any) -> int:
    with scope.system():
        return int(model.objects.count())


def names_of_proof() -> list[str]:
    with scope.system():
        return list(ActivityFile.objects.values_list("file__name", flat=True))


# Refused ---------------------------------------------------------------------------------------------------


def test_refused_form_keeps_its_file_and_takes_it_when_it_is_sent_rightly(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    refused = client.post(NEW, lecture(cast, quantity="viele", uploads=photo()))
    assert refused.status_code == 422
    assert "签到表.png" in refused.content.decode()
    assert len(boxes(refused)) == 1

    again = client.post(NEW, lecture(cast, quantity="", **{"held-uploads": boxes(refused)}))
    assert boxes(again) == boxes(refused)
    taken = client.post(NEW, lecture(cast, **{"held-uploads": boxes(again)}))
    assert taken.status_code == 303
    assert names_of_proof() == ["签到表.png"]
    assert stored(HeldFile) == 0


def test_file_that_is_unticked_stays_out(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    client.post(NEW, lecture(cast, quantity="", uploads=photo()))
    assert client.post(NEW, lecture(cast)).status_code == 303
    assert names_of_proof() == []


def test_form_that_is_taken_at_once_holds_nothing(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    assert client.post(NEW, lecture(cast, uploads=photo())).status_code == 303
    assert names_of_proof() == ["签到表.png"]
    assert stored(HeldFile) == 0


def test_held_file_satisfies_a_field_that_is_required(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    client.post(NEW, lecture(cast))
    with scope.system():
        url = f"/activities/{Activity.objects.get().public_id}/moves/attach/"
    wrong = client.post(url, {"key": ids.new(), "note": "x" * 500, "uploads": photo()})
    assert wrong.status_code == 422
    assert not re.search(r'<input type="file"[^>]*required', wrong.content.decode())
    sent = client.post(url, {"key": ids.new(), "note": "签到", "held-uploads": boxes(wrong)})
    assert sent.status_code == 303
    assert names_of_proof() == ["签到表.png"]


def test_held_file_serves_its_own_person_form_and_field_only(cast: Cast) -> None:
    refused = signed_in_client(cast.supporting.office).post(NEW, lecture(cast, quantity="", uploads=photo()))
    key = boxes(refused)[0]
    own, other = signed_in_client(cast.supporting.office), signed_in_client(cast.supporting.coordinator)
    for client, body in (
        (other, {"held-uploads": key}),
        (signed_in_client(cast.stranger.office), {"held-uploads": key}),
        (own, {"held-scan": key}),
    ):
        assert boxes(client.post(NEW, lecture(cast, quantity="", **body))) == []
    assert boxes(own.post("/activities/week/", {"held-uploads": key})) == []
    assert boxes(own.post(NEW, lecture(cast, quantity="", **{"held-uploads": key}))) == [key]


def test_what_is_too_large_or_too_many_is_not_held(cast: Cast, settings: Any) -> None:
    settings.UPLOAD_MEGABYTES = 1
    client = signed_in_client(cast.supporting.office)
    large = SimpleUploadedFile("大.png", b"x" * (1024 * 1024 + 1))
    assert boxes(client.post(NEW, lecture(cast, quantity="", uploads=large))) == []
    many = [photo(f"{n}.png") for n in range(held.MOST + 2)]
    assert len(boxes(client.post(NEW, lecture(cast, quantity="", uploads=many)))) == held.MOST
    for _ in range(4):
        client.post(NEW, lecture(cast, quantity="", uploads=many))
    assert stored(HeldFile) == held.OF_ONE


@pytest.mark.django_db(transaction=True)
def test_after_a_day_it_is_gone_bytes_and_all(cast: Cast, tmp_path: Path) -> None:
    client = signed_in_client(cast.supporting.office)
    refused = client.post(NEW, lecture(cast, quantity="", uploads=photo()))
    assert len(list((tmp_path / "held").iterdir())) == 1
    now = datetime.now(UTC)
    with scope.system():
        held.sweep({}, at=now + timedelta(hours=23), task_id=0)
    assert boxes(client.post(NEW, lecture(cast, quantity="", **{"held-uploads": boxes(refused)}))) == boxes(refused)
    with scope.system():
        held.sweep({}, at=now + timedelta(hours=25), task_id=0)
        assert not HeldFile.objects.exists()
    assert list((tmp_path / "held").iterdir()) == []


# Session gone ----------------------------------------------------------------------------------------------


def lose_session(client: Client) -> None:
    client.logout()


def sign_in(client: Client, actor: Actor, onward: str) -> Any:
    with scope.system():
        phone = phone_of(actor)
    return client.post("/sign-in/", {"name": phone, "password": PASSWORD, "next": onward})


def sent_without_session(cast: Cast, client: Client, **other: Any) -> str:
    by = sender_of(client)
    keep = client.cookies.get("csrftoken")
    lose_session(client)
    if keep is not None:
        client.cookies["csrftoken"] = keep.value
    away = client.post(NEW, lecture(cast, by=by, uploads=photo(), **other))
    assert away.status_code == 302
    assert away["Location"].startswith("/sign-in/?next=")
    shown = client.get(away["Location"])
    return str(shown.context["next"])


def test_form_sent_after_the_session_ended_stands_filled_after_sign_in(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    onward = sent_without_session(cast, client)
    assert onward.startswith(NEW)
    assert sign_in(client, cast.supporting.office, onward)["Location"] == onward
    page = client.get(onward)
    assert page.status_code == 200
    assert "心梗救治讲座" in page.content.decode()
    assert len(boxes(page)) == 1
    assert stored(Activity) == 0

    assert client.post(onward, lecture(cast, **{"held-uploads": boxes(page)})).status_code == 303
    assert names_of_proof() == ["签到表.png"]
    with scope.system():
        assert not KeptForm.objects.exists()


def test_sign_in_says_that_the_form_is_kept(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    onward = sent_without_session(cast, client)
    page = client.get("/sign-in/", {"next": onward}, headers={"accept-language": "en"}).content.decode()
    assert "Your form is kept" in page


def test_another_person_in_the_same_browser_sees_an_empty_form(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    onward = sent_without_session(cast, client)
    for other in (cast.supporting.coordinator, cast.county.office):
        sign_in(client, other, onward)
        page = client.get(onward)
        assert "心梗救治讲座" not in page.content.decode()
        assert boxes(page) == []
        client.post("/sign-out/")


def test_same_person_in_another_browser_sees_an_empty_form(cast: Cast) -> None:
    onward = sent_without_session(cast, signed_in_client(cast.supporting.office))
    elsewhere = signed_in_client(cast.supporting.office)
    assert "心梗救治讲座" not in elsewhere.get(onward).content.decode()
    elsewhere.cookies[held.COOKIE] = "guessed"
    assert "心梗救治讲座" not in elsewhere.get(onward).content.decode()


def test_another_seat_of_the_same_person_gets_it_too(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    onward = sent_without_session(cast, client)
    with scope.system():
        principal = Principal.objects.get(pk=cast.supporting.office.principal_id)
    seat = a_member(Role.COORDINATOR, cast.county.institution, principal=principal)
    cookie = client.cookies[held.COOKIE].value
    other_seat = signed_in_client(seat)
    other_seat.cookies[held.COOKIE] = cookie
    assert "心梗救治讲座" in other_seat.get(onward).content.decode()


@pytest.mark.parametrize("word", ["", "forged", "WzEsMV0:1abc:signature"])
def test_form_without_a_true_sender_is_not_kept(cast: Cast, word: str) -> None:
    away = Client().post(NEW, lecture(cast, by=word, uploads=photo()))
    assert away["Location"] == "/sign-in/?next=%2F"
    with scope.system():
        assert not KeptForm.objects.exists()
        assert not HeldFile.objects.exists()


def test_passwords_are_never_kept(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    by = sender_of(client)
    lose_session(client)
    client.post("/password/", {"by": by, "old": PASSWORD, "new": "another-bamboo-2026"})
    with scope.system():
        assert not KeptForm.objects.exists()


def test_too_much_text_is_not_kept_and_of_one_person_only_the_latest_forms_are(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    by = sender_of(client)
    lose_session(client)
    client.post(NEW, lecture(cast, by=by, note="长" * kept.LONGEST))
    with scope.system():
        assert not KeptForm.objects.exists()
    for _ in range(kept.OF_ONE + 3):
        client.post(NEW, lecture(cast, by=by))
    with scope.system():
        assert KeptForm.objects.count() == kept.OF_ONE


def test_move_stands_open_and_filled_on_the_page_of_its_record(cast: Cast) -> None:
    from lianti.contexts.needs.tests.builders import a_need

    need = a_need(cast)
    client = signed_in_client(cast.supporting.office)
    by = sender_of(client, f"/needs/{need.public_id}/")
    lose_session(client)
    away = client.post(
        f"/needs/{need.public_id}/moves/return/",
        {"by": by, "key": ids.new(), "note": "请补充科室与人数"},
        headers={"referer": f"http://testserver/needs/{need.public_id}/"},
    )
    onward = client.get(away["Location"]).context["next"]
    sign_in(client, cast.supporting.office, onward)
    page = client.get(onward)
    assert page.status_code == 200
    assert "请补充科室与人数" in page.content.decode()
    with scope.system():
        assert Need.objects.get().state == "stated"

    client.post("/sign-out/")
    sign_in(client, cast.supporting.coordinator, onward)
    assert client.get(onward)["Location"] == "/"  # not theirs, and no page stands at this address


def test_button_without_a_form_is_not_pressed_again_by_itself(cast: Cast) -> None:
    signed_in_client(cast.supporting.office).post(NEW, lecture(cast))
    with scope.system():
        page = f"/ledger/entries/{Entry.objects.get().public_id}/"
    client = signed_in_client(cast.county.office)
    by = sender_of(client, page)
    lose_session(client)
    body = {"by": by, "key": ids.new()}
    away = client.post(f"{page}moves/verify/", body, headers={"referer": f"http://testserver{page}"})
    onward = client.get(away["Location"]).context["next"]
    sign_in(client, cast.county.office, onward)
    told = client.get(onward, headers={"accept-language": "en"})
    assert (told.status_code, told["Location"]) == (303, page)
    assert "nothing was done" in client.get(page, headers={"accept-language": "en"}).content.decode()
    with scope.system():
        assert Entry.objects.get().state == "declared"


def test_nobody_keeps_a_form_for_somebody_without_a_seat(cast: Cast) -> None:
    lonely = a_principal()
    client = Client()
    client.force_login(lonely, backend="lianti.contexts.accounts.services.PhoneAndPassword")
    away = client.post(NEW, lecture(cast, by=""))
    assert away["Location"].startswith("/acting/")


# Sent again ------------------------------------------------------------------------------------------------


def test_same_form_sent_again_leads_to_what_it_booked(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    body = lecture(cast)
    first = client.post(NEW, body)
    again = client.post(NEW, body, follow=True, headers={"accept-language": "en"})
    assert again.redirect_chain[0][0] == first["Location"]
    assert "Nothing was booked twice" in again.content.decode()
    with scope.system():
        assert Activity.objects.count() == 1


def test_form_come_back_to_and_changed_says_what_it_booked_and_asks(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    body = lecture(cast)
    booked = client.post(NEW, body)["Location"]
    asked = client.post(NEW, {**body, "quantity": "3"})
    assert asked.status_code == 422
    assert f'href="{booked}"' in asked.content.decode()
    question = asked.context["form"].question
    yes = client.post(NEW, lecture(cast, quantity="3", **{question.name: question.value}))
    assert yes.status_code == 303
    with scope.system():
        assert Activity.objects.count() == 2
