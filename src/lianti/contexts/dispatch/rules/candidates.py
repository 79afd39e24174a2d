"""Who reads and keeps whom a house can send, and the quotas of its departments."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch.models import Candidate, CandidateTransition, Quota
from lianti.contexts.dispatch.rules.sending import SENDERS
from lianti.kernel import personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import WORDS, Columns, Level, Personal
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role

CANDIDATE = "dispatch.candidate"
# Years of application, exemptions and licences are personnel matters: desk, leaders and heads, and everybody their own.
PEOPLE_READERS = SENDERS | {Role.LEADER, Role.DEPARTMENT_HEAD}


def candidate_sides(row: Candidate) -> Mapping[str, set[int]]:
    """Return the institution that employs somebody."""
    return {"sender": {row.sender_id}}


def _candidates(actor: Actor) -> Q:
    own = Q(sender=actor.tenant_id)
    if actor.role in PEOPLE_READERS:
        return own
    return own & Q(person=actor.person_id) if actor.person_id is not None else Q(pk=None)


def _speaks_for(actor: Actor, row: Candidate) -> Sentence | None:
    """Refuse whoever is neither the desk nor the person."""
    if actor.role in SENDERS or actor.person_id == row.person_id:
        return None
    return _("Somebody volunteers themselves, or the sending institution's desk notes it.")


CANDIDATES = Table(
    name="dispatch.candidate",
    rules={
        "dispatch.candidates": Rule(
            SENDERS, ("sender",), _("The sending institution's office or coordinator do this.")
        ),
        "dispatch.volunteer": Rule(
            PEOPLE_READERS | {Role.EXPERT, Role.CLINICIAN},
            ("sender",),
            _("Somebody volunteers themselves, or the sending institution's desk notes it."),
            _speaks_for,
        ),
        "dispatch.keep_people": Rule(
            frozenset({Role.SYSTEM}), ("sender",), _("The list of people follows the directory by itself.")
        ),
    },
    sides=candidate_sides,
    visible=_candidates,
)

_CANDIDATE = walls.record(
    Candidate, CANDIDATE, read=walls.sides("sender_id"), change=walls.sides("sender_id"), insert=walls.NOBODY
)
_OF_SENDER = "EXISTS (SELECT 1 FROM dispatch_batch b WHERE b.id = {t}.batch_id AND b.sender_id = lianti_tenant())"
WALLS: walls.Walls = (
    _CANDIDATE,
    walls.story(CandidateTransition, _CANDIDATE),
    # How many each department is to name is the sender's own matter.
    walls.Wall(Quota, _OF_SENDER, _OF_SENDER, _OF_SENDER, _OF_SENDER),
)
# One of the reasons says that somebody is ill.
_WHY_EXEMPT = Personal(
    Level.HEALTH,
    "know who need not go before promotion",
    "as long as its record",
    "overwritten with another reason on request; the move that did it stays in the journal",
)
PERSONAL: personal.Declared = (
    Columns(
        _CANDIDATE.table,
        "licence_number licence_scope licence_filing department title_level counted_by",
        {"exempt_reason": _WHY_EXEMPT, "exempt_basis": WORDS},
    ),
    Columns("dispatch_quota", "department"),
)
