"""A record's page: versions, what happened meanwhile, and what was typed. Tried on the needs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from lianti.contexts.needs import forms, services, views
from lianti.contexts.needs.models import Need
from lianti.contexts.needs.queries import KIND
from lianti.contexts.needs.states import NeedState
from lianti.contexts.needs.tests.builders import a_need
from lianti.contexts.needs.tests.test_pages import typed as filled
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.errors import Invalid
from lianti.records import directory, kinds
from lianti.records.pages import Act, typed
from tests.cast import AT, Cast, signed_in_client

pytestmark = pytest.mark.django_db


def post(client: Client, need: Need, name: str, **typed: str) -> Any:
    return client.post(f"/needs/{need.public_id}/moves/{name}/", {"key": ids.new(), **typed})


def test_form_over_an_old_version_shows_what_happened_and_keeps_what_was_typed(cast: Cast) -> None:
    need = a_need(cast, NeedState.ACCEPTED)
    office = cast.supporting.office
    with scope.acting(office):
        services.answer(actor=office, at=AT, key=None, need_id=need.public_id, plan=services.PlanFacts("别人的方案"))
    answer = post(signed_in_client(office), need, "answer", plan_text="我的方案", seen=str(need.version))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "我的方案" in page
    assert [str(moment.what) for moment in answer.context["since"]]
    assert "别人的方案" in page
    with scope.system():
        assert Need.objects.get(pk=need.pk).plan_text == "别人的方案"
    # With the version that stands there now the same form goes through.
    again = post(signed_in_client(office), need, "answer", plan_text="我的方案", seen=str(need.version + 1))
    assert again.status_code == 303


def test_move_that_is_gone_gives_back_what_was_typed(cast: Cast) -> None:
    need = a_need(cast)
    coordinator = cast.county.coordinator
    with scope.acting(coordinator):
        services.withdraw(actor=coordinator, at=AT, key=None, need_id=need.public_id, note="已解决")
    answer = post(signed_in_client(cast.supporting.office), need, "return", note="请补充人数", seen=str(need.version))
    assert answer.status_code == 409
    assert ("请补充人数") in [value for _label, value in answer.context["typed"]]
    assert "请补充人数" in answer.content.decode()


@pytest.mark.parametrize("seen", ["x", "-1", "9999999999", "1.0"])
def test_version_that_cannot_be_read_is_a_conflict(cast: Cast, seen: str) -> None:
    need = a_need(cast)
    assert post(signed_in_client(cast.supporting.office), need, "accept", priority="2", seen=seen).status_code == 409
    with scope.system():
        assert Need.objects.get(pk=need.pk).state == "stated"


def test_move_that_the_page_does_not_know_is_a_conflict(cast: Cast) -> None:
    need = a_need(cast)
    assert post(signed_in_client(cast.supporting.office), need, "dance").status_code == 409


def refuse(**_told: Any) -> None:
    raise Invalid({"note": "Say it otherwise."})


def test_what_the_service_finds_wrong_stands_at_its_field_with_what_was_typed(cast: Cast, monkeypatch: Any) -> None:
    need = a_need(cast)
    monkeypatch.setitem(views.PAGE.acts, "return", Act(refuse, typed(forms.Reason)))
    answer = post(signed_in_client(cast.supporting.office), need, "return", note="请补充人数", seen=str(need.version))
    assert answer.status_code == 422
    again = answer.context["again"]
    assert (again.move, again.form.errors) == ("return", {"note": ["Say it otherwise."]})
    assert "请补充人数" in answer.content.decode()


def test_button_alone_that_the_service_refuses_is_told_on_a_page_of_its_own(cast: Cast, monkeypatch: Any) -> None:
    need = a_need(cast)
    monkeypatch.setitem(views.PAGE.acts, "return", Act(refuse))
    answer = post(signed_in_client(cast.supporting.office), need, "return")
    assert answer.status_code == 422
    assert "Say it otherwise." in answer.content.decode()


def test_new_record_that_the_service_refuses_is_mended_in_its_form(cast: Cast, monkeypatch: Any) -> None:
    def full(**_told: Any) -> None:
        raise Invalid({"text": "Say it otherwise."})

    monkeypatch.setattr(services, "state", full)
    client = signed_in_client(cast.county.coordinator)
    answer = client.post("/needs/new/", filled(cast, cast.county.coordinator, text="腹腔镜带教"))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"text": ["Say it otherwise."]}
    assert "腹腔镜带教" in answer.content.decode()


def test_card_names_the_record_its_kind_and_both_sides(cast: Cast) -> None:
    need, strange = a_need(cast, text="长" * 200), a_need(cast)
    sides = f"{cast.county.institution.short_name} → {cast.supporting.institution.short_name}"
    for house in (cast.supporting, cast.county):
        with scope.acting(house.office):
            (card,) = KIND.cards(house.office, [need.pk]).values()
        assert (card.url, card.sides) == (f"/needs/{need.public_id}/", sides)
        assert str(card.detail).startswith("需求 · ")
        assert card.title == "长" * kinds.SHORT + "…"
    with scope.acting(cast.stranger.office):
        assert KIND.cards(cast.stranger.office, [need.pk, strange.pk]) == {}


def test_of_many_sides_a_card_names_the_first() -> None:
    some = tuple(("·", f"{number}院") for number in "甲乙丙丁")
    told = kinds.Brief(1, "x", "s", 1, "协议", number="XY-1", parties=some)
    assert (told.way(), KIND.matter(told)) == ("甲院、乙院 … (4)", "需求 · XY-1")


def test_search_may_know_the_number_of_a_sealed_record_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(KIND.flow), "sealed", True)
    with pytest.raises(ValueError, match=r"needs.need is sealed"):
        kinds.register(KIND)
    monkeypatch.setattr(kinds, "KINDS", {})
    kinds.register(replace(KIND, finds=()))
    assert set(kinds.KINDS) == {"needs.need"}


def test_without_a_directory_nobody_answers_for_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "_directory", [])
    with pytest.raises(LookupError):
        directory.current()
    one: Any = object()
    for registered in (object(), one):
        directory.register(registered)
    assert directory.current() is one


def test_who_may_not_is_told_before_the_form_is_looked_at(cast: Cast) -> None:
    need = a_need(cast)
    assert post(signed_in_client(cast.county.coordinator), need, "return", note="").status_code == 403


def test_plan_that_stands_is_changed_not_made(cast: Cast) -> None:
    need = a_need(cast, NeedState.ANSWERED)
    page = signed_in_client(cast.supporting.office).get(f"/needs/{need.public_id}/")
    move = next(move for move in page.context["moves"] if move.name == "answer")
    assert not move.primary
    assert str(move.label) in {"修改方案", "Change the plan", "更改方案"}


def test_turn_is_the_readers_own_first(cast: Cast) -> None:
    need = a_need(cast)
    for house, mine in ((cast.supporting, True), (cast.county, False)):
        head = signed_in_client(house.office).get(f"/needs/{need.public_id}/").context["head"]
        assert head.turn.mine == mine
        assert str(head.turn.verb)


def test_story_is_told_latest_first_with_names(cast: Cast) -> None:
    need = a_need(cast, NeedState.ANSWERED)
    story = signed_in_client(cast.county.coordinator).get(f"/needs/{need.public_id}/").context["story"]
    assert len(story) == 3
    assert all(str(moment.who) and str(moment.institution) for moment in story)
    assert any("张医生" in str(value) for _label, value in story[0].facts)
