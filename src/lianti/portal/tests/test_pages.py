"""To do, inbox, network, search, health and the pages for what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone

from lianti.kernel import scope, worklist
from lianti.kernel.models import Notice, WorkItem
from lianti.lib.actor import Actor
from lianti.lib.dates import end_of, shanghai_day
from lianti.lib.errors import Conflict, Invalid, KeyReused, NotAllowed, NotFound
from lianti.lib.web import search
from lianti.portal import errors
from tests.cast import Cast, a_hospital, a_relation, signed_in_client

KIND = "tests.thing"
MaxQueries = Callable[[int], Any]


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> None:
    def card(_actor: Actor, pks: list[int]) -> dict[int, worklist.Card]:
        return {pk: worklist.Card(f"事项{pk}", f"/things/{pk}/", "云溪县人民医院", "说明") for pk in pks}

    monkeypatch.setitem(worklist._cards, KIND, card)
    monkeypatch.setitem(worklist._verbs, "accept", "受理")
    monkeypatch.setitem(worklist._verbs, "verify", "核实")


def waits(actor: Actor, days: list[int | None], verb: str = "accept") -> None:
    today = shanghai_day(timezone.now())
    with scope.system():
        WorkItem.objects.bulk_create(
            WorkItem(
                tenant_id=actor.tenant_id,
                kind=KIND,
                record_pk=number,
                verb=verb,
                roles=worklist.packed([actor.role]),
                due=None if day is None else end_of(today + timedelta(days=day)),
                opened_at=timezone.now(),
            )
            for number, day in enumerate(days, 1)
        )


def tell(actor: Actor, count: int) -> list[Notice]:
    with scope.system():
        return Notice.objects.bulk_create(
            Notice(
                principal_id=actor.principal_id,
                tenant_id=actor.tenant_id,
                text_key=f"第{number}条消息",
                kind=KIND,
                record="x",
                at=timezone.now(),
            )
            for number in range(count)
        )


@pytest.mark.usefixtures("cards")
def test_to_do_shows_the_oldest_deadline_first_and_marks_the_late(cast: Cast) -> None:
    waits(cast.county.coordinator, [3, -2, None, 30])
    html = signed_in_client(cast.county.coordinator).get("/").content.decode()
    places = [html.index(f"事项{number}<") for number in (2, 1, 4, 3)]
    assert places == sorted(places)
    assert "逾期 2 天" in html
    for group in ("已逾期", "七日内", "以后", "无期限"):
        assert group in html


@pytest.mark.usefixtures("cards")
def test_to_do_of_another_role_stays_theirs(cast: Cast) -> None:
    waits(cast.county.coordinator, [3])
    html = signed_in_client(cast.county.expert).get("/").content.decode()
    assert "事项1<" not in html
    assert "暂无待办" in html


@pytest.mark.usefixtures("cards")
def test_to_do_is_filtered_by_what_is_to_be_done(cast: Cast) -> None:
    waits(cast.county.coordinator, [1, 2])
    waits(cast.county.coordinator, [None, None, 5], verb="verify")
    html = signed_in_client(cast.county.coordinator).get("/?verb=verify").content.decode()
    assert html.count("<tr") == 3 + 1 + 2  # rows, head, two groups
    assert "受理" in html  # as a chip


@pytest.mark.usefixtures("cards")
def test_to_do_goes_on_after_fifty(cast: Cast) -> None:
    waits(cast.county.coordinator, [*range(58), None, None])
    client = signed_in_client(cast.county.coordinator)
    first = client.get("/")
    token = first.context["more"]
    second = client.get(f"/?after={token}")
    assert len(first.context["rows"]) == 50
    assert len(second.context["rows"]) == 10
    assert second.context["more"] is None


@pytest.mark.usefixtures("cards")
@pytest.mark.parametrize("count", [3, 30])
def test_to_do_asks_the_same_number_of_questions(cast: Cast, count: int, django_assert_max_num_queries: Any) -> None:
    waits(cast.county.coordinator, [*range(count)])
    client = signed_in_client(cast.county.coordinator)
    with django_assert_max_num_queries(12):
        client.get("/")


@pytest.mark.parametrize("after", ["x", "W10", "a" * 700, "WyJkdWUsaWQiLFtbInMiLCIxIl0sWyJzIiwiMSJdXV0"])
def test_a_malformed_token_is_the_first_page(cast: Cast, after: str) -> None:
    client = signed_in_client(cast.county.coordinator)
    assert client.get(f"/?after={after}").status_code == 200
    assert client.get(f"/inbox/?after={after}").status_code == 200


def test_inbox_marks_one_and_all_as_seen(cast: Cast) -> None:
    actor = cast.county.coordinator
    notices = tell(actor, 3)
    client = signed_in_client(actor)
    assert "第2条消息" in client.get("/inbox/").content.decode()
    assert client.post("/inbox/seen/", {"notice": notices[0].pk}).status_code == 303
    assert ">2<" in client.get("/inbox/badge/").content.decode().replace("\n", "").replace("</span>2<", ">2<")
    client.post("/inbox/seen/")
    assert 'class="unread"' in client.get("/inbox/badge/").content.decode()
    assert not Notice.objects.filter(seen_at=None).exists()


def test_nobody_marks_the_notices_of_another(cast: Cast) -> None:
    (notice,) = tell(cast.county.coordinator, 1)
    client = signed_in_client(cast.county.expert)
    for named in (str(notice.pk), "", "9" * 30, "٣", "x"):
        assert client.post("/inbox/seen/", {"notice": named}).status_code == 303
    with scope.system():
        notice.refresh_from_db()
    assert notice.seen_at is None


def test_network_shows_picture_and_list_of_what_the_actor_may_see(cast: Cast) -> None:
    html = signed_in_client(cast.county.leader).get("/network/").content.decode()
    assert "<svg viewBox" in html
    assert cast.relation.name in html
    assert cast.relation.name not in signed_in_client(cast.stranger.leader).get("/network/").content.decode()


def test_network_is_filtered_by_state(cast: Cast) -> None:
    a_relation(cast.supporting.institution, [a_hospital()], name="协商中的关系", state="negotiating")
    client = signed_in_client(cast.supporting.office)
    html = client.get("/network/?state=negotiating").content.decode()
    assert "协商中的关系" in html
    assert cast.relation.name not in html
    assert client.get("/network/?state=nonsense").status_code == 200


@pytest.mark.parametrize("count", [3, 30])
def test_network_asks_the_same_number_of_questions(cast: Cast, count: int, django_assert_max_num_queries: Any) -> None:
    for _ in range(count):
        a_relation(cast.supporting.institution, [a_hospital()])
    client = signed_in_client(cast.supporting.office)
    with django_assert_max_num_queries(16):
        client.get("/network/")


def test_search_finds_by_part_of_a_name_and_says_when_there_is_nothing(cast: Cast) -> None:
    client = signed_in_client(cast.county.coordinator)
    assert "云溪县人民医院" in client.post("/search/", {"q": "云溪"}, follow=True).content.decode()
    nothing = client.post("/search/", {"q": "<b>无此人"}, follow=True).content.decode()
    assert "没有找到" in nothing
    assert "&lt;b&gt;无此人" in nothing
    assert client.get("/search/").status_code == 200


def test_search_asks_every_provider_in_order_and_leaves_out_the_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_providers", {})
    search.register("b", "B", lambda _actor, words, limit: [search.Hit(words.text, "/")] * limit, order=2)
    search.register("a", "A", lambda _actor, _words, _limit: [search.Hit("one", "/")], order=1)
    search.register("c", "C", lambda *_: [], order=0)
    actor = Actor(1, 1, "office")  # type: ignore[arg-type]
    found = search.find(actor, search.Typed.of("  x   y "), limit=3)
    assert [(group.label, len(group.hits), group.more) for group in found] == [("A", 1, False), ("B", 3, True)]
    assert found[1].hits[0].title == "x y"
    assert search.find(actor, search.Typed.of("   ")) == []
    assert [group.label for group in search.find(actor, search.Typed.of("x"), only="b")] == ["B"]
    assert [group.label for group in search.find(actor, search.Typed.of("x"), groups=1)] == ["A"]


@pytest.mark.django_db
def test_health_answers_without_sign_in(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\nfailed jobs: 0\n")


@pytest.mark.django_db
def test_the_badge_of_who_has_signed_out_is_not_asked_again(client: Client) -> None:
    answer = client.get("/inbox/badge/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (286, b"")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/inbox/", "/network/", "/search/"])
def test_without_sign_in_every_page_leads_there_and_back(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/?next=")
    part = {"HX-Request": "true", "HX-Current-URL": "http://testserver/needs/?state=stated"}
    assert client.get(path, headers=part).headers["HX-Redirect"] == "/sign-in/?next=%2Fneeds%2F%3Fstate%3Dstated"
    elsewhere = {"HX-Request": "true", "HX-Current-URL": "http://elsewhere.example/"}
    assert client.get(path, headers=elsewhere).headers["HX-Redirect"] == "/sign-in/?next=%2F"


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/network/institutions/x/", "/network/relations/01ARZ3NDEKTSV4RRFFQ69G5FAV/"]
)
def test_what_is_not_there_says_so_in_words(cast: Cast, path: str) -> None:
    client = signed_in_client(cast.county.leader)
    answer = client.get(path)
    assert answer.status_code == 404
    html = answer.content.decode()
    for words in ("没有找到", "发生了什么", "保留了什么", "怎么办"):
        assert words in html


@pytest.mark.parametrize("refusal", [NotAllowed(), NotFound(), Conflict(), Invalid({"": "不行"}), KeyReused()])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_refusal_has_its_page_in_both_languages(refusal: Any, language: str) -> None:
    from django.utils import translation

    request = RequestFactory().get("/x/", headers={"Referer": "http://testserver/needs/"})
    request.actor, request.user = None, AnonymousUser()  # type: ignore[attr-defined]
    with translation.override(language):
        answer = errors.page(request, refusal.status, refusal)
        html = answer.content.decode()
        assert answer.status_code == refusal.status
        assert str(refusal) in html
    assert 'href="/needs/"' in html
    assert ("保留了什么" in html) == (language == "zh-hans")


def test_the_way_back_never_leaves_the_site() -> None:
    for referer in ("https://elsewhere.example/x", "http://testserver.evil.example/", "javascript:alert(1)", "//x"):
        request = RequestFactory().get("/x/", headers={"Referer": referer})
        request.actor, request.user = None, AnonymousUser()  # type: ignore[attr-defined]
        html = errors.page(request, 404).content.decode()
        assert "evil" not in html
        assert "elsewhere" not in html
        assert "javascript" not in html


def test_the_page_for_a_broken_site_asks_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = errors.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "没有保存" in answer.content.decode()


def test_shell_shows_where_one_acts_and_the_navigation_of_the_role(cast: Cast) -> None:
    html = signed_in_client(cast.county.coordinator).get("/").content.decode()
    assert "云溪县人民医院" in html
    assert 'aria-current="page"' in html
    assert "style=" not in html
