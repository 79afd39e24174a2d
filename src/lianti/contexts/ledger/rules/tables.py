"""The permission tables of the ledger's records, and what an institution may know of."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import words
from lianti.contexts.ledger.models import Account, Closing, Entry, Link, MonthSheet, Publication, SheetPrint, SpotCheck
from lianti.contexts.ledger.rules.verifying import declared_it, refusals, who_is
from lianti.kernel.permissions import Rule, Table
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import DESK, EVERYONE, Role

_CARE = frozenset({Role.CLINICIAN, Role.EXPERT, Role.DEPARTMENT_HEAD, Role.LEADER})
DECLARERS = DESK | _CARE | {Role.SYSTEM}
VERIFIERS = DESK | {Role.DEPARTMENT_HEAD, Role.LEADER, Role.LINK}
OFFICES = DESK | {Role.SYSTEM}
_ALL = frozenset(EVERYONE) | {Role.SYSTEM}


def between(actor: Actor) -> Q:
    """Return what the actor's institution gives or receives."""
    return Q(giver_id=actor.tenant_id) | Q(receiver_id=actor.tenant_id)


def visible_to(actor: Actor) -> Q:
    """Return the entries of the actor's institution: given, received, or laid before it to settle or judge."""
    return between(actor) | Q(arbiter_id=actor.tenant_id)


def _entry_sides(entry: Entry) -> Mapping[str, set[int]]:
    return {
        "giver": {entry.giver_id},
        "receiver": {entry.receiver_id},
        "declaring": {entry.tenant_id},
        "asked": {entry.referred_id} if entry.referred_id else set(),
    }


def _pair_sides(record: Account | MonthSheet | SheetPrint | Link | Closing) -> Mapping[str, set[int]]:
    return {"giver": {record.giver_id}, "receiver": {record.receiver_id}}


def _check_sides(check: SpotCheck) -> Mapping[str, set[int]]:
    return {"judge": {check.judge_id}}


def _publication_sides(publication: Publication) -> Mapping[str, set[int]]:
    return {"office": {publication.tenant_id}, "authority": {publication.authority_id}}


def _the_test(actor: Actor, entry: Entry) -> Sentence | None:
    """Refuse who has a part in what was given: declarer, its people, the giver's employees, their batch."""
    if entry.passed_by == (who := who_is(actor)):  # a whole sheet was asked about at once, and its rows are locked
        return None
    why = refusals(who, [entry]).get(entry.pk)
    return None if why is None else words.REFUSALS[why]


def _declarer_or_desk(actor: Actor, entry: Entry) -> Sentence | None:
    """Refuse anybody but the declarer and the office that stands in for them."""
    if actor.principal_id == entry.created_by_id or actor.role in DESK:
        return None
    return _("Only who declared this entry, or the office of the same institution, may do this.")


def _never_the_declarer(actor: Actor, entry: Entry) -> Sentence | None:
    """Refuse whoever declared it or mended it: who books a scan is somebody else."""
    if declared_it(actor, entry):
        return _("Who declared an entry does not book its scan.")
    return None


_VERIFY = Rule(
    VERIFIERS,
    ("receiver",),
    _("The receiving institution's office, coordinator, department heads and leaders verify."),
    _the_test,
)
_DECLARER = Rule(
    DECLARERS,
    ("declaring",),
    _("Only who declared this entry, or the office of the same institution, may do this."),
    _declarer_or_desk,
)
_PAIR_OFFICES = Rule(OFFICES, ("giver", "receiver"), _("The offices of giver and receiver do this."))

