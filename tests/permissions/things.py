"""How the records that the matrix opens are made: by services, as in life. One may build on those above it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Model

from lianti.contexts.accounts import queries as accounts
from lianti.contexts.accounts.services import Invitation, invite
from lianti.contexts.activities.domain import Taking
from lianti.contexts.activities.models import ActivityFile
from lianti.contexts.activities.services import Upload, attach
from lianti.contexts.activities.tests.builders import an_activity
from lianti.contexts.agreements import services as agreements
from lianti.contexts.agreements.domain import GoalFacts
from lianti.contexts.agreements.models import AgreementFile, Commitment
from lianti.contexts.agreements.tests.builders import an_agreement, promised
from lianti.contexts.dispatch import services as feeds
from lianti.contexts.dispatch.models import CertificateSeal, HandoverFile, PastFile, Posting
from lianti.contexts.dispatch.tests.builders import a_batch as planned
from lianti.contexts.dispatch.tests.builders import a_candidate, a_posting, batch_of, earlier_service
from lianti.contexts.dispatch.tests.caring import (
    a_care_visit,
    a_check,
    a_clinic,
    a_handover,
    a_rate,
    a_sheet,
    a_station,
    signed_on_paper,
)
from lianti.contexts.dispatch.tests.proving import a_certificate, an_appraisal, graded_on_paper, sealed_on_paper
from lianti.contexts.dispatch.tests.test_attendance import begun
from lianti.contexts.dispatch.tests.test_leaves import asked
from lianti.contexts.dispatch.tests.test_on_paper import stamped
from lianti.contexts.dispatch.tests.test_presence import checked
from lianti.contexts.evidence.tests.samples import PDF
from lianti.contexts.intake.tests.builders import TEXT, of, read
from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.models import Account, Entry, MonthSheet
from lianti.contexts.needs.tests.builders import a_need
from lianti.contexts.network import services as network
from lianti.contexts.network.domain import rulebook
from lianti.contexts.network.models import Person, PersonDoubt
from lianti.contexts.papers.tests.builders import a_docx, brought, issued
from lianti.kernel import outbox, scope
from lianti.kernel.models import OutboxTask
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from lianti.records import codes
from lianti.records.models import SavedView
from tests.cast import AT, DAY, Cast, a_person, a_phone, a_relation
from tests.permissions.world import World
from tests.rulebook import TRIAL, of_relation

# Stands in whatever the two hospitals tell each other; no page of a stranger's may show it.
SECRET = "只给双方看的话"


rulebook.register(TRIAL)  # a room that counts by rules, as sites have one


def the_posting(world: World) -> Posting:
    """Return the posting of the matrix."""
    with scope.system():
        return Posting.objects.get(public_id=world.things["posting"])


def _seat(actor: Actor) -> str:
    held = accounts.memberships(actor.principal_id, DAY)
    return next(m.public_id for m in held if m.institution_id == actor.tenant_id)


def _invited(office: Actor) -> str:
    asked = Invitation(a_phone(), "钱初来", Role.CLINICIAN, DAY)
    return str(invite(**_by(office), invitation=asked).membership.public_id)


def _said(office: Actor, about: int) -> str:
    source = network.adopt_source(
        actor=office, at=AT, code="said", document=network.DocumentDraft(title="工作简报", kind="report")
    )
    figure = network.FigureDraft(label="张床位", value=Decimal(9), institution_id=about)
    return str(network.adopt_figure(actor=office, at=AT, figure=figure, source_id=source.pk).public_id)


def _in_doubt(cast: Cast) -> str:
    """Let the county's office enter somebody of the name of whom the supporting hospital employs."""
    known = a_person("孟子衿", employer=cast.supporting.institution)
    draft = network.PersonDraft(name=known.name, employer_id=cast.county.id)
    network.add_person(**_by(cast.county.office), person=draft)
    with scope.system():
        return PersonDoubt.objects.get().public_id


def _by(actor: Actor) -> dict[str, Any]:
    return {"actor": actor, "at": AT, "key": None}


def _only(model: type[Model], **which: Any) -> Any:
    with scope.system():
        return model._default_manager.filter(**which).order_by("pk").first()


def _of(actor: Actor) -> str:
    with scope.system():
        return str(Person.objects.values_list("public_id", flat=True).get(pk=actor.person_id or 0))


def _agreement(cast: Cast, state: str) -> str:
    said = promised(cast, text=f"每年讲座，{SECRET}")
    return an_agreement(cast, state, said, title=f"支援协议，{SECRET}").public_id


def _agreement_file(cast: Cast, agreement: str) -> str:
    office = cast.supporting.office
    with scope.acting(office):
        agreements.attach(**_by(office), agreement_id=agreement, uploads=(Upload("a.pdf", PDF),))
    return str(_only(AgreementFile).public_id)


