"""扫码上传: the code opens one field of one form, once, for ten minutes."""

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lianti.contexts.evidence.tests.samples import heic, png
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.records import codes, held, kept
from lianti.records.models import HeldFile, KeptForm, UploadCode
from lianti.records.tests.test_kept import NEW, _files, boxes, lecture, names_of_proof, photo, stored
from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db
__all__ = ["_files"]
ASK = "/upload-codes/"
ENGLISH = {"accept-language": "en"}


def asked(client: Client, cast: Cast, **other: Any) -> Any:
    """Press the button on a half-filled form, and return the form as it stands then."""
    answer = client.post(ASK, lecture(cast, quantity="", code=f"new uploads {NEW}", **other))
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{NEW}&kept=")
    return client.get(answer["Location"])


def link_of(page: Any) -> str:
    return html.unescape(re.search(r'class="qr" href="([^"]+)"', page.content.decode())[1])


def the_code() -> UploadCode:
    with scope.system():
        return UploadCode.objects.latest("pk")


def sent(link: str, *files: SimpleUploadedFile) -> Any:
    return Client().post(link, {"photos": list(files)}, headers=ENGLISH)


def test_photo_of_a_phone_appears_in_the_open_form_and_becomes_proof(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    page = asked(client, cast, uploads=photo("先选.png"))
    text = page.content.decode()
    assert "<svg" in text
    assert "心梗救治讲座" in text
    assert page.context["form"].errors == {"__all__": [page.context["form"].unsent]}  # nobody is blamed yet
    link = link_of(page)
    assert "Photos or scans" in Client().get(link, headers=ENGLISH).content.decode()
    assert "1 file has arrived" in sent(link, SimpleUploadedFile("手机.heic", heic())).content.decode()

    part = client.get(f"{ASK}{the_code().public_id}/")
    assert part.status_code == 286
    assert len(boxes(part)) == 1
    looked = client.post(
        ASK, lecture(cast, **{"code": f"look {the_code().public_id}", "address": NEW, "held-uploads": boxes(page)})
    )
    form = client.get(looked["Location"])
    assert boxes(form) == [*boxes(page), *boxes(part)]
    taken = client.post(NEW, lecture(cast, **{"held-uploads": boxes(form)}))
    assert taken.status_code == 303
    assert sorted(names_of_proof()) == ["先选.png", "手机.heic"]


def test_without_the_phone_the_form_goes_on_as_it_is(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    page = asked(client, cast)
    waiting = client.get(f"{ASK}{the_code().public_id}/")
    assert waiting.status_code == 200
    assert link_of(waiting) == link_of(page)
    still = client.post(NEW, lecture(cast, quantity="", **{"code-uploads": the_code().public_id}))
    assert link_of(still) == link_of(page)  # a refused form keeps its code
    assert client.post(NEW, lecture(cast)).status_code == 303


def test_code_works_once(cast: Cast) -> None:
    link = link_of(asked(signed_in_client(cast.supporting.office), cast))
    assert sent(link, photo()).status_code == 200
    for answer in (sent(link, photo()), Client().get(link, headers=ENGLISH)):
        assert answer.status_code == 410
        assert "was used" in answer.content.decode()
    assert stored(HeldFile) == 1


def test_two_phones_at_once_are_told_apart(cast: Cast) -> None:
    asked(signed_in_client(cast.supporting.office), cast)
    now, first, second = timezone.now(), the_code(), the_code()
    with scope.acting(cast.supporting.office):
        assert codes.send(first, [photo()], now) == ""
        assert str(codes.send(second, [photo()], now))
        assert HeldFile.objects.count() == 1


def test_code_expires_after_ten_minutes(cast: Cast) -> None:
    link = link_of(asked(signed_in_client(cast.supporting.office), cast))
    with scope.system():
        UploadCode.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    answer = sent(link, photo())
    assert answer.status_code == 410
    assert "expired" in answer.content.decode()
    assert stored(HeldFile) == 0


def test_code_lives_ten_minutes_and_its_word_is_not_in_the_table(cast: Cast) -> None:
    link = link_of(asked(signed_in_client(cast.supporting.office), cast))
    code = the_code()
    assert timedelta(minutes=9) < code.expires_at - datetime.now(UTC) <= timedelta(minutes=10)
    assert code.token not in link


def test_code_can_be_cancelled_on_the_form(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    page = asked(client, cast)
    answer = client.post(ASK, lecture(cast, code=f"cancel {the_code().public_id}", address=NEW))
    assert "心梗救治讲座" in client.get(answer["Location"]).content.decode()
    refused = sent(link_of(page), photo())
    assert refused.status_code == 410
    assert "cancelled" in refused.content.decode()


@pytest.mark.parametrize("word", ["x", "WzEsMSwiMDFBIl0:signature", "a:b:c"])
def test_word_that_was_never_one_says_so(cast: Cast, word: str) -> None:
    answer = Client().get(f"/u/{word}/", headers=ENGLISH)
    assert answer.status_code == 410
    assert "not valid" in answer.content.decode()


def test_phone_is_held_to_number_and_size(cast: Cast, settings: Any) -> None:
    settings.UPLOAD_MEGABYTES = 1
    link = link_of(asked(signed_in_client(cast.supporting.office), cast))
    large = SimpleUploadedFile("大.png", b"x" * (1024 * 1024 + 1))
    empty = SimpleUploadedFile("空.png", b"")
    for files in ([], [large], [empty], [photo(f"{n}.png") for n in range(codes.MOST + 1)]):
        assert sent(link, *files).status_code == 422
    assert stored(HeldFile) == 0
    assert sent(link, *[photo(f"{n}.png") for n in range(codes.MOST)]).status_code == 200


@pytest.mark.parametrize("whose", ["colleague", "stranger"])
def test_code_and_photo_are_nobody_elses(cast: Cast, whose: str) -> None:
    page = asked(signed_in_client(cast.supporting.office), cast)
    sent(link_of(page), photo())
    other: Actor = cast.supporting.coordinator if whose == "colleague" else cast.stranger.office
    client = signed_in_client(other)
    ident = the_code().public_id
    assert client.get(f"{ASK}{ident}/").status_code == 404
    for verb in ("look", "cancel"):
        assert client.post(ASK, {"code": f"{verb} {ident}", "address": NEW}).status_code == 404
    with scope.system():
        key = HeldFile.objects.get().public_id
    refused = client.post(NEW, lecture(cast, quantity="", **{"held-uploads": key, "code-uploads": ident}))
    assert boxes(refused) == []
    assert "<svg viewBox" not in refused.content.decode().split('class="held"')[-1]


@pytest.mark.parametrize(
    "address",
    ["", "//elsewhere.example/x", "https://elsewhere.example/", "/nowhere/", "/needs/", "/password/", "/sign-in/"],
)
def test_code_is_made_for_forms_of_this_site_alone(cast: Cast, address: str) -> None:
    client = signed_in_client(cast.supporting.office)
    assert client.post(ASK, {"code": f"new uploads {address}"}).status_code == 404
    assert stored(UploadCode) == 0


def test_code_of_one_form_does_nothing_in_another(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    asked(client, cast)
    for verb in ("look", "cancel"):
        answer = client.post(ASK, lecture(cast, code=f"{verb} {the_code().public_id}", address="/intake/new/"))
        assert answer.status_code == 404
    assert the_code().cancelled_at is None


def test_form_too_long_to_be_kept_says_so_and_makes_no_code(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    answer = client.post(ASK, lecture(cast, note="长" * kept.LONGEST, code=f"new uploads {NEW}"), headers=ENGLISH)
    assert answer.status_code == 422
    assert "too long to be kept" in answer.content.decode()
    assert stored(KeptForm) == 0


def test_codes_of_one_person_are_counted(cast: Cast) -> None:
    now = timezone.now()
    with scope.acting(cast.supporting.office):
        for _ in range(codes.OPEN):
            codes.make(cast.supporting.office, now, "/activities/new/", "uploads")
    client = signed_in_client(cast.supporting.office)
    assert client.post(ASK, lecture(cast, code=f"new uploads {NEW}")).status_code == 422


def test_every_file_field_offers_it_and_enter_still_sends_the_form(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    for address in (NEW, "/agreements/new/signed/", "/intake/new/"):
        text = client.get(address, follow=True).content.decode()
        first = re.search(r'<button type="submit"[^>]*>', text[text.index('class="form') :])
        assert 'name="code" value="new uploads' in text, address
        assert first is not None
        assert "formaction" not in first[0], address


def test_sweep_takes_old_codes_away(cast: Cast) -> None:
    asked(signed_in_client(cast.supporting.office), cast)
    with scope.system():
        held.sweep({}, at=timezone.now() + timedelta(days=2), task_id=0)
        assert not UploadCode.objects.exists()


def test_png_stays_a_png() -> None:
    assert photo().read() == png()