ENTRIES = Table(
    "ledger.entry",
    {
        "ledger.declare": Rule(
            DECLARERS, ("giver", "receiver"), _("People who act for the giver or the receiver declare what was given.")
        ),
        "ledger.correct": Rule(
            OFFICES, ("giver", "receiver"), _("The offices of giver and receiver correct a verified entry.")
        ),
        "ledger.verify": _VERIFY,
        "ledger.lower": _VERIFY,
        "ledger.return": _VERIFY,
        "ledger.acknowledge": Rule(
            DESK | _CARE,
            ("receiver",),
            _("Whoever acknowledged the closed referral or the delivered opinion for the receiver verifies it."),
            _the_test,
        ),
        "ledger.confirm_scan": Rule(
            DESK,
            ("giver", "receiver"),
            _("Either office books the scan of a stamped sheet, but never the declarer."),
            _never_the_declarer,
        ),
        "ledger.redeclare": _DECLARER,
        "ledger.withdraw": _DECLARER,
        "ledger.object": _DECLARER,
        "ledger.settle": Rule(
            DESK | {Role.HEALTH_AUTHORITY},
            ("giver", "receiver", "asked"),
            _("Both offices settle an objection, or the authority that a relation of the two names."),
        ),
        "ledger.refer": Rule(
            DESK, ("giver", "receiver"), _("Either office lays an objection before the authority of their relation.")
        ),
        "ledger.name_account": Rule(
            DECLARERS, ("giver", "receiver"), _("People who act for the giver or the receiver name an account.")
        ),
        "ledger.draw": Rule(
            DESK | {Role.HEALTH_AUTHORITY},
            (),
            _("A relation's authority, else the receiver's office, draws spot checks."),
        ),
        "ledger.judge": Rule(
            DESK | {Role.HEALTH_AUTHORITY},
            (),
            _("Whoever drew a spot check judges it: the authority, else the receiver's office."),
        ),
        "ledger.close_month": _PAIR_OFFICES,
        # Whoever settles or raises the entry has been asked already; these follow from it.
        "ledger.settle_rest": Rule(_ALL, (), _("What settling adds to a closed month is a correction.")),
        "ledger.follow": Rule(_ALL, (), _("A correction counts at the level of what it corrects.")),
    },
    sides=_entry_sides,
    visible=visible_to,
)

ACCOUNTS = Table(
    "ledger.account",
    {
        # The rooms of agreements and needs have asked already who may promise; these are their words to the ledger.
        "ledger.open_account": Rule(_ALL, (), _("An account opens with what is owed.")),
        "ledger.redate_account": Rule(_ALL, (), _("An account is dated by what is owed.")),
        "ledger.close_account": Rule(_ALL, (), _("An account closes with what is owed.")),
    },
    sides=_pair_sides,
    visible=lambda actor: between(actor) | Q(tenant_id=actor.tenant_id),
)

SHEETS = Table(
    "ledger.sheet",
    {
        "ledger.open_sheet": Rule(_ALL, (), _("A sheet begins with its first entry.")),
        "ledger.verify_sheet": Rule(
            VERIFIERS, ("receiver",), _("The receiving institution's office, coordinator, heads and leaders verify.")
        ),
    },
    sides=_pair_sides,
    visible=between,
)

PRINTS = Table(
    "ledger.print",
    {
        "ledger.print_sheet": Rule(
            DECLARERS, ("giver", "receiver"), _("People who act for the giver or the receiver print a sheet.")
        ),
        "ledger.book_scan": Rule(DESK, ("giver", "receiver"), _("Either office books the scan of a stamped sheet.")),
    },
    sides=_pair_sides,
    visible=between,
)

LINKS = Table(
    "ledger.link",
    {
        "ledger.make_link": Rule(DESK, ("giver", "receiver"), _("Either office makes a one-time link.")),
        "ledger.use_link": Rule(frozenset({Role.LINK}), ("receiver",), _("Only the holder uses a one-time link.")),
    },
    sides=_pair_sides,
    visible=between,
)

CLOSINGS = Table(
    "ledger.closing",
    {"ledger.close_month": _PAIR_OFFICES, "ledger.reopen_month": _PAIR_OFFICES},
    sides=_pair_sides,
    visible=between,
)

CHECKS = Table(
    "ledger.check",
    {
        "ledger.draw": Rule(
            DESK | {Role.HEALTH_AUTHORITY},
            ("judge",),
            _("A relation's authority, else the receiver's office, draws spot checks."),
        ),
        "ledger.judge": Rule(DESK | {Role.HEALTH_AUTHORITY}, ("judge",), _("Whoever drew a spot check judges it.")),
    },
    sides=_check_sides,
    visible=lambda actor: between(actor) | Q(judge_id=actor.tenant_id),
)

PUBLICATIONS = Table(
    "ledger.publication",
    {
        "ledger.publish_month": Rule(
            OFFICES | {Role.LEADER}, ("office",), _("The office publishes a month's sums to the relation's authority.")
        )
    },
    sides=_publication_sides,
    visible=lambda actor: Q(tenant_id=actor.tenant_id) | Q(authority_id=actor.tenant_id),
)

TABLES = (ENTRIES, ACCOUNTS, SHEETS, PRINTS, LINKS, CLOSINGS, CHECKS, PUBLICATIONS)
