"""Each component draws what it is given, escapes it, and needs no inline style or script."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.forms import CharField, MultipleChoiceField
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from lianti.lib.web import hooks, parts
from lianti.lib.web.forms import Base
from lianti.lib.web.tests import parts_for_tests as sample


def draw(source: str, **context: Any) -> str:
    return Template("{% load web i18n %}" + source).render(Context(context))


def page(template: str, **context: Any) -> str:
    request = RequestFactory().get("/x/?state=declared")
    return render_to_string(template, context, request=request)


def test_every_page_frame_is_clean_under_the_strict_policy() -> None:
    pages = [
        page("web/record.html", head=sample.head(), moves=sample.moves(), facts=sample.facts(), story=sample.story()),
        page(
            "web/list.html", page=parts.Page("需求", count=3), chips=sample.chips(), columns=sample.columns(), rows=[1]
        ),
        page(
            "web/list.html", page=parts.Page("需求"), rows=[], empty=parts.Empty("还没有需求", "说明", "/new/", "提出")
        ),
        page("web/form_page.html", page=parts.Page("提出需求"), form=sample.StateNeed(), submit="提交"),
        page("web/error.html", status=409, title="已变化", happened="a", kept="b", next="c"),
        page("web/print.html", title="月报", number="MS-1", code="AB12", sheets=[1, 2]),
        page("web/door.html"),
    ]
    for html in pages:
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
        assert html.count("<h1") <= 2
        assert 'lang="' in html


def test_record_page_shows_head_moves_facts_and_story() -> None:
    html = page("web/record.html", head=sample.head(), moves=sample.moves(), facts=sample.facts(), story=sample.story())
    for word in (
        "NE-2026-0012",
        "待受理",
        "青岛市立医院",
        "受理或退回",
        "重症医学科",
        "提出需求",
        "会议纪要.pdf",
        "230 kB",
    ):
        assert word in html
    assert "空" not in html  # a fact without a value is left out


def test_moves_put_the_primary_first_and_ask_before_danger() -> None:
    html = page("web/moves.html", moves=sample.moves())
    assert html.index("受理") < html.index("撤回")
    assert "撤回后不能恢复" in html
    assert html.count('name="key"') == 3
    assert html.count("<details") == 2  # reminding asks nothing: it is one button


def test_a_move_with_errors_stays_open() -> None:
    html = page("web/moves.html", moves=sample.moves(bound=True))
    assert '<details class="move" open id="move-accept">' in html


def test_moves_that_share_a_form_have_ids_of_their_own() -> None:
    both = [parts.Move(name, name, "/x/", form=sample.Accept()) for name in ("accept", "return")]
    ids = re.findall(r'\bid="([^"]+)"', page("web/moves.html", moves=both))
    assert len(ids) == len(set(ids)) == 6


def test_no_moves_draw_nothing() -> None:
    assert page("web/moves.html", moves=[]).strip() == ""


def test_form_keeps_what_was_typed_and_names_each_error() -> None:
    form = sample.StateNeed({"title": "<b>血滤</b>", "amount": "many"})
    html = draw("{% form form %}", form=form)
    assert "&lt;b&gt;血滤&lt;/b&gt;" in html
    assert 'href="#stateneed-start"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="stateneed-title_helptext"' in html
    assert 'type="date"' in html
    assert 'type="datetime-local"' in html
    assert 'value="many"' in html


def test_form_ids_are_unique_on_a_page_with_several_forms() -> None:
    html = draw("{% form a %}{% form b %}", a=sample.StateNeed(), b=sample.Accept())
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_refusal_lands_at_its_field_or_on_the_whole_form() -> None:
    form = sample.Accept({"by": "2026-01-01"})
    assert form.is_valid()
    form.refused({"by": "太早", "": "不行", "elsewhere": "别处"})
    assert form.errors["by"] == ["太早"]
    assert form.non_field_errors() == ["不行", "别处"]


def test_a_list_of_many_is_ticked_and_follows_its_choices() -> None:
    class Many(Base):
        members = MultipleChoiceField(choices=[("1", "甲")])

    form = Many({"members": ["2"]})
    form.fields["members"].choices = [("1", "甲"), ("2", "乙")]  # type: ignore[attr-defined]
    html = draw("{% form f %}", f=form)
    assert html.count('type="checkbox"') == 2
    assert form.is_valid()
    assert form.cleaned_data == {"members": ["2"]}


def test_a_plain_form_is_drawn_too() -> None:
    class Plain(Base):
        word = CharField(required=False)

    assert 'name="word"' in draw("{% form f %}{% field f.word %}", f=Plain())


def test_state_badge_escapes_its_word() -> None:
    html = draw("{% state_badge s l t %}", s="x", l="<i>", t="late")
    assert html == '<span class="badge t-late" data-state="x">&lt;i&gt;</span>'


@pytest.mark.parametrize(
    ("value", "text"), [(Decimal("7.50"), "7.5"), (Decimal("1200.00"), "1,200"), (0, "0"), (None, "—"), ("x", "x")]
)
def test_quantity_drops_idle_zeros(value: Any, text: str) -> None:
    assert draw("{{ v|quantity }}", v=value) == text


def test_times_are_shanghai_and_show_the_year_only_when_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 23, tzinfo=UTC))
    html = draw(
        "{% when t %}|{% day d %}|{% day o %}",
        t=datetime(2026, 11, 22, 1, 30, tzinfo=UTC),
        d=date(2026, 3, 4),
        o=date(2024, 3, 4),
    )
    assert re.sub("<[^>]+>", "", html) == "11-22 09:30|03-04|2024-03-04"
    assert draw("{% when n %}{% day n %}", n=None) == "——"


def test_a_span_of_days_may_be_open() -> None:
    html = draw("{% span a b %}|{% span n n %}|{% span a a %}", a=date(2020, 1, 2), b=None, n=None)
    assert re.sub("<[^>]+>", "", html) == "2020-01-02 – |—|2020-01-02"


def test_institutions_show_the_short_name_with_the_full_one_on_hover() -> None:
    html = draw("{% institution_name i '/i/' %}{% institution_name n %}", i=sample.GIVER, n=None)
    assert 'title="青岛市市立医院(集团)">青岛市立医院</a>—' in html


def test_query_with_sets_clears_and_goes_to_the_first_page() -> None:
    request = RequestFactory().get("/x/?state=a&year=2026&after=abc")
    assert draw("{% query_with request state='b' %}", request=request) == "?year=2026&amp;state=b"
    assert draw("{% query_with request state='' %}", request=request) == "?year=2026"


def test_panels_come_from_the_room_that_provides_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def source(slot: str, request: HttpRequest, subject: Any) -> str:
        return f"<p>{slot} {subject}</p>"

    monkeypatch.setattr(hooks, "_panels", [source])
    assert draw("{% panels 'relation' 7 %}", request=RequestFactory().get("/")) == "<p>relation 7</p>"
    assert draw("{% panels 'relation' 7 %}") == ""


def test_more_leads_on_with_the_filters_kept() -> None:
    assert "state=declared&amp;after=TOKEN" in page("web/more.html", more="TOKEN")
    assert "<a" not in page("web/more.html", more=None)


def test_every_print_sheet_says_its_page_of_all() -> None:
    html = page("web/print.html", title="月报", number="MS-1", code="AB12", sheets=[1, 2])
    assert html.count('class="sheet"') == 2
    assert html.count("MS-1") >= 4
