"""What a list is asked, filter by filter: what an address means, which rows fit, what the bar offers. On needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from lianti.contexts.needs import views
from lianti.contexts.needs.models import NeedPerson
from lianti.contexts.needs.states import NeedState
from lianti.contexts.needs.tests.builders import a_need
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.records import asking, tables
from lianti.records.asking import (
    Asked,
    Choice,
    County,
    CountyPath,
    Day,
    Month,
    Named,
    NotUnderstood,
    PersonIs,
    PlaceIs,
    Through,
    asks,
)
from tests.cast import Cast, a_person

pytestmark = pytest.mark.django_db
SIDES = ("stater", "addressed")
TODAY = date(2026, 1, 31)


@dataclass(frozen=True)
class Wide(Asked):
    """Everything that a filter can be."""

    month: date | None = asks(Month("Month", ("stated_date",)))
    since: date | None = asks(Day("Since", ("stated_date",)))
    state: str | None = asks(Choice("State", ("state",), words={"stated": "Stated", "accepted": "Accepted"}))
    county: str | None = asks(County("County", SIDES))
    place: Named | None = asks(PlaceIs("Place", SIDES))
    unit: str | None = asks(Choice("Unit", ("unit",), words=lambda: {"session": "Sessions"}, folded=True))
    person: Named | None = asks(PersonIs("Person", (Through(NeedPerson, "person", "need"),)))


LIST = replace(views.LIST, asked=Wide)


def read(actor: Actor, **given: str) -> Wide:
    with scope.acting(actor):
        return Wide.read(given, actor)


def shown(actor: Actor, asked: Wide) -> list[str]:
    with scope.acting(actor):
        return [str(row.need.title) for row in LIST.page(actor, asked, TODAY).items]


@pytest.fixture
def office(cast: Cast) -> Actor:
    a_need(cast, text="甲")
    a_need(cast, NeedState.ACCEPTED, text="乙")
    return cast.supporting.office


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("month", "2026-13"), ("month", "2026"), ("since", "yesterday"), ("state", "lost"), ("county", "nowhere"),
        ("place", "nowhere"), ("person", "nobody"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named_and_shows_nothing(office: Actor, name: str, text: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read(office, **{name: text})
    assert refusal.value.asked == {name: text}


@pytest.mark.parametrize(("month", "count"), [("2026-02", 0), ("2026-03", 2), ("2026-04", 0)])
def test_month_holds_its_days_alone(office: Actor, month: str, count: int) -> None:
    asked = read(office, month=month)
    assert len(shown(office, asked)) == count
    assert asked.texts() == {"month": month}


def test_county_holds_its_institutions_however_it_was_read(cast: Cast, office: Actor) -> None:
    region = cast.county.institution.region
    assert len(shown(office, read(office, county=region))) == 2
    assert len(shown(office, Wide(county=region))) == 2  # out of a declaration, not an address
    assert shown(office, Wide(county="nowhere")) == []
    assert shown(office, read(office, county=cast.stranger.institution.region)) == []


def test_county_is_read_with_its_institutions(cast: Cast) -> None:
    region = CountyPath.of(cast.county.institution.region)
    assert region is not None
    assert region.inside == (cast.county.id,)
    assert CountyPath.of("nowhere") is None


def test_person_is_found_by_a_name_that_only_one_bears(cast: Cast, office: Actor) -> None:
    need = a_need(cast, text="丙")
    person = Person.objects.get(pk=cast.supporting.expert.person_id)
    with scope.system():
        NeedPerson.objects.create(need=need, person=person)
    for said in (person.name, person.public_id):
        assert shown(office, read(office, person=said)) == ["丙"]
    a_person(person.name, employer=cast.county.institution)
    with pytest.raises(NotUnderstood):
        read(office, person=person.name)
    assert shown(office, read(office, person=person.public_id)) == ["丙"]


def test_list_that_names_no_order_goes_by_its_first(office: Actor) -> None:
    assert (LIST.order_name("", Wide()), LIST.order_name("latest", Wide())) == ("age", "latest")


def bar(actor: Actor, **given: str) -> tables.Bar:
    with scope.acting(actor), translation.override("en"):
        return tables.bar(LIST, given, actor, TODAY)


def test_latest_months_lie_open_and_the_fields_when_they_are_opened(cast: Cast, office: Actor) -> None:
    shut, opened = bar(office), bar(office, asking="1", order="latest")
    assert [chip.label for chip in shut.chips[0].chips] == [asking.ANYTHING, "2026-01", "2025-12", "2025-11", "2025-10"]
    assert (shut.controls, shut.orders, shut.is_open) == ([], [], False)
    fields = {control.name: control for control in opened.controls}
    assert {name: control.kind for name, control in fields.items()} == {
        "month": "month", "since": "date", "county": "choice", "place": "choice", "unit": "choice",
        "person": "text",
    }  # fmt: skip
    county, ours = cast.county.institution, cast.supporting.institution
    assert (county.region, county.region.replace("/", " ")) in fields["county"].options
    assert {(place.public_id, place.short_name) for place in (county, ours)} <= set(fields["place"].options)
    assert list(fields["unit"].options) == [("session", "Sessions")]
    assert list(fields["person"].options) == []
    assert (opened.order, [name for name, _word in opened.orders]) == ("latest", ["age", "latest"])


def test_each_filter_in_play_is_named_in_words(cast: Cast, office: Actor) -> None:
    county = cast.county.institution
    asked = {"month": "2026-03", "since": "2026-03-01", "county": county.region, "place": county.public_id}
    said = [chip.label for chip in bar(office, **asked).active]
    assert said == [
        "Month: 2026-03", "Since: 2026-03-01", f"County: {county.region.replace('/', ' ')}",
        f"Place: {county.short_name}",
    ]  # fmt: skip
    assert [chip.label for chip in bar(office, place="nowhere").active] == ["Place: nowhere"]  # to be mended


def test_too_many_institutions_are_not_offered_but_asked_for_by_name() -> None:
    places: Any = [SimpleNamespace(public_id=str(n), short_name=str(n), region="") for n in range(asking.CHOSEN + 1)]
    place = PlaceIs("Place", SIDES)
    assert len(place.options(lambda: places[1:])) == asking.CHOSEN
    assert place.options(lambda: places) == ()
    assert County("County", SIDES).options(lambda: places) == []  # whose region nobody knows
