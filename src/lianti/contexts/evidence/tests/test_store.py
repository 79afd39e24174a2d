"""Keeping files and handing them out."""

import hashlib
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from lianti.contexts.evidence import domain, queries, services
from lianti.contexts.evidence.states import FILE
from lianti.contexts.evidence.tests import samples
from lianti.contexts.evidence.tests.samples import GOOD, PDF, SECRET
from lianti.kernel import outbox, scope
from lianti.kernel.models import AccessEvent
from lianti.lib import ids
from lianti.lib.errors import Conflict, Invalid, KeyReused, NotAllowed, NotFound
from tests.cast import AT, Cast

db = pytest.mark.django_db
GRANT = services.Grant("tests.thing", ids.new())


def _store(cast: Cast, name: str, content: bytes, key: str | None = None) -> str:
    return services.store(actor=cast.county.expert, at=AT, key=key, name=name, content=content).public_id


def _path(cast: Cast, content: bytes) -> Path:
    return Path(settings.MEDIA_ROOT) / str(cast.county.id) / _shared_path(content).relative_to(settings.MEDIA_ROOT)


def _shared_path(content: bytes) -> Path:
    digest = hashlib.sha256(content).hexdigest()
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:4] / digest


def test_table_is_sound() -> None:
    assert list(FILE.problems()) == []


@db
@pytest.mark.parametrize("name", sorted(GOOD))
def test_allowed_kinds_are_kept_and_given_back(cast: Cast, name: str) -> None:
    held = services.fetch(
        actor=cast.supporting.office, at=AT, file_id=_store(cast, name, GOOD[name]), grant=GRANT, why="verify"
    )
    assert held.name == name
    assert SECRET not in held.content
    if name[0] in "盖bfghijk":
        assert domain.strip(held.media_type, held.content) == held.content


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.exe", b"MZ", "ending"),
        ("a", PDF, "ending"),
        ("a.svg", b"<svg/>", "ending"),
        ("a.pdf", b"MZ\x90\0", "content"),
        ("a.jpg", PDF, "content"),
        ("a.txt", b"MZ\x90\0\0", "content"),
        ("a.docx", samples.office("xl/workbook.xml"), "content"),
        ("a.docx", b"PK\x03\x04broken", "content"),
        ("a.docx", samples.office("word/document.xml", macros=True), "macros"),
    ],
)
def test_others_are_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(domain.Unfit) as unfit:
        domain.judge(name, content)
    assert unfit.value.code == code


@db
def test_refusal_names_the_file_and_changes_nothing(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        _store(cast, "病历.exe", b"MZ")
    assert "病历.exe" in str(refusal.value.fields["files"])


@db
def test_too_large_is_said_with_both_sizes(cast: Cast, settings: object) -> None:
    settings.UPLOAD_MEGABYTES = 1  # type: ignore[attr-defined]
    with pytest.raises(Invalid) as refusal:
        _store(cast, "a.txt", b"a" * (1024 * 1024 + 1))
    assert "2 MB" in str(refusal.value.fields["files"])


def test_picture_keeps_its_image_and_which_way_is_up() -> None:
    kept = domain.strip("image/jpeg", samples.jpeg(up=6))
    assert SECRET not in kept
    assert b"ICC_PROFILE" in kept
    assert b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9" in kept
    assert b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06" in kept
    assert b"Exif" not in domain.strip("image/jpeg", samples.jpeg(up=1))
    assert domain.strip("image/jpeg", kept) == kept
    assert b"tEXt" not in domain.strip("image/png", samples.png())
    assert b"PICTURE!" in domain.strip("image/heic", samples.heic())


@given(st.sampled_from(["a.jpg", "c.png", "d.webp", "e.heic"]), st.data())
def test_broken_pictures_are_unfit_or_stay_clean(name: str, data: st.DataObject) -> None:
    whole = GOOD[name]
    cut = whole[: data.draw(st.integers(8, len(whole)))]
    spot = data.draw(st.integers(0, len(cut) - 1))
    broken = cut[:spot] + bytes([data.draw(st.integers(0, 255))]) + cut[spot + 1 :]
    kinds = {"a.jpg": "image/jpeg", "c.png": "image/png", "d.webp": "image/webp", "e.heic": "image/heic"}
    with suppress(domain.Unfit):
        domain.strip(kinds[name], broken)


@given(st.text(max_size=300))
def test_names_are_short_plain_and_without_folders(name: str) -> None:
    clean = domain.clean_name(name + ".pdf")
    assert len(clean) <= 120
    assert not set(clean) & set("/\\\n\r\t\0\u202e")
    assert clean.endswith("pdf")


@db
def test_same_bytes_lie_there_once(cast: Cast) -> None:
    first, second = _store(cast, "一.pdf", PDF), _store(cast, "二.pdf", PDF)
    assert first != second
    facts = queries.file(first)
    assert facts.sha256 == queries.file(second).sha256
    assert len(list(_path(cast, PDF).parent.glob(f"{facts.sha256}*"))) == 1


@db
def test_same_key_stores_once(cast: Cast) -> None:
    key = ids.new()
    assert _store(cast, "a.pdf", PDF, key) == _store(cast, "a.pdf", PDF, key)
    with pytest.raises(KeyReused):
        _store(cast, "b.pdf", PDF, key)


@db
def test_half_written_bytes_are_written_anew(cast: Cast) -> None:
    content = PDF + b"%half"
    _path(cast, content).parent.mkdir(parents=True, exist_ok=True)
    _path(cast, content).write_bytes(b"%P")
    file_id = _store(cast, "a.pdf", content)
    assert services.read(actor=cast.county.office, at=AT, file_id=file_id, grant=GRANT, why="look") == content


@db
def test_changed_bytes_are_not_handed_out(cast: Cast) -> None:
    content = PDF + b"%changed"
    file_id = _store(cast, "a.pdf", content)
    _path(cast, content).write_bytes(content.replace(b"changed", b"CHANGED"))
    with pytest.raises(Conflict):
        services.read(actor=cast.county.office, at=AT, file_id=file_id, grant=GRANT, why="look")
    _path(cast, content).unlink()
    with pytest.raises(Conflict):
        services.read(actor=cast.county.office, at=AT, file_id=file_id, grant=GRANT, why="look")


@db
def test_every_reading_is_written_down(cast: Cast) -> None:
    file_id = _store(cast, "a.pdf", PDF)
    with scope.system():
        before = AccessEvent.objects.count()
    services.read(actor=cast.supporting.office, at=AT, file_id=file_id, grant=GRANT, why="verify")
    with scope.system():
        event = AccessEvent.objects.order_by("-pk").first()
        assert AccessEvent.objects.count() == before + 1
    assert event is not None
    assert (event.kind, event.record) == (GRANT.kind, GRANT.public_id)
    assert file_id in event.why


@db
def test_unknown_file_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotFound):
        services.read(actor=cast.county.office, at=AT, file_id=ids.new(), grant=GRANT, why="look")


