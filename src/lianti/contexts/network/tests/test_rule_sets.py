"""Rule sets as records: who keeps them, what they then say, their pages."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianti.contexts.network import queries, services
from lianti.contexts.network.models.rule_sets import RuleSet, RuleSetTransition
from lianti.contexts.network.queries import RuleCase
from lianti.contexts.network.views import rule_sets as views
from lianti.kernel import scope
from lianti.kernel.models import OutboxTask
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from lianti.lib.roles import Role
from tests.cast import AT, Cast, a_relation, signed_in_client, the_system
from tests.records import DeclarationTests, RecordTests
from tests.rulebook import a_rule_set, facts, known, of_relation

DAY = date(2026, 6, 1)
COUNTY = "青山省/云溪市/云溪县"
NEW = "/network/rule-sets/new/?use=trial"


@pytest.fixture(autouse=True)
def _trial() -> Iterator[None]:
    with known():
        yield


class TestRuleSets(DeclarationTests, RecordTests):
    """A rule set of a relation, which its parties and its authority know of."""

    LIST, PAGE = views.LIST, views.PAGE
    PARTIES = ("supporting", "county", "authority")

    def make(self, cast: Cast) -> RuleSet:
        return of_relation(cast)


def the_set() -> RuleSet:
    with scope.system():
        return RuleSet.objects.get()


def no_set() -> bool:
    with scope.system():
        return not RuleSet.objects.exists()


def change(actor: Actor, row: RuleSet, values: dict[str, Any], **given: Any) -> RuleSet:
    version = given.pop("version", None)
    note = given.pop("note", "文件更新")
    with scope.acting(actor):
        return services.change_rule_set(
            actor=actor, at=AT, key=None, rule_set_id=row.public_id, facts=facts(values, **given), note=note,
            version=version,
        )  # fmt: skip


def end(actor: Actor, row: RuleSet, day: date | None) -> RuleSet:
    with scope.acting(actor):
        return services.end_rule_set(actor=actor, at=AT, key=None, rule_set_id=row.public_id, to_date=day)


def months(cast: Cast, day: date = DAY, **given: Any) -> tuple[Any, str, int]:
    """Return how many months a team owes on a day, by which set, in which version."""
    with scope.acting(cast.county.office):
        found = queries.values_on("trial", day, **{"purpose": "team", **given})["months"]
    return found.value, str(found.by.name), found.by.version


# Who ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICE, Role.COORDINATOR, Role.LEADER, Role.CLINICIAN, Role.HEALTH_AUTHORITY])
def test_only_the_operators_administrator_says_what_holds_for_the_country(cast: Cast, role: Role) -> None:
    house = cast.authority if role is Role.HEALTH_AUTHORITY else cast.supporting
    with pytest.raises(NotAllowed):
        a_rule_set(cast, actor=house.actor(role))
    made = a_rule_set(cast, actor=cast.stranger.administrator)
    for move in (lambda: change(house.actor(role), made, {"months": 1}), lambda: end(house.actor(role), made, DAY)):
        with pytest.raises(NotAllowed):
            move()
    change(cast.supporting.administrator, made, {"months": 1})
    end(cast.supporting.administrator, made, DAY)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.COORDINATOR])
def test_the_leads_desk_keeps_the_rules_of_its_relation(cast: Cast, role: Role) -> None:
    lead, where = cast.supporting.actor(role), {"scope": "relation", "relation_id": cast.relation.pk}
    made = a_rule_set(cast, actor=lead, **where)
    change(lead, made, {"months": 3})
    for actor in (cast.county.actor(role), cast.supporting.leader, cast.supporting.administrator):
        with pytest.raises(NotAllowed):
            a_rule_set(cast, actor=actor, **where)
        with pytest.raises(NotAllowed):
            change(actor, made, {"months": 1})
    with pytest.raises(NotFound):
        change(cast.stranger.office, made, {"months": 1})
    end(lead, made, DAY)


def test_a_lead_that_has_not_said_yes_to_the_relation_sets_no_rules_in_it(cast: Cast) -> None:
    draft = services.RelationDraft("被列入", "paired_assistance", cast.supporting.id, (cast.stranger.id,))
    actor = cast.stranger.office
    with scope.acting(actor):
        made = services.request_relation(actor=actor, at=AT, key=None, relation=draft)
    with pytest.raises(NotAllowed, match=r"relation first|确认"):
        a_rule_set(cast, actor=cast.supporting.office, scope="relation", relation_id=made.pk)


def test_rules_of_a_relation_are_seen_with_it(cast: Cast) -> None:
    made = of_relation(cast)
    with scope.acting(cast.stranger.office):
        assert queries.RULE_SET.visible(cast.stranger.office).all(most=9) == []
    lead = cast.supporting.office
    with scope.acting(lead):
        services.edit_relation(
            actor=lead, at=AT, key=None, relation_id=cast.relation.public_id, fields={},
            member_ids=(cast.stranger.id,),
        )  # fmt: skip
    for house, knows in (("stranger", True), ("county", False)):
        actor = getattr(cast, house).office
        with scope.acting(actor):
            assert bool(queries.RULE_SET.visible(actor).all(most=9)) == knows
    assert made.relation_id == cast.relation.pk


def test_the_other_parties_of_a_relation_are_told(cast: Cast) -> None:
    made = of_relation(cast)
    change(cast.supporting.office, made, {"months": 3})
    a_rule_set(cast)  # wider rules are read, not sent
    with scope.system():
        told = [task.payload for task in OutboxTask.objects.filter(name="notices.deliver").order_by("pk")]
    assert [(one["text"], one["tenant"]) for one in told if one["kind"] == "network.rule_set"] == [
        ("network.rule_set.entered", cast.county.id),
        ("network.rule_set.changed", cast.county.id),
    ]


# What they then say ---------------------------------------------------------------------------------


def test_what_ships_counts_until_somebody_changes_it(cast: Cast) -> None:
    assert months(cast) == (6, "国家口径", 0)
    made = a_rule_set(cast, {"months": 7}, purpose="team", replaces="national", name="国家口径（2026）")
    assert months(cast) == (7, "国家口径（2026）", 1)
    change(cast.supporting.administrator, made, {"months": 8}, name="国家口径（2026）")
    assert months(cast) == (8, "国家口径（2026）", 2)
    with scope.acting(cast.county.office):  # what the change left out, nobody says any more
        assert "people" not in queries.values_on("trial", DAY, purpose="team")


def test_a_shipped_set_that_was_changed_and_ended_does_not_come_back(cast: Cast) -> None:
    made = a_rule_set(cast, {"months": 7}, purpose="team", replaces="national")
    end(cast.supporting.administrator, made, DAY)
    assert months(cast)[0] == 7
    with scope.acting(cast.county.office):
        assert queries.values_on("trial", date(2026, 6, 2), purpose="team") == {}


def test_narrower_sets_win_where_they_hold(cast: Cast) -> None:
    assert months(cast, institution_ids=[cast.county.id]) == (12, "青山省口径", 0)
    assert months(cast, date(2019, 12, 31), institution_ids=[cast.county.id]) == (6, "国家口径", 0)
    a_rule_set(cast, {"months": 10}, scope="region", region="青山省/云溪市", name="市口径")
    assert months(cast, regions=[COUNTY])[:2] == (10, "市口径")
    assert months(cast, regions=["青山省/白河市"])[:2] == (12, "青山省口径")
    with scope.system():
        programme = services.open_programme(actor=the_system(), at=AT, key=None, code="qx", name="千县工程")
    a_rule_set(cast, {"months": 11}, scope="programme", programme_id=programme.pk, name="项目口径")
    assert months(cast, regions=[COUNTY], programme_ids=[programme.pk])[:2] == (11, "项目口径")
    of_relation(cast, {"months": 9}, from_date=DAY, name="两院约定")
    where = {"regions": [COUNTY], "programme_ids": [programme.pk], "relation_id": cast.relation.pk}
    assert months(cast, **where)[:2] == (9, "两院约定")
    assert months(cast, date(2026, 5, 31), **where)[:2] == (11, "项目口径")
    with scope.acting(cast.county.office):
        found = queries.rule_sets("trial", DAY, purpose="team", **where)
    assert [str(one.name) for one in found] == ["两院约定", "项目口径", "市口径", "青山省口径", "国家口径"]


def test_purposes_keep_their_own_rules(cast: Cast) -> None:
    assert months(cast, purpose="promotion") == (12, "晋升口径", 0)
    a_rule_set(cast, {"gap": 3}, name="通用")
    with scope.acting(cast.county.office):
        for purpose in ("team", "promotion", ""):
            assert queries.values_on("trial", DAY, purpose=purpose)["gap"].by.name == "通用"
        assert "months" not in queries.values_on("trial", DAY)
        assert queries.values_on("trial", DAY, purpose="promotion")["leave"].value == []


def test_many_days_and_cases_cost_the_queries_of_one(cast: Cast) -> None:
    of_relation(cast, from_date=DAY)
    case = RuleCase("team", cast.relation.pk, (COUNTY,))
    with scope.acting(cast.county.office), CaptureQueriesContext(connection) as asked:
        book = queries.rule_book("trial")
        found = [book.stretches(date(2000, 1, 1), date(2030, 12, 31), case) for _each in range(50)]
        assert len([one for one in asked if "SELECT" in one["sql"]]) == 1
    assert [(one.first, one.value("months")) for one in found[0]] == [
        (date(2000, 1, 1), 6),
        (date(2020, 1, 1), 12),
        (DAY, 9),
    ]
    with scope.acting(cast.county.office):
        assert queries.rule_stretches("trial", date(2000, 1, 1), date(2030, 12, 31), case) == found[0]


# What is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("value_people", {"values": {"people": 0}}),
        ("value_people", {"values": {"people": "5"}}),
        ("value_leave", {"values": {"leave": ["strike"]}}),
        ("value_nothing", {"values": {"nothing": 1}}),
        ("name", {"name": " "}),
        ("source", {"source": ""}),
        ("to_date", {"from_date": DAY, "to_date": date(2026, 5, 31)}),
        ("purpose", {"purpose": "x"}),
        ("holds", {"scope": "region"}),
        ("holds", {"scope": "village"}),
        ("holds", {"scope": "country", "region": "青山省"}),
        ("holds", {"scope": "programme", "programme_id": 0}),
        ("holds", {"scope": "relation", "relation_id": 0}),
        ("", {"replaces": "no-such"}),
        ("holds", {"replaces": "national", "purpose": "promotion"}),
        ("holds", {"replaces": "green-hills"}),
    ],
)
def test_what_cannot_be_said_is_told_at_its_field(cast: Cast, field: str, given: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        a_rule_set(cast, given.pop("values", None), **given)
    assert field in refused.value.fields


def test_a_set_says_something_and_of_a_known_use(cast: Cast) -> None:
    for draft in (services.RuleSetDraft("trial", facts({})), services.RuleSetDraft("no-such", facts({"months": 1}))):
        with scope.system(), pytest.raises(Invalid):
            services.enter_rule_set(actor=the_system(), at=AT, key=None, rule_set=draft)


def test_what_ships_is_changed_once(cast: Cast) -> None:
    a_rule_set(cast, purpose="team", replaces="national")
    with pytest.raises(Invalid):
        a_rule_set(cast, purpose="team", replaces="national")


def test_an_ended_set_stays_and_ends_on_or_after_its_first_day(cast: Cast) -> None:
    made, admin = a_rule_set(cast, from_date=DAY), cast.county.administrator
    with pytest.raises(Invalid):
        end(admin, made, date(2026, 5, 31))
    with pytest.raises(Invalid):
        end(admin, made, None)
    end(admin, made, DAY)
    for move in (lambda: change(admin, made, {"months": 1}), lambda: end(admin, made, DAY)):
        with pytest.raises(Conflict):
            move()


def test_a_change_names_its_reason_and_the_version_that_was_seen(cast: Cast) -> None:
    made, admin = a_rule_set(cast), cast.county.administrator
    with pytest.raises(Refused):
        change(admin, made, {"months": 1}, note="")
    with pytest.raises(Conflict):
        change(admin, made, {"months": 1}, version=made.version + 1)
    assert change(admin, made, {"months": 1}, version=made.version).version == made.version + 1


def test_a_change_sent_twice_is_done_once_and_its_story_keeps_all_that_each_version_said(cast: Cast) -> None:
    made, admin, key = a_rule_set(cast, {"months": 9}), cast.county.administrator, ids.new()
    for _each in range(2):
        with scope.acting(admin):
            again = services.change_rule_set(
                actor=admin, at=AT, key=key, rule_set_id=made.public_id, facts=facts({"months": 8}), note="更正"
            )
            assert again.version == made.version + 1
    with scope.system():
        told = RuleSetTransition.objects.filter(record=made.pk).order_by("pk")
        assert [(one.version, one.facts["values:trial"]) for one in told] == [(1, {"months": 9}), (2, {"months": 8})]


# Pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_say_values_in_words_with_source_and_badge_in_both_languages(cast: Cast, language: str) -> None:
    made = a_rule_set(cast, {"people": 6, "all_year": False, "leave": []}, purpose="team", replaces="national")
    change(cast.county.administrator, made, {"people": 7, "leave": ["sick"]}, verified=True)
    client = signed_in_client(cast.stranger.clinician, headers={"accept-language": language})
    page = client.get(f"/network/rule-sets/{made.public_id}/").content.decode()
    for word in ("7 人", "最少人数", "每批", "院办会议纪要〔2026〕3号", "6 人 → 7 人", "文件更新"):
        assert word in page, word
    words = ("Checked", "None of them → 病假", "No → says nothing") if language == "en" else (
        "已核对", "一项都不算 → 病假", "否 → 不作规定"
    )  # fmt: skip
    for word in words:
        assert word in page, word
    ships = client.get("/network/rule-sets/shipped/trial/board/").content.decode()
    assert "12 " in ships
    assert ("Unverified" if language == "en" else "未核对") in ships
    listed = client.get("/network/rule-sets/").content.decode()
    assert made.public_id in listed
    assert "晋升口径" in listed
    assert "青山省口径" in listed
    assert ">国家口径<" not in listed
    assert "/network/rule-sets/new/" not in listed


def test_list_without_records_shows_what_ships_and_offers_the_administrator_to_change_it(cast: Cast) -> None:
    page = signed_in_client(cast.county.administrator).get("/network/rule-sets/").content.decode()
    assert "国家口径" in page
    assert "/network/rule-sets/new/?use=trial&amp;shipped=national" in page or "shipped=national" in page
    with known_nothing():
        empty = signed_in_client(cast.county.administrator).get("/network/rule-sets/")
        assert empty.status_code == 200
        assert "shipped=" not in empty.content.decode()
        assert signed_in_client(cast.county.administrator).get(NEW).status_code == 404


def known_nothing() -> Any:
    from contextlib import contextmanager

    from lianti.contexts.network.domain import rulebook

    @contextmanager
    def nothing() -> Iterator[None]:
        before = dict(rulebook.USES)
        rulebook.USES.clear()
        try:
            yield
        finally:
            rulebook.USES.update(before)

    return nothing()


def typed(**given: Any) -> dict[str, Any]:
    return {"key": ids.new(), "name": "试行", "source": "会议纪要", "value_months": "9", **given}


def test_administrator_changes_a_shipped_set_in_its_form(cast: Cast) -> None:
    client = signed_in_client(cast.county.administrator)
    address = f"{NEW}&shipped=board"
    form = client.get(address).content.decode()
    assert 'value="12"' in form
    assert 'value="-" id="enterruleset-value_leave_3" checked' in form or "checked" in form
    assert 'name="holds"' not in form
    body = typed(value_months="10", value_leave=["sick", "annual"], value_all_year="no")
    answer = client.post(address, body)
    assert answer.status_code == 303
    made = the_set()
    assert (made.replaces, made.purpose, made.values) == (
        "board", "promotion", {"months": 10, "all_year": False, "leave": ["sick", "annual"]}
    )  # fmt: skip
    assert client.get(address)["Location"] == answer["Location"] == f"/network/rule-sets/{made.public_id}/"
    assert client.get("/network/rule-sets/shipped/trial/board/")["Location"] == answer["Location"]
    story = client.get(answer["Location"]).content.decode()
    assert "12 " in story
    assert "10 " in story


def test_lead_enters_rules_of_its_relation_in_the_form_and_the_county_reads_them(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.coordinator)
    form = client.get(f"{NEW}&relation={cast.relation.public_id}").content.decode()
    assert f'value="relation:{cast.relation.public_id}"' in form
    assert 'value="country"' not in form
    body = typed(holds=f"relation:{cast.relation.public_id}", purpose="", value_leave=["-"])
    made_at = client.post(NEW, body)["Location"]
    assert the_set().values == {"months": 9, "leave": []}
    county = signed_in_client(cast.county.clinician)
    assert county.get(made_at).status_code == 200
    assert "试行" in county.get(f"/network/relations/{cast.relation.public_id}/").content.decode()


@pytest.mark.parametrize(
    "given",
    [{"value_people": "0"}, {"value_months": "x"}, {"value_months": ""}, {"value_leave": ["-", "sick"]}, {"name": ""}],
)
def test_form_keeps_what_was_typed_and_says_what_is_wrong(cast: Cast, given: dict[str, Any]) -> None:
    client = signed_in_client(cast.county.administrator)
    answer = client.post(NEW, {**typed(holds="country", source="留着这句"), **given})
    assert answer.status_code == 422
    assert "留着这句" in answer.content.decode()
    assert no_set()


def test_changing_in_the_page_shows_what_stands_and_takes_what_was_typed(cast: Cast) -> None:
    made, client = a_rule_set(cast, {"months": 9, "all_year": True}), signed_in_client(cast.county.administrator)
    page = client.get(f"/network/rule-sets/{made.public_id}/").content.decode()
    assert 'value="9"' in page
    address = f"/network/rule-sets/{made.public_id}/moves/change_rule_set/"
    assert client.post(address, typed(seen=made.version, value_months="8")).status_code == 422  # no reason
    assert client.post(address, typed(seen=made.version, value_months="8", note="更正")).status_code == 303
    assert the_set().values == {"months": 8}
    ending = f"/network/rule-sets/{made.public_id}/moves/end_rule_set/"
    assert client.post(ending, {"key": ids.new(), "seen": 2, "to_date": "2026-12-31"}).status_code == 303
    assert "2026-12-31" in client.get(f"/network/rule-sets/{made.public_id}/").content.decode()


def test_whoever_changes_a_set_says_anew_whether_it_was_checked(cast: Cast) -> None:
    made, client = a_rule_set(cast, {"months": 9}, verified=True), signed_in_client(cast.county.administrator)
    for address in (f"/network/rule-sets/{made.public_id}/", f"{NEW}&shipped=national"):
        page = client.get(address).content.decode()
        (tick,) = re.findall(r'<input type="checkbox" name="verified"[^>]*>', page)
        assert "checked" not in tick


def test_a_set_of_a_room_that_is_off_is_still_shown(cast: Cast) -> None:
    made = a_rule_set(cast, {"months": 9})
    with known_nothing():
        client = signed_in_client(cast.county.administrator)
        page = client.get(f"/network/rule-sets/{made.public_id}/")
        assert page.status_code == 200
        assert "months" in page.content.decode()
        assert client.get("/network/rule-sets/").status_code == 200


def test_relation_may_be_seen_by_another_lead_but_not_ruled(cast: Cast) -> None:
    other = a_relation(cast.stranger.institution, [cast.county.institution], name="另一关系")
    client = signed_in_client(cast.supporting.office)
    body = typed(holds=f"relation:{other.public_id}")
    assert client.post(NEW, body).status_code == 422
