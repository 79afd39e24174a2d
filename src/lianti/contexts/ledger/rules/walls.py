"""The second wall of the ledger: giver and receiver, and the authority where something was laid before it."""

from lianti.contexts.ledger.models import (
    Account,
    AccountSum,
    AccountTransition,
    Booking,
    CheckTransition,
    Closing,
    ClosingTransition,
    Entry,
    EntryPerson,
    EntryTransition,
    Link,
    LinkTransition,
    MonthSheet,
    PrintTransition,
    Publication,
    PublicationTransition,
    RelationSum,
    SheetPrint,
    SheetTransition,
    SpotCheck,
)
from lianti.kernel import personal
from lianti.kernel.personal import WORDS, Columns
from lianti.kernel.walls import MAKER, Wall, Walls, both, child, either, record, sides, story

_PAIR = sides("giver_id", "receiver_id")
_OWING = sides("giver_id", "receiver_id", "tenant_id")
_WITH_ARBITER = sides("giver_id", "receiver_id", "arbiter_id")
_WITH_JUDGE = sides("giver_id", "receiver_id", "judge_id")
_ACCOUNT = record(Account, "ledger.account", read=_OWING, change=_OWING)
_ENTRY = record(Entry, "ledger.entry", read=_WITH_ARBITER, insert=both(MAKER, _WITH_ARBITER), change=_WITH_ARBITER)
_SHEET = record(MonthSheet, "ledger.sheet", read=_PAIR, insert=_PAIR, change=_PAIR)
# By number and the short code on the paper together, which the function below names for the moment of one statement.
_BY_CODE = "({t}.number || '-' || right({t}.public_id, 8)) = current_setting('lianti.month_sheet', true)"
_PRINT = record(SheetPrint, "ledger.print", read=either(_PAIR, _BY_CODE), insert=both(MAKER, _PAIR), change=_PAIR)
# The token names the receiver, in whose scope a one-time link is looked up; the row holds only hashes.
_LINK = record(Link, "ledger.link", read=_PAIR, insert=both(MAKER, _PAIR), change=_PAIR)
_CLOSING = record(Closing, "ledger.closing", read=_PAIR, insert=both(MAKER, _PAIR), change=_PAIR)
_CHECK = record(SpotCheck, "ledger.check", read=_WITH_JUDGE, insert=sides("judge_id"), change=sides("judge_id"))
_PUBLICATION = record(Publication, "ledger.publication", read=sides("tenant_id", "authority_id"), change=MAKER)

WALLS: Walls = (
    _ACCOUNT,
    story(AccountTransition, _ACCOUNT),
    child(AccountSum, _ACCOUNT, "account_id"),
    _ENTRY,
    story(EntryTransition, _ENTRY),
    child(EntryPerson, _ENTRY, "entry_id"),
    child(Booking, _ENTRY, "entry_id"),
    Wall(RelationSum, read=_PAIR, insert=_PAIR, change=_PAIR),
    _SHEET,
    story(SheetTransition, _SHEET),
    _PRINT,
    story(PrintTransition, _PRINT),
    _LINK,
    story(LinkTransition, _LINK),
    _CLOSING,
    story(ClosingTransition, _CLOSING),
    _CHECK,
    story(CheckTransition, _CHECK),
    _PUBLICATION,
    story(PublicationTransition, _PUBLICATION),
)

FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION lianti_month_sheet(known text, code text)
    RETURNS TABLE (tenant_id bigint, made timestamptz, lines int) LANGUAGE plpgsql AS $f$ BEGIN
        PERFORM set_config('lianti.month_sheet', known || '-' || code, true);
        RETURN QUERY SELECT p.tenant_id, p.created_at, jsonb_array_length(p.lines) FROM ledger_sheetprint p
            WHERE p.number = known AND right(p.public_id, 8) = code;
        PERFORM set_config('lianti.month_sheet', '', true);
    END $f$""",
)

PERSONAL: personal.Declared = (
    Columns("ledger_account", "kinds unit per source_kind source_public_id", {"label": WORDS}),
    Columns("ledger_entry", "kind unit via source_kind source_public_id before", {"note": WORDS}),
    Columns("ledger_entryperson", "part"),
    Columns("ledger_accountsum", "unit"),
    Columns("ledger_relationsum", "kind"),
    Columns("ledger_publication", "figures", {"note": WORDS}),
    Columns("ledger_sheetprint", "number lines"),
    Columns("ledger_link", "token_hash code_hash"),  # of one use; whom a link is for, `person` says
)
