"""Who sends, receives and sees; and the walls of the room's tables."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.accounts import queries as accounts
from lianti.contexts.dispatch.models import (
    Attendance,
    AttendanceLine,
    AttendanceMark,
    AttendanceTransition,
    Batch,
    BatchTransition,
    Handover,
    Leave,
    LeaveSlip,
    PastFile,
    PastService,
    PastTransition,
    Posting,
    PostingTransition,
)
from lianti.contexts.dispatch.states import Duty, PostingState
from lianti.kernel import audience, personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import WORDS, Columns, Level, Personal
from lianti.kernel.walls import either, shared
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import DESK, EVERYONE, Role

BATCH, POSTING, PAST_SERVICE = "dispatch.batch", "dispatch.posting", "dispatch.past"
SENDERS = frozenset(DESK)
NOMINATORS = SENDERS | {Role.LEADER, Role.DEPARTMENT_HEAD}
CONSENTERS = SENDERS | {Role.LEADER}
HOSTS = frozenset(DESK | {Role.LEADER, Role.DEPARTMENT_HEAD})

# The receiving institution knows of a posting from the letter on, and before it of whom it is asked to accept.
_UNKNOWN = frozenset({PostingState.NOMINATED, PostingState.DROPPED})


def asked_for(row: Posting) -> bool:
    """Say whether the receiving institution is asked for this very person: presidents and heads (users.md)."""
    return row.duty != Duty.MEMBER


def batch_sides(row: Batch) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of a batch."""
    known = Posting.objects.filter(batch=row.pk).exclude(state__in=_UNKNOWN)
    return {"sender": {row.sender_id}, "recipient": set(known.values_list("recipient", flat=True))}


def posting_sides(row: Posting) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of a posting."""
    return {"sender": {row.sender_id}, "recipient": {row.recipient_id}}


def reads_leave(actor: Actor, row: Posting) -> bool:
    """Say whether somebody reads of what kind a leave was and why: who keeps it, and whose it is."""
    return actor.role in HOSTS or (actor.person_id is not None and actor.person_id == row.person_id)


def _batches(actor: Actor) -> Q:
    return audience.visible(BATCH, actor)


def _postings(actor: Actor) -> Q:
    """Return those of the actor's institution, and one's own from whatever seat: the page and My month show them."""
    shared_with = audience.visible(POSTING, actor)
    return shared_with if actor.person_id is None else shared_with | Q(person=actor.person_id)


def own_or_desk(actor: Actor, row: LeaveSlip | Posting) -> Sentence | None:
    """Refuse somebody else's leave to whoever has no desk."""
    if actor.role in HOSTS | {Role.SYSTEM} or (actor.person_id is not None and actor.person_id == row.person_id):
        return None
    return _("Only who is posted, or a desk, leader or head of either side, does this.")


def _is_asked(_actor: Actor, row: Posting) -> Sentence | None:
    """Refuse a consent that nobody asks for, or that is given already."""
    if not asked_for(row):
        return _("Only for a president or the head of a department is the receiving institution asked.")
    return _("Your institution has accepted this person already.") if row.consented else None


def _is_signed(_actor: Actor, row: Posting) -> Sentence | None:
    """Refuse to call a posting handed over before both have signed."""
    if Handover.objects.filter(posting=row.pk, in_on__isnull=False).exists():
        return None
    return _("The last signature of the handover does this.")


_SENDER = _("The sending institution's office or coordinator do this.")
_HOST = _("The receiving institution's office, coordinator, leaders and department heads do this.")
EITHER = _("Office, coordinator, leaders and department heads of the sending or the receiving institution do this.")

_NOMINATE = Rule(NOMINATORS, ("sender",), _("The sending institution's departments, its office or a leader nominate."))

