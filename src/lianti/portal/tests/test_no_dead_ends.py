"""A form that needs a relation leads on to one where there is none."""

import pytest
from django.urls import reverse

from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db

NEED_A_RELATION = ("needs:new", "agreements:new", "agreements:new_signed", "dispatch:new", "dispatch:new_workstation")


@pytest.mark.parametrize("name", NEED_A_RELATION)
def test_where_there_is_no_relation_the_way_to_one_stands_instead_of_the_form(cast: Cast, name: str) -> None:
    page = signed_in_client(cast.stranger.office).get(reverse(name)).content.decode()
    main = page.split("<main", 1)[1]
    assert f'class="button primary" href="{reverse("network:new_relation")}"' in main
    assert "<textarea" not in main
    assert 'type="submit"' not in main


def test_where_there_is_one_the_form_stands(cast: Cast) -> None:
    page = signed_in_client(cast.county.office).get(reverse("needs:new")).content.decode()
    assert "<textarea" in page.split("<main", 1)[1]
