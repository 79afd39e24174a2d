"""The authority of a county: who should be there now, by name, and nothing else."""

from datetime import timedelta

import pytest

from lianti.contexts.dispatch import queries, services
from lianti.contexts.dispatch.domain.facts import LeaveFacts
from lianti.contexts.dispatch.states import PostingState
from lianti.contexts.dispatch.tests.builders import a_posting
from lianti.contexts.network.models import Institution, Relation, RelationConfirmation
from lianti.kernel import scope
from lianti.lib.errors import NotAllowed
from tests.cast import AT, Cast, signed_in_client

pytestmark = pytest.mark.django_db


def seen(cast: Cast) -> list[str]:
    with scope.acting(cast.authority.health_authority):
        return [str(one.person.name) for one in queries.posted_now(cast.authority.health_authority)]


def test_an_authority_sees_who_should_be_there_and_is_told_nothing_else(cast: Cast) -> None:
    coming, here = a_posting(cast, PostingState.ORDERED), a_posting(cast)
    with scope.system():
        name = here.person.name
        assert RelationConfirmation.objects.filter(institution=cast.authority.institution.pk, own=True).exists()
    assert seen(cast) == [name]
    client = signed_in_client(cast.authority.health_authority)
    page = client.get("/dispatch/county/").content.decode()
    assert name in page
    assert str(cast.supporting.institution.short_name) in page
    assert client.get(f"/dispatch/{here.public_id}/").status_code == 404
    assert coming.number not in page


def test_whoever_is_on_leave_is_marked_without_a_reason(cast: Cast) -> None:
    here = a_posting(cast)
    first = here.arrived + timedelta(days=1)
    services.take_leave(
        actor=cast.county.office,
        at=AT,
        key=None,
        posting_id=here.public_id,
        leave=LeaveFacts("sick", first, first + timedelta(days=2), reason="私事"),
    )
    page = signed_in_client(cast.authority.health_authority).get("/dispatch/county/").content.decode()
    assert "私事" not in page
    with scope.acting(cast.authority.health_authority):
        assert [one.on_leave for one in queries.posted_now(cast.authority.health_authority)] == [True]


def test_without_its_own_yes_or_outside_its_region_an_authority_sees_nobody(cast: Cast) -> None:
    a_posting(cast)
    place = Institution.objects.filter(pk=cast.county.institution.pk)
    with scope.system():
        Institution.objects.filter(pk=cast.authority.institution.pk).update(region="甲省/乙市")
        place.update(region="甲省/丙市/丁县")
    assert seen(cast) == []
    with scope.system():
        place.update(region="甲省/乙市/丁县")
    assert len(seen(cast)) == 1
    with scope.system():
        Relation.objects.filter(pk=cast.relation.pk).update(state="ended")
    assert seen(cast) == []
    with scope.system():
        Relation.objects.filter(pk=cast.relation.pk).update(state="in_force")
        RelationConfirmation.objects.filter(institution=cast.authority.institution.pk).update(own=False)
    assert seen(cast) == []


def test_others_see_nobody_and_a_clinician_is_refused(cast: Cast) -> None:
    a_posting(cast)
    for house in (cast.supporting, cast.county, cast.stranger):
        with scope.acting(house.office):
            assert queries.posted_now(house.office) == []
        with scope.acting(house.clinician), pytest.raises(NotAllowed):
            queries.posted_now(house.clinician)
