"""What is made ready once says and writes what the ORM would."""

from datetime import date

import pytest
from django.db.models import QuerySet

from lianti.contexts.network.models import Person, Relation, RelationTransition
from lianti.kernel import journal, ready, scope
from lianti.kernel.models import JournalEvent, Principal, Tenant
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast, the_system

pytestmark = pytest.mark.django_db


def facts_of(row: object) -> dict[str, object]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname != "id"}


def test_both_ways_write_the_same_transition(cast: Cast):
    def made() -> RelationTransition:
        return RelationTransition(
            record_id=cast.relation.pk,
            name="negotiate",
            source="requested",
            target="negotiating",
            at=AT,
            principal_id=cast.supporting.office.principal_id,
            tenant_id=cast.supporting.id,
            note="两家谈妥",
            facts={"说明": "两家谈妥", "number": 3, "none": None},
        )

    with scope.system():
        made().save(force_insert=True)
        ready.insert(made())
        one, other = RelationTransition.objects.order_by("-id")[:2]
        assert facts_of(one) == facts_of(other)


def test_both_ways_write_the_same_event(cast: Cast):
    with scope.system():
        before = JournalEvent.objects.get(record=cast.relation.public_id)
        again = JournalEvent(**{**facts_of(before), "seq": 2})
        journal.write(again)
        after = JournalEvent.objects.get(record=cast.relation.public_id, seq=2)
        assert facts_of(after) == {**facts_of(before), "seq": 2}


def test_both_ways_change_the_same_fields(cast: Cast):
    values = {"name": "百分之百 100%", "lead": cast.county.institution, "from_date": DAY, "to_date": None}
    with scope.system():
        assert ready.update(Relation, values, where={"id": cast.relation.pk, "version": 1}) == 1
        quick = facts_of(Relation.objects.get(pk=cast.relation.pk))
        Relation.objects.filter(pk=cast.relation.pk).update(**values)
        assert facts_of(Relation.objects.get(pk=cast.relation.pk)) == quick


def test_statements_sent_together_do_what_they_do_alone(cast: Cast):
    with scope.system():
        first = JournalEvent.objects.get(record=cast.relation.public_id)
        events = [ready.insertion(JournalEvent(**{**facts_of(first), "seq": seq})) for seq in (2, 3)]
        renamed, values = ready.change(Relation, {"name": "换名"}, where={"id": cast.relation.pk, "version": 1})
        assert ready.together(*events, (f"{renamed} RETURNING version", values)) == [(1,)]
        assert JournalEvent.objects.filter(record=first.record).count() == 3
        assert Relation.objects.get(pk=cast.relation.pk).name == "换名"
        assert ready.together((f"{renamed} RETURNING version", [*values[:-1], 9])) == []


def test_a_guard_that_does_not_hold_changes_nothing(cast: Cast):
    with scope.system():
        assert ready.update(Relation, {"name": "x"}, where={"id": cast.relation.pk, "version": 9}) == 0


def test_a_queryset_made_ready_gives_what_it_gave(cast: Cast):
    people = ready.Ready(lambda employer, name: Person.objects.filter(employer=employer, name=name), int, str)
    names = ready.Ready(lambda pk: Tenant.objects.filter(pk=pk).values_list("label", flat=True), int)
    with scope.system():
        for house in (cast.supporting, cast.county):
            person = Person.objects.get(pk=house.office.person_id)
            found = people.first(house.id, person.name)
            assert found is not None
            assert facts_of(found) == facts_of(person)
            assert names.rows(house.id) == [Tenant.objects.get(pk=house.id).label]
        assert people.first(cast.stranger.id, "nobody") is None


def test_lists_of_any_length_are_read(cast: Cast):
    listed = ready.Listed(lambda pks: Tenant.objects.filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))
    with scope.system():
        known = sorted(Tenant.objects.values_list("pk", flat=True))
        assert len(known) > 2
        for some in ([], known[:1], known[1:2], known[:2], [*known, *range(-20, 0)]):
            assert listed.rows(some) == [pk for pk in known if pk in some]


def test_days_are_put_in_place(cast: Cast):
    since = ready.Ready(lambda day: Relation.objects.filter(from_date__lte=day).values_list("pk", flat=True), type(DAY))
    with scope.system():
        assert cast.relation.pk in since.rows(DAY)
        assert cast.relation.pk not in since.rows(DAY.replace(year=1999))


def test_what_looks_at_the_database_is_built_anew_each_time(cast: Cast):
    def build(tenant_id: int) -> QuerySet[Principal]:
        seen = list(Person.objects.filter(employer=tenant_id).values_list("principal_id", flat=True))
        return Principal.objects.filter(pk__in=[pk for pk in seen if pk])

    people = ready.Ready(build, int)
    with scope.system():
        people.rows(cast.stranger.id)
        office = cast.supporting.actor(Role.OFFICE)
        assert [p.pk for p in people.rows(cast.supporting.id)] == [office.principal_id]


def test_what_changes_its_argument_is_built_anew_each_time(cast: Cast):
    next_to = ready.Ready(lambda pk: Tenant.objects.filter(pk=pk + 1).values_list("pk", flat=True), int)
    with scope.system():
        the_system()
        for pk in (cast.supporting.id, cast.county.id):
            assert next_to.rows(pk - 1) == [pk]


def test_what_asks_otherwise_for_another_argument_is_built_anew_each_time(cast: Cast):
    def build(day: date) -> QuerySet[Relation, int]:
        begun = Relation.objects.filter(from_date__lte=day).values_list("pk", flat=True)
        return begun if day.month == 1 else begun.exclude(pk=cast.relation.pk)

    begun = ready.Ready(build, date)
    with scope.system():
        for month, there in ((1, True), (3, False), (1, True)):
            assert (cast.relation.pk in begun.rows(date(2026, month, 10))) == there
