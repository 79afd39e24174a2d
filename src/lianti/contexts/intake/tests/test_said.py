"""What the review page calls things, and what it ticks: words of the office, no codes; only what is sure."""

import pytest
from django.utils.translation import override

from lianti.contexts.intake import queries
from lianti.contexts.intake.domain.proposals import Figure, Found, Need, Span
from lianti.contexts.intake.models import Document
from lianti.contexts.intake.services import drafts
from lianti.contexts.intake.tests.builders import CLEANED, COUNTY, of, proposals, read
from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db


def facts(cast: Cast, document: Document, field: str) -> dict[str, str]:
    with override("zh-hans"):
        page = queries.review(cast.supporting.office, document.public_id)
        line = next(one for one in page.proposals if one.field == field)
        return {str(label): str(value) for label, value in line.facts}


def test_people_have_a_name_and_a_post_and_hospitals_a_name(cast: Cast) -> None:
    document = read(cast.supporting.office)
    assert {"姓名", "职务"} <= set(facts(cast, document, "person"))
    assert "名称" in facts(cast, document, "institution")
    assert "标题" in facts(cast, document, "event")


def test_the_form_of_a_paper_has_words_and_can_be_put_right(cast: Cast) -> None:
    office = cast.supporting.office
    document = read(office)
    assert facts(cast, document, "agreement")["形式"] == "协议"
    path = f"/intake/{document.public_id}/proposals/{of(document, 'agreement').public_id}/correct/"
    form = signed_in_client(office).get(path).context["form"]
    assert form["form"].value() == "agreement"
    assert "memorandum" in dict(form.fields["form"].choices)


@pytest.mark.parametrize(
    ("text", "ticked"),
    [("希望得到省级医院的更多支持", False), ("希望派驻2名专家", True), ("希望得到内镜技术支持", True)],
)
def test_a_courtesy_is_no_need_that_is_ticked(text: str, ticked: bool) -> None:
    need = Need(COUNTY, text, Found((Span(0, 2),), 0.7, ("need.asked",)))
    made = [one for one in drafts(CLEANED, proposals(needs=(need,), specialties=())) if one.field == "need"]
    assert [one.ticked for one in made] == [ticked]


def test_a_number_that_no_word_explains_is_not_ticked() -> None:
    figure = Figure("产科", "4", "名", Found((Span(0, 2),), 0.6, ("numeral", "bare")))
    made = [one for one in drafts(CLEANED, proposals(figures=(figure,))) if one.field == "figure"]
    assert [one.ticked for one in made] == [False]
