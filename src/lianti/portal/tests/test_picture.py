"""Where things stand in the network picture."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lianti.portal import picture
from lianti.portal.picture import Bond, Place


def places(count: int, mine: int = 0) -> list[Place]:
    return [Place(pk, f"医院{pk}", f"第{pk}人民医院", f"/i/{pk}/", pk == mine) for pk in range(count)]


def bond(lead: int, member: int, late: int = 0, tone: str = "done") -> Bond:
    return Bond(lead, member, f"{lead}-{member}", f"/r/{lead}/{member}/", tone, late)


def test_leads_stand_left_of_those_they_are_bound_to() -> None:
    drawing = picture.draw(places(4), [bond(0, 1), bond(0, 2), bond(1, 3)])
    assert drawing is not None
    across = {box.place.id: box.x for box in drawing.boxes}
    assert across[0] < across[1] == across[2] < across[3]


def test_help_in_both_directions_is_drawn_once_and_ends() -> None:
    drawing = picture.draw(places(2), [bond(0, 1), bond(1, 0)])
    assert drawing is not None
    assert len(drawing.ties) == 2


def test_several_relations_of_two_become_one_tie_that_says_how_many_are_late() -> None:
    drawing = picture.draw(places(2), [bond(0, 1, 2, "moving"), bond(0, 1, 1)])
    assert drawing is not None
    (tie,) = drawing.ties
    assert (tie.late, tie.tone, len(tie.titles), tie.url) == (3, "done", 2, "/i/1/")


def test_of_a_large_network_only_ones_own_neighbours_are_drawn() -> None:
    bonds = [bond(0, pk) for pk in range(1, 100)]
    drawing = picture.draw(places(100, mine=7), bonds)
    assert drawing is not None
    assert {box.place.id for box in drawing.boxes} == {0, 7}
    assert picture.draw(places(100, mine=0), bonds) is None


def test_nothing_bound_is_no_picture() -> None:
    assert picture.draw(places(3), []) is None
    assert picture.draw(places(3), [bond(1, 1)]) is None


def test_a_long_name_is_cut_and_kept_in_full_beside_it() -> None:
    drawing = picture.draw(
        [Place(0, "青山省青山市云溪县第一人民医院", "青山省青山市云溪县第一人民医院", "/"), *places(2)[1:]],
        [bond(0, 1)],
    )
    assert drawing is not None
    assert max(len(box.label) for box in drawing.boxes) == picture.WIDE.longest


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40))
def test_no_two_boxes_lie_on_each_other(pairs: list[tuple[int, int]]) -> None:
    drawing = picture.draw(places(12), [bond(lead, member) for lead, member in pairs])
    if drawing is None:
        return
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.x + box.width <= drawing.width
        assert box.y >= 0
        assert box.y + box.height <= drawing.height
    spots = sorted((box.x, box.y) for box in drawing.boxes)
    for (x1, y1), (x2, y2) in pairwise(spots):
        assert x2 - x1 >= picture.WIDE.box or y2 - y1 >= picture.HEIGHT


def test_on_a_phone_two_columns_fit_and_more_make_it_wider() -> None:
    two = picture.draw(places(2), [bond(0, 1)], picture.PHONE)
    three = picture.draw(places(3), [bond(0, 1), bond(1, 2)], picture.PHONE)
    assert two is not None
    assert three is not None
    assert two.width == 360 < three.width
    assert max(box.x + box.width for box in three.boxes) <= three.width