def _goal(cast: Cast) -> str:
    office = cast.supporting.office
    with scope.acting(office):
        goal = agreements.set_goal(
            **_by(office), goal=GoalFacts(cast.relation.pk, "accreditation", f"三级医院评审，{SECRET}")
        )
    return goal.public_id


def _activity_file(cast: Cast, activity: str) -> str:
    expert = cast.posted_expert
    with scope.acting(expert):
        attach(**_by(expert), activity_id=activity, uploads=(Upload("b.pdf", PDF),))
    return str(_only(ActivityFile).public_id)


def _print(cast: Cast) -> Any:
    office = cast.county.office
    with scope.acting(office):
        return ledger.print_sheet(**_by(office), sheet_id=_only(MonthSheet).public_id)


def _scanned(cast: Cast, signatory: int) -> str:
    """Let a second expert give something, and the stamped sheet of it come back."""
    expert = a_person(employer=cast.supporting.institution)
    an_activity(cast, people=(Taking(expert.pk),))
    office = cast.supporting.office
    with scope.system():
        sheet = MonthSheet.objects.get(person=expert.pk)
    with scope.acting(office):
        made = ledger.print_sheet(**_by(office), sheet_id=sheet.public_id)
        ledger.confirm_scan(
            **_by(office), print_id=made.public_id, signatory_id=signatory, name="盖章单.pdf", content=PDF
        )
    return made.public_id


def _feed(cast: Cast) -> Any:
    """Let the county's coordinator make a calendar feed of days of their own: its secret opens it to anybody."""
    made_by = cast.county.coordinator
    with scope.acting(made_by):
        return feeds.make_feed(actor=made_by, at=AT, key=None, of="own")


def _link(cast: Cast, head: int) -> Any:
    office = cast.county.office
    now = datetime.now(UTC)
    with scope.acting(office):
        return ledger.make_link(actor=office, at=now, key=None, sheet_id=_only(MonthSheet).public_id, person_id=head)


def _view(cast: Cast) -> str:
    actor = cast.county.coordinator
    with scope.acting(actor):
        given = {"list": "needs.need", "name": "我的需求", "query": "show=all"}
        return SavedView.objects.create(principal_id=actor.principal_id, tenant_id=actor.tenant_id, **given).public_id


def _code(cast: Cast) -> Any:
    coordinator = cast.county.coordinator
    with scope.acting(coordinator):
        later = datetime.now(UTC) + timedelta(hours=2)  # all addresses take longer than a code lives
        return codes.make(coordinator, later, "/activities/new/", "uploads")


def _publication(cast: Cast) -> str:
    office = cast.county.office
    with scope.acting(office):
        made = ledger.publish_month(**_by(office), relation_id=cast.relation.pk, month=date(2026, 3, 1))
    return made.public_id


def _requested(cast: Cast) -> str:
    made = a_relation(
        cast.supporting.institution,
        [cast.county.institution],
        state="requested",
        authority=cast.authority.institution,
        name="专科联盟",
    )
    return made.public_id


def _document(cast: Cast) -> Any:
    office = cast.county.office
    return read(office, content=f"{TEXT}{SECRET}".encode(), name=f"{SECRET}.txt")


def _job(cast: Cast) -> int:
    office = cast.county.office
    with scope.acting(office):
        return outbox.enqueue_for(office, "test.nothing", {}, at=AT, title=f"导出，{SECRET}").pk


def _made_job(cast: Cast) -> int:
    made = _job(cast)
    path = settings.EXPORTS / "made" / "list.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SECRET, encoding="utf-8")
    with scope.system():
        OutboxTask.objects.filter(pk=made).update(state=OutboxTask.State.DONE, result="made/list.csv", done_at=AT)
    return made


