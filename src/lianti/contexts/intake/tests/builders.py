"""A signing report between the two hospitals of the cast, taken in and read without the reader's own process."""

from dataclasses import replace
from typing import Any

from lianti.contexts.intake import services
from lianti.contexts.intake.domain.cleaned import Cleaned, Line, Repair, Status
from lianti.contexts.intake.domain.proposals import (
    Commitment,
    Event,
    Figure,
    Found,
    Institution,
    Need,
    Person,
    Proposals,
    Publicity,
    Relation,
    Span,
    Specialty,
)
from lianti.contexts.intake.domain.source import Source
from lianti.contexts.intake.models import Document, Proposal
from lianti.contexts.intake.services import Upload
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from tests.cast import AT, Cast

LEAD, COUNTY, THIRD = "青山大学附属医院", "云溪县人民医院", "新河县人民医院"
PROMISE = "每季度选派心内科专家到县医院坐诊"
NEED = "县医院心内科介入人才短缺"
TEXT = (
    f"两院签约共建专科\n2026年3月2日，{LEAD}与{COUNTY}签署对口支援协议。"
    f"{LEAD}副院长林致远、{COUNTY}院长周衡出席。根据协议，{PROMISE}。{NEED}。"
    f"当天开展义诊，服务群众120余人次。{THIRD}代表观摩。"
)


def span(words: str) -> Found:
    """Return where words stand in the text, surely found."""
    start = TEXT.index(words)
    return Found((Span(start, start + len(words)),), 0.9, ("test",))


def proposals(**other: Any) -> Proposals:
    """Return what a good extractor finds in the text."""
    given: dict[str, Any] = {
        "institutions": (
            Institution(LEAD, "supporter", found=span(LEAD)),
            Institution(COUNTY, "supported", aliases=("县医院",), found=span(COUNTY)),
            Institution(THIRD, "other", region="青山省/新河县", found=span(THIRD)),
        ),
        "relation": Relation("paired_assistance", span("对口支援")),
        "events": (
            Event("signing", "2026-03-02", word="签署", found=span("签署对口支援协议")),
            Event("free_clinic", "2026-03-02", word="义诊", found=span("开展义诊")),
        ),
        "people": (
            Person("林致远", "副院长", LEAD, leader=True, found=span("林致远")),
            Person("周衡", "院长", COUNTY, found=span("周衡")),
        ),
        "specialties": (Specialty("心内科", span("心内科")),),
        "needs": (Need(COUNTY, NEED, span(NEED)),),
        "commitments": (Commitment(LEAD, COUNTY, PROMISE, "dispatch", span(PROMISE)),),
        "figures": (Figure("服务群众人次", "120+", "人次", span("120余人次")),),
        "publicity": Publicity("青山日报", "provincial", "2026-03-03", "两院签约共建专科", span("两院签约共建专科")),
    }
    return Proposals(**{**given, **other})


CLEANED = Cleaned(
    TEXT,
    title="两院签约共建专科",
    medium="青山日报",
    repairs=(Repair(0, 2, "両院", "byte_shift", Status.CHOSEN, sensitive=True, others=("雨院",)),),
    lines=(Line("首页 > 新闻", "navigation"), Line("两院签约共建专科", start=0, end=8)),
    counts=(("byte_shift", 1),),
)


def taken_in(actor: Actor, *, content: bytes = TEXT.encode(), name: str = "签约.txt", **other: Any) -> Document:
    """Take a document in, and leave it to the worker."""
    with scope.acting(actor):
        made = services.take_in(actor=actor, at=AT, key=None, files=(Upload(name, content),), **other)
    return made[0].document


def read(actor: Actor, found: Proposals | None = None, **other: Any) -> Document:
    """Take a document in and read it."""
    document = taken_in(actor, **other)
    job = replace(actor, role=Role.SYSTEM)
    with scope.system():
        services.begin_reading(at=AT, document_id=document.pk)
        made = tuple(services.drafts(CLEANED, found or proposals()))
        return services.keep_reading(
            actor=job,
            at=AT,
            document_id=document.pk,
            source=Source(TEXT),
            cleaned=CLEANED,
            drafts=made,
            extractor="test",
        )


def of(document: Document, field: str, number: int = 0) -> Proposal:
    """Return a proposal of a sort, as it stands now."""
    with scope.system():
        return list(Proposal.objects.filter(document=document, field=field).order_by("position"))[number]


def accept(actor: Actor, document: Document, field: str, number: int = 0) -> Proposal:
    """Accept a proposal of a sort."""
    with scope.acting(actor):
        return services.accept(actor=actor, at=AT, key=None, proposal_id=of(document, field, number).public_id)


def without_a_bond(cast: Cast) -> None:
    """End the relation of the cast, so that the document brings a new one."""
    from lianti.contexts.network import services as network

    office = cast.supporting.office
    with scope.acting(office):
        network.end_relation(
            actor=office, at=AT, key=None, relation_id=cast.relation.public_id, to_date=AT.date(), note="期满"
        )
