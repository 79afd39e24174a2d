"""A page draws what other rooms have put into its slots."""

from collections import defaultdict

import pytest
from django.test import RequestFactory

from lianti.kernel import panels


def test_panels_of_a_slot_stand_in_order_and_empty_ones_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_slots", defaultdict(list))
    panels.register("page", lambda _request, subject: f"<p>{subject} last</p>", order=2)
    panels.register("page", lambda _request, _subject: "", order=1)
    panels.register("page", lambda _request, subject: f"<p>{subject} first</p>")
    panels.register("another", lambda _request, _subject: "<p>elsewhere</p>")
    request = RequestFactory().get("/")
    assert panels.render("page", request, "it") == "<p>it first</p><p>it last</p>"
    assert panels.render("nothing", request, "it") == ""
