"""The page of what the worker does for the reader."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from lianti.kernel import outbox, scope
from lianti.kernel.models import AccessEvent, OutboxTask
from lianti.lib.actor import Actor
from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db


def asked(actor: Actor, title: str = "2026 年需求清单", **columns: Any) -> int:
    with scope.acting(actor):
        pk = outbox.enqueue_for(actor, "test.nothing", {}, at=timezone.now(), title=title).pk
    with scope.system():
        OutboxTask.objects.filter(pk=pk).update(**columns)
    return pk


def page(actor: Actor) -> str:
    return signed_in_client(actor).get("/jobs/").content.decode()


def test_an_empty_page_says_what_comes_here(cast: Cast) -> None:
    html = page(cast.county.office)
    assert "还没有任务" in html
    assert "后台" in html


def test_each_state_is_told_and_offers_what_can_be_done(cast: Cast) -> None:
    office, now = cast.county.office, timezone.now()
    later = now + timedelta(minutes=1)
    asked(office)
    assert "等待" in page(office)
    assert "停止</button>" in page(office)
    asked(office, lease_until=later, done=2000, total=8000)
    asked(office, lease_until=later, done=77)
    asked(office, lease_until=later, stop_asked_at=now)
    asked(office, state="failed", done_at=now)
    asked(office, state="stopped", done_at=now)
    html = page(office)
    for said in ("运行中", 'value="25"', "2000 / 8000", "77", "正在停止", "失败", "已停止"):
        assert said in html, said
    assert html.count("停止</button>") == 3
    assert "取回文件" not in html


def test_a_file_is_fetched_by_its_person_and_that_is_written_down(cast: Cast) -> None:
    office, now = cast.county.office, timezone.now()
    path = settings.EXPORTS / "01" / "list.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("甲,乙", encoding="utf-8")
    pk = asked(office, state="done", done_at=now, result="01/list.csv")
    asked(office, state="done", done_at=now - timedelta(days=2), result="02/old.csv")
    client = signed_in_client(office)
    assert client.get("/jobs/").content.decode().count("取回文件") == 1
    answer: Any = client.get(f"/jobs/{pk}/file/")
    assert b"".join(answer.streaming_content).decode() == "甲,乙"
    assert 'filename="list.csv"' in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    with scope.system():
        assert AccessEvent.objects.filter(kind="jobs", why="file list.csv").count() == 1
    assert signed_in_client(cast.county.coordinator).get(f"/jobs/{pk}/file/").status_code == 404


def test_a_person_stops_their_own_job_alone(cast: Cast) -> None:
    office = cast.county.office
    pk = asked(office)
    assert signed_in_client(cast.stranger.office).post(f"/jobs/{pk}/stop/").status_code == 404
    answer = signed_in_client(office).post(f"/jobs/{pk}/stop/", follow=True)
    assert "任务正在停止" in answer.content.decode()
    with scope.system():
        assert OutboxTask.objects.get(pk=pk).state == "stopped"


def test_the_page_is_found_in_the_menu_of_the_seat(cast: Cast) -> None:
    assert '<a class="item" href="/jobs/">' in page(cast.county.clinician)