BATCHES = Table(
    name="dispatch.batch",
    rules={
        "dispatch.plan": Rule(SENDERS, ("sender",), _SENDER),
        "dispatch.nominate": _NOMINATE,
        "dispatch.order": Rule(SENDERS, ("sender",), _SENDER),
        "dispatch.receive": Rule(HOSTS, ("recipient",), _HOST),
    },
    sides=batch_sides,
    visible=_batches,
)
POSTINGS = Table(
    name="dispatch.posting",
    rules={
        "dispatch.nominate": _NOMINATE,
        "dispatch.consent": Rule(
            CONSENTERS,
            ("recipient",),
            _("Office, coordinator or a leader of the receiving institution agree."),
            _is_asked,
        ),
        "dispatch.order": Rule(SENDERS, ("sender",), _SENDER),
        "dispatch.receive": Rule(HOSTS, ("recipient",), _HOST),
        "dispatch.leave": Rule(HOSTS | {Role.SYSTEM}, ("sender", "recipient"), EITHER),
        # Back on duty: also by whoever it is (销假).
        "dispatch.come_back": Rule(
            HOSTS | {Role.EXPERT, Role.CLINICIAN, Role.SYSTEM}, ("sender", "recipient"), EITHER, own_or_desk
        ),
        "dispatch.end": Rule(HOSTS, ("sender", "recipient"), EITHER),
        "dispatch.hand_over": Rule(
            EVERYONE, ("sender", "recipient"), _("The last signature of the handover does this."), _is_signed
        ),
    },
    sides=posting_sides,
    visible=_postings,
)


def past_sides(row: PastService) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of service before the platform."""
    return {"sender": {row.sender_id}, "recipient": {row.recipient_id} if row.recipient_id else set()}


def _past(actor: Actor) -> Q:
    return audience.visible(PAST_SERVICE, actor)


PASTS = Table(
    name="dispatch.past",
    rules={
        "dispatch.past": Rule(SENDERS, ("sender",), _SENDER),
        "dispatch.dispute": Rule(
            CONSENTERS,
            ("recipient",),
            _("Office, coordinator or a leader of the receiving institution say that it was not so."),
        ),
    },
    sides=past_sides,
    visible=_past,
)

# A receipt is a move of the batch by whoever receives of it.
_RECEIVES = (
    "EXISTS (SELECT 1 FROM dispatch_posting p WHERE p.batch_id = {t}.id AND p.recipient_id = lianti_tenant()"
    " AND p.state NOT IN ('nominated', 'dropped'))"
)
_BATCH = walls.record(Batch, BATCH, read=shared(BATCH), change=either(walls.sides("sender_id"), _RECEIVES))
# Who is posted reads their own posting in whatever seat, also at a third institution, which is no audience of it.
_IS_ONESELF = "{t}.person_id IN (SELECT one.id FROM network_person one WHERE one.principal_id = lianti_principal())"
_POSTING = walls.record(
    Posting, POSTING, read=either(shared(POSTING), _IS_ONESELF), change=walls.sides("sender_id", "recipient_id")
)
# An authority is no audience of postings. For one statement the function acts as each hospital that is bound under it,
# and tells who runs there, no more (queries/county.py).
_POSTED_UNDER = """CREATE OR REPLACE FUNCTION lianti_posted_under() RETURNS TABLE (relation_id bigint,
    person_id bigint, sender_id bigint, recipient_id bigint, department text, arrived date, to_date date,
    state text) LANGUAGE plpgsql AS $f$ #variable_conflict use_column
    DECLARE me text := current_setting('lianti.tenant', true); one record; BEGIN
        FOR one IN SELECT DISTINCT yes.relation_id AS relation, yes.institution_id AS place
            FROM network_relation r JOIN network_relationconfirmation yes ON yes.relation_id = r.id
            WHERE r.authority_id = NULLIF(me, '')::bigint AND r.state = 'in_force' AND EXISTS (
                SELECT 1 FROM network_relationconfirmation own
                WHERE own.relation_id = r.id AND own.institution_id = r.authority_id AND own.own)
        LOOP
            PERFORM set_config('lianti.tenant', one.place::text, true);
            RETURN QUERY SELECT p.relation_id, p.person_id, p.sender_id, p.recipient_id, p.department::text, p.arrived,
                p.to_date, p.state::text FROM dispatch_posting p
                WHERE p.recipient_id = one.place AND p.relation_id = one.relation
                AND p.state IN ('on_duty', 'on_leave');
        END LOOP;
        PERFORM set_config('lianti.tenant', COALESCE(me, ''), true);
    END $f$"""
FUNCTIONS = (_POSTED_UNDER,)
_PAST = walls.record(
    PastService, PAST_SERVICE, read=shared(PAST_SERVICE), change=walls.sides("sender_id", "recipient_id")
)
WALLS: walls.Walls = (
    _BATCH,
    walls.story(BatchTransition, _BATCH),
    _POSTING,
    walls.story(PostingTransition, _POSTING),
    walls.child(Leave, _POSTING, "posting_id"),
    _PAST,
    walls.story(PastTransition, _PAST),
    walls.child(PastFile, _PAST, "service_id", "insert"),
)
# One of the kinds says that somebody was ill.
AWAY = Personal(
    Level.HEALTH,
    "count days, know who covers",
    "as long as its record",
    "overwritten with another kind on request; the move that did it stays in the journal",
)
PERSONAL: personal.Declared = (
    Columns(_BATCH.table, "number name kind quota_number minutes_number public_place letter_number letter_basis"),
    Columns(
        _POSTING.table,
        "number kind duty department specialty letter_number receipt_number licence_number counted_by",
        {"handover": WORDS},
    ),
    Columns(_PAST.table, "number place kind department letter_number"),
    Columns("dispatch_pastfile", "public_id"),
    Columns("dispatch_leave", "", {"kind": AWAY, "reason": WORDS}),
)


# Attendance: who receives keeps it, both offices seal it -----------------------------------------

ATTENDANCE = "dispatch.attendance"
MONTH_KEEPERS = HOSTS


def attendance_sides(row: Attendance) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of a month."""
    return {"sender": {row.sender_id}, "recipient": {row.recipient_id}}