MAKE: dict[str, Callable[[World], Any]] = {
    "county_expert_seat": lambda w: _seat(w.cast.county.expert),
    "county_auditor_seat": lambda w: _seat(w.cast.county.auditor),
    "county_invited_seat": lambda w: _invited(w.cast.county.office),
    "said_figure": lambda w: _said(w.cast.supporting.office, w.cast.county.id),
    "doubt": lambda w: _in_doubt(w.cast),
    "county": lambda w: w.cast.county.institution.public_id,
    "county_expert": lambda w: _of(w.cast.county.actor(Role.EXPERT)),
    "relation": lambda w: w.cast.relation.public_id,
    "requested_relation": lambda w: _requested(w.cast),
    "rule_set": lambda w: of_relation(w.cast, source=f"会议纪要，{SECRET}").public_id,
    "need": lambda w: a_need(w.cast, text=f"请派人带教，{SECRET}").public_id,
    "draft": lambda w: _agreement(w.cast, "draft"),
    "commitment": lambda _w: _only(Commitment).public_id,
    "agreement_file": lambda w: _agreement_file(w.cast, w.things["draft"]),
    "agreement": lambda w: _agreement(w.cast, "in_force"),
    "goal": lambda w: _goal(w.cast),
    "activity": lambda w: an_activity(w.cast, title=f"卒中讲座，{SECRET}", note=SECRET).public_id,
    "activity_file": lambda w: _activity_file(w.cast, w.things["activity"]),
    "entry": lambda _w: _only(Entry).public_id,
    "account": lambda _w: _only(Account).public_id,
    "giving_person": lambda w: _of(w.cast.posted_expert),
    "sheet": lambda _w: _only(MonthSheet).public_id,
    "head": lambda w: a_person(employer=w.cast.county.institution, phone="13600000001").pk,
    "print": lambda w: _print(w.cast),
    "print_id": lambda w: w.things["print"].public_id,
    "print_number": lambda w: w.things["print"].number,
    "link": lambda w: _link(w.cast, w.things["head"]),
    "link_id": lambda w: w.things["link"].link.public_id,
    "token": lambda w: w.things["link"].token,
    "code_row": lambda w: _code(w.cast),
    "code": lambda w: w.things["code_row"].public_id,
    "view": lambda w: _view(w.cast),
    "code_word": lambda w: codes.word(w.things["code_row"]),
    "scanned": lambda w: _scanned(w.cast, w.things["head"]),
    "publication": lambda w: _publication(w.cast),
    "document_row": lambda w: _document(w.cast),
    "document": lambda w: w.things["document_row"].public_id,
    "batch": lambda w: w.things["document_row"].batch,
    "proposal": lambda w: of(w.things["document_row"], "need").public_id,
    "job": lambda w: _job(w.cast),
    "made_job": lambda w: _made_job(w.cast),
    # Last: a posting makes an entry and a sheet of its own.
    "posting": lambda w: a_posting(w.cast, department=f"妇产科，{SECRET}").public_id,
    "paper": lambda w: issued(w.cast).public_id,
    "template": lambda w: brought(w.cast, a_docx("{{ name }}")).public_id,
    "check": lambda w: a_check(w.cast).public_id,
    "care_visit": lambda w: a_care_visit(w.cast, follow_up=f"宿舍暖气，{SECRET}", owner_id=w.cast.county.id).public_id,
    "handover": lambda w: a_handover(w.cast, tasks=f"两例随访，{SECRET}").public_id,
    "signed_handover": lambda w: signed_on_paper(w.cast).public_id,
    "handover_file": lambda _w: _only(HandoverFile).public_id,
    "workstation": lambda w: a_station(w.cast, name=f"皮肤科站，{SECRET}").public_id,
    "rate": lambda w: a_rate(w.cast, basis=f"院办纪要，{SECRET}").public_id,
    "allowance": lambda w: a_sheet(w.cast).public_id,
    "clinic": lambda w: a_clinic(w.cast, name=f"妇产科门诊，{SECRET}").public_id,
    "presence": lambda w: checked(w.cast.supporting.office, the_posting(w)).public_id,
    "leave": lambda w: asked(w.cast, the_posting(w)).public_id,
    "month": lambda w: begun(w.cast, AT).public_id,
    "stamped_month": lambda w: stamped(w.cast).public_id,
    "sent_batch": lambda w: batch_of(a_posting(w.cast, "ordered")).public_id,
    "certificate": lambda w: a_certificate(w.cast).public_id,
    "endorsed_certificate": lambda w: a_certificate(w.cast, "endorsed").public_id,
    "approved_certificate": lambda w: a_certificate(w.cast, "approved").public_id,
    "sealed_certificate": lambda w: sealed_on_paper(w.cast).public_id,
    "paper_seal": lambda _w: str(_only(CertificateSeal, scan__isnull=False).pk),
    "appraisal": lambda w: an_appraisal(w.cast, "written").public_id,
    "stamped_appraisal": lambda w: graded_on_paper(w.cast).public_id,
    "own_doctor": lambda w: a_person("白能去", employer=w.cast.supporting.institution).public_id,
    "planned_batch": lambda w: planned(w.cast).public_id,
    "candidate": lambda w: a_candidate(w.cast).public_id,
    "past": lambda w: earlier_service(w.cast, uploads=(Upload("证明.pdf", PDF),)).public_id,
    "own_feed": lambda w: _feed(w.cast),
    "feed_id": lambda w: w.things["own_feed"].feed.public_id,
    "feed_token": lambda w: w.things["own_feed"].token,
    "past_file": lambda _w: _only(PastFile).public_id,
}