@db
def test_download_is_neither_shown_nor_guessed_about(cast: Cast) -> None:
    file_id = _store(cast, "纪要 1.html", b"<!doctype html><script>alert(1)</script>")
    held = services.fetch(actor=cast.county.office, at=AT, file_id=file_id, grant=GRANT, why="look")
    answer = services.response(held)
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


@db
def test_erasing_takes_bytes_and_name_when_nobody_else_needs_them(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    content = PDF + b"%erase"
    first, second = _store(cast, "一.pdf", content), _store(cast, "二.pdf", content)
    office = cast.county.office
    for file_id, left in ((first, True), (second, False)):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            services.erase(actor=office, at=AT + timedelta(days=1), key=None, file_id=file_id, note="患者面部可见")
        assert _path(cast, content).exists() is left
        assert queries.file(file_id).erased
        with pytest.raises(Conflict):
            services.read(actor=office, at=AT, file_id=file_id, grant=GRANT, why="look")


@db
def test_only_the_house_that_gave_it_erases_with_a_reason(cast: Cast) -> None:
    file_id = _store(cast, "a.pdf", PDF)
    for actor, error in ((cast.stranger.office, NotFound), (cast.county.expert, NotAllowed)):
        with pytest.raises(error):
            services.erase(actor=actor, at=AT, key=None, file_id=file_id, note="x")
    with pytest.raises(Invalid):
        services.erase(actor=cast.county.office, at=AT, key=None, file_id=file_id, note="")


@db
def test_c35_the_same_bytes_of_two_institutions_are_two_files(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    content = PDF + b"%both"
    ours = _store(cast, "a.pdf", content)
    theirs = services.store(actor=cast.supporting.office, at=AT, key=None, name="a.pdf", content=content).public_id
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        services.erase(actor=cast.county.office, at=AT, key=None, file_id=ours, note="误传")
    assert not _path(cast, content).exists()
    assert services.read(actor=cast.supporting.office, at=AT, file_id=theirs, grant=GRANT, why="look") == content


@db
def test_c35_bytes_that_were_shared_are_parted_when_one_is_erased(cast: Cast) -> None:
    """As files of releases before 2026-12 lie there."""
    content = PDF + b"%shared"
    ours = _store(cast, "a.pdf", content)
    theirs = services.store(actor=cast.supporting.office, at=AT, key=None, name="a.pdf", content=content).public_id
    own = Path(settings.MEDIA_ROOT) / str(cast.supporting.id)
    own /= _shared_path(content).relative_to(settings.MEDIA_ROOT)
    _shared_path(content).parent.mkdir(parents=True, exist_ok=True)
    own.rename(_shared_path(content))
    _path(cast, content).unlink()
    for file_id, reader in ((ours, cast.county.office), (theirs, cast.supporting.office)):
        assert services.read(actor=reader, at=AT, file_id=file_id, grant=GRANT, why="look") == content
    services.erase(actor=cast.county.office, at=AT, key=None, file_id=ours, note="误传")
    with scope.system():
        assert outbox.work(10, AT) >= 1
    assert not _shared_path(content).exists()
    assert services.read(actor=cast.supporting.office, at=AT, file_id=theirs, grant=GRANT, why="look") == content