def alone(row: Attendance) -> bool:
    """Say whether nobody who could seal a month for the receiving institution is here: who sent keeps it then."""
    return accounts.nobody_there(row.recipient_id, SENDERS)


def _keeps(actor: Actor, row: Attendance) -> Sentence | None:
    """Let who sent keep a month while the receiving institution has nobody here who could seal it."""
    return None if actor.tenant_id == row.recipient_id or alone(row) else _HOST


def _books(_actor: Actor, row: Attendance) -> Sentence | None:
    return None if alone(row) else _("The receiving institution is here by now: it seals the month itself.")


def _another(actor: Actor, row: Attendance) -> Sentence | None:
    """Refuse the second seal to whoever gave the first, or booked it from paper."""
    if row.confirmed_by_id != actor.principal_id:
        return None
    if row.scan_id is not None:
        return _("You have booked the receiving institution's seal: somebody else seals for yours.")
    return _("You have sealed this month for the receiving institution: somebody else does it here.")


_SEALS_HERE = _("The receiving institution's office or coordinator seal the month.")
ATTENDANCES = Table(
    name=ATTENDANCE,
    rules={
        "dispatch.begin_month": Rule(
            MONTH_KEEPERS | {Role.SYSTEM},
            ("sender", "recipient"),
            _("The desks, leaders and department heads of either side begin a month's sheet."),
        ),
        "dispatch.keep": Rule(MONTH_KEEPERS, ("recipient", "sender"), _HOST, _keeps),
        "dispatch.book_month": Rule(
            SENDERS,
            ("sender",),
            _("While the receiving institution has nobody here, the sending one's office books its seal on paper."),
            _books,
        ),
        "dispatch.confirm_month": Rule(SENDERS, ("recipient",), _SEALS_HERE),
        "dispatch.seal_month": Rule(
            SENDERS, ("sender",), _("The sending institution's office or coordinator seal it."), _another
        ),
        "dispatch.check_month": Rule(SENDERS, ("sender", "recipient"), _("Either office returns a month.")),
    },
    sides=attendance_sides,
    visible=lambda actor: audience.visible(ATTENDANCE, actor),
)
_ATTENDANCE = walls.record(
    Attendance, ATTENDANCE, read=shared(ATTENDANCE), change=walls.sides("sender_id", "recipient_id")
)
WALLS += (
    _ATTENDANCE,
    walls.story(AttendanceTransition, _ATTENDANCE),
    walls.child(AttendanceMark, _ATTENDANCE, "attendance_id"),
    walls.child(AttendanceLine, _ATTENDANCE, "attendance_id"),
)
PERSONAL += (
    Columns(_ATTENDANCE.table, "number"),
    Columns("dispatch_attendancemark", "origin mark", {"leave": AWAY, "note": WORDS}),
    Columns("dispatch_attendanceline", "", {"letters": AWAY}),
)
