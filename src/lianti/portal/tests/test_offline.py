"""What the site answers to the queue of a phone, and how little a page that records without a network weighs."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from lianti.contexts.accounts import queries as accounts
from lianti.contexts.activities.models import Activity
from lianti.contexts.activities.tests.test_pages import TODAY, typed
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.web import offline
from lianti.portal.middleware import POLICY
from lianti.records.models import KeptForm
from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db
RECORD = "/activities/new/"


def seat_of(actor: Actor) -> str:
    """Return the seat that the actor holds."""
    held = accounts.memberships(actor.principal_id, TODAY)
    return next(one.public_id for one in held if (one.institution_id, one.role) == (actor.tenant_id, actor.role))


def count(model: Any) -> int:
    with scope.system():
        return int(model.objects.count())


def test_the_worker_knows_pages_and_files_and_nobody(cast: Cast) -> None:
    answer = signed_in_client(cast.posted_expert).get("/worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Security-Policy"] == POLICY
    text = answer.content.decode()
    assert text == Client().get("/worker.js").content.decode()
    assert json.loads(re.search(r"PAGES = (\[.*?\])", text)[1]) == offline.pages()  # type: ignore[index]
    assert all(name in text for name in offline.FILES)
    assert all(finders.find(name) for name in offline.FILES)
    assert offline.version() in text


def test_the_seat_is_told_to_whoever_sits_in_it(cast: Cast) -> None:
    expert = cast.posted_expert
    nobody = Client().get("/seat/")
    assert (nobody.status_code, nobody.json()) == (401, {})
    answer = signed_in_client(expert).get("/seat/")
    assert answer.json()["seat"] == seat_of(expert)
    assert answer.json()["token"]
    assert "no-store" in answer.headers["Cache-Control"]
    page = signed_in_client(expert).get(RECORD).content.decode()
    assert f'data-seat="{seat_of(expert)}"' in page


def test_a_queued_form_is_taken_once_however_often_it_comes(cast: Cast) -> None:
    expert = cast.posted_expert
    client = signed_in_client(expert)
    form = typed(cast, title="卒中讲座")
    first = client.post(RECORD, form, headers={offline.HEADER: seat_of(expert)})
    again = client.post(RECORD, form, headers={offline.HEADER: seat_of(expert)})
    assert first.json() == again.json()
    assert first.json()["taken"] is True
    assert client.get(first.json()["at"]).status_code == 200
    assert count(Activity) == 1
    assert "note success" not in client.get(RECORD).content.decode()  # the queue has said it


def test_who_looks_on_is_told_on_the_next_page(cast: Cast) -> None:
    expert = cast.posted_expert
    client = signed_in_client(expert)
    heads = {offline.HEADER: seat_of(expert), offline.WATCHED: "1"}
    at = client.post(RECORD, typed(cast), headers=heads).json()["at"]
    assert "note success" in client.get(at).content.decode()


def test_a_form_of_another_seat_is_not_even_looked_at(cast: Cast) -> None:
    form, heads = typed(cast), {offline.HEADER: seat_of(cast.posted_expert)}
    for client in (signed_in_client(cast.county.clinician), Client()):
        answer = client.post(RECORD, form, headers=heads)
        assert (answer.status_code, answer.json()) == (401, {})
    assert (count(Activity), count(KeptForm)) == (0, 0)


def test_an_old_token_is_asked_for_anew_and_nothing_is_kept(cast: Cast) -> None:
    expert = cast.posted_expert
    client = signed_in_client(expert, enforce_csrf_checks=True)
    heads = {offline.HEADER: seat_of(expert), "X-CSRFToken": "a" * 64}
    assert client.post(RECORD, typed(cast), headers=heads).status_code == 401
    token = client.get("/seat/").json()["token"]
    answer = client.post(RECORD, typed(cast), headers={**heads, "X-CSRFToken": token})
    assert answer.json()["taken"] is True
    assert (count(Activity), count(KeptForm)) == (1, 0)


def test_a_refusal_comes_with_its_sentences(cast: Cast) -> None:
    expert = cast.posted_expert
    answer = signed_in_client(expert).post(RECORD, typed(cast, day=""), headers={offline.HEADER: seat_of(expert)})
    assert answer.status_code == 422
    assert 'class="errors"' in answer.content.decode()


def weight(name: str) -> int:
    """Return the bytes of a file of the browser as they go over the wire."""
    return len(gzip.compress(Path(str(finders.find(name))).read_bytes()))


def test_first_load_fits_a_bad_line(cast: Cast) -> None:
    client = signed_in_client(cast.posted_expert)
    files = sum(weight(name) for name in offline.FILES)
    for page in offline.pages():
        html = client.get(page).content
        assert len(gzip.compress(html)) + files <= 80_000, page
    assert weight("web/queue.js") + weight("web/queue-page.js") <= 8_192


def test_the_shelf_takes_both_pages_within_the_same_bytes(cast: Cast) -> None:
    client = signed_in_client(cast.posted_expert)
    files = sum(weight(name) for name in offline.FILES) + len(client.get("/worker.js").content)
    # The page itself, then every page once more for the shelf.
    all_pages = sum(len(gzip.compress(client.get(page).content)) for page in offline.pages())
    assert files + 2 * all_pages <= 80_000
