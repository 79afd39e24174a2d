"""The kind of tie: what is founded counts more than what is mentioned."""

import pytest

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.grammar import institutions, relation
from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.known import Known
from lianti.contexts.intake.domain.proposals import Relation


def tell(text: str, title: str = "") -> Relation | None:
    """The tie of a text."""
    page = Page(Cleaned(f"{title}\n{text}" if title else text, title=title))
    return relation.tell(page, institutions.find(page, Known()))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("云岫市中心医院对口支援青岚县人民医院。", "paired_assistance"),
        ("两院签订结对帮扶协议。", "paired_assistance"),
        ("东西部协作医疗帮扶专家到青岚县。", "paired_assistance"),
        ("青岚县人民医院加入云岫市中心医院医联体。", "consortium"),
        ("双方签署托管协议。", "consortium"),
        ("县域紧密型医共体揭牌。", "consortium"),
        ("神经专科联盟在青岚县成立。", "specialty_alliance"),
        ("山海提升工程下派专家。", "uplift_project"),
        ("“组团式”帮扶医疗队到岗。", "team_assistance"),
        ("县管乡用人才到岗。", "team_assistance"),
        ("骨科专家工作站揭牌。", "expert_workstation"),
        ("李某某名医工作室落户青岚县人民医院。", "expert_workstation"),
        ("双方签订战略合作框架协议。", "other"),
        ("专家到青岚县人民医院义诊。", "other"),
    ],
)
def test_by_words(text: str, kind: str) -> None:
    found = tell(text)
    assert found is not None
    assert found.kind == kind


def test_what_is_founded_wins_over_background() -> None:
    text = "为落实对口支援工作要求，28日，两院签约共建胸痛专科联盟。专科联盟成立后，双方共享资源。"
    found = tell(text, "胸痛专科联盟签约仪式举行")
    assert found is not None
    assert found.kind == "specialty_alliance"
    assert found.found.spans
    assert found.found.confidence > 0.5


def test_nothing_to_tell() -> None:
    assert tell("") is None


def test_a_quoted_project() -> None:
    found = tell("20日，双方召开“山海”提升工程推进会。")
    assert found is not None
    assert found.kind == "uplift_project"
