"""The lives of the ledger's records, as plain tables."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, SAME, Transition, Workflow


class EntryState(StrEnum):
    DECLARED = "declared"
    RETURNED = "returned"
    COUNTED = "counted"
    OBJECTED = "objected"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class AccountState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class SheetState(StrEnum):
    KEPT = "kept"


class PrintState(StrEnum):
    PRINTED = "printed"
    CONFIRMED = "confirmed"


class LinkState(StrEnum):
    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"


class ClosingState(StrEnum):
    PROPOSED = "proposed"
    CLOSED = "closed"
    REOPENING = "reopening"
    REOPENED = "reopened"


class CheckState(StrEnum):
    DRAWN = "drawn"
    PASSED = "passed"
    FAILED = "failed"


class PublicationState(StrEnum):
    PUBLISHED = "published"


_D, _R, _C, _O, _S = (
    EntryState.DECLARED,
    EntryState.RETURNED,
    EntryState.COUNTED,
    EntryState.OBJECTED,
    EntryState.SETTLED,
)
# States in which a quantity stands in the books.
STANDING = frozenset({_D, _C, _O, _S})


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


ENTRY = Workflow(
    name="ledger.entry",
    states=EntryState,
    final=_from(EntryState.SETTLED, EntryState.WITHDRAWN),
    adoptable=_from(_D, _C, _S),
    transitions=(
        Transition("declare", _from(NEW), _D, "ledger.declare"),
        Transition("correct", _from(NEW), _D, "ledger.correct", required=("note",)),
        Transition("fail_check", _from(NEW), _C, "ledger.judge"),
        Transition("settle_rest", _from(NEW), _C, "ledger.settle_rest"),
        Transition("verify", _from(_D), _C, "ledger.verify", primary=True),
        Transition("verify", _from(_C, _S), SAME, "ledger.verify"),
        Transition("acknowledge", _from(_D), _C, "ledger.acknowledge"),
        Transition("confirm_on_paper", _from(_D), _C, "ledger.confirm_scan"),
        Transition("lower_on_paper", _from(_D), _C, "ledger.confirm_scan", required=("note",)),
        Transition("return_on_paper", _from(_D), _R, "ledger.confirm_scan", required=("note",)),
        # By a link whose code the giver's side has seen: no more than paper.
        Transition("confirm_by_link", _from(_D), _C, "ledger.verify"),
        Transition(
            "lower_by_link", _from(_D), _C, "ledger.lower", required=("note",), notices=("ledger.entry.lowered",)
        ),
        Transition("lower", _from(_D), _C, "ledger.lower", required=("note",), notices=("ledger.entry.lowered",)),
        Transition("return_", _from(_D), _R, "ledger.return", required=("note",), notices=("ledger.entry.returned",)),
        Transition("redeclare", _from(_R), _D, "ledger.redeclare", primary=True),
        Transition("redeclare", _from(_D), SAME, "ledger.redeclare"),
        Transition("withdraw", _from(_D, _R), EntryState.WITHDRAWN, "ledger.withdraw", danger=True),
        Transition("object_", _from(_C), _O, "ledger.object", required=("note",), notices=("ledger.entry.objected",)),
        Transition(
            "settle",
            _from(_O),
            _S,
            "ledger.settle",
            required=("note",),
            notices=("ledger.entry.settled",),
            primary=True,
        ),
        Transition("refer", _from(_O), SAME, "ledger.refer", notices=("ledger.entry.referred",)),
        Transition("name_account", _from(_D, _C, _S), SAME, "ledger.name_account"),
        Transition("draw", _from(_C, _S), SAME, "ledger.draw"),
        Transition("pass_check", _from(_C, _S), SAME, "ledger.judge", primary=True),
        Transition("note_check", _from(_C, _S), SAME, "ledger.judge"),
        Transition("follow", _from(_C, _O, _S), SAME, "ledger.follow"),
        Transition("carry_over", _from(_D, _R), SAME, "ledger.close_month"),
    ),
)

ACCOUNT = Workflow(
    name="ledger.account",
    states=AccountState,
    final=_from(AccountState.CLOSED),
    adoptable=_from(AccountState.OPEN),
    transitions=(
        Transition("open_account", _from(NEW), AccountState.OPEN, "ledger.open_account"),
        Transition("redate_account", _from(AccountState.OPEN), SAME, "ledger.redate_account"),
        Transition("correct_account", _from(AccountState.OPEN), SAME, "ledger.redate_account"),
        Transition("close_account", _from(AccountState.OPEN), AccountState.CLOSED, "ledger.close_account"),
    ),
)

SHEET = Workflow(
    name="ledger.sheet",
    states=SheetState,
    final=_from(SheetState.KEPT),
    transitions=(
        Transition("open_sheet", _from(NEW), SheetState.KEPT, "ledger.open_sheet"),
        Transition(
            "verify_sheet",
            _from(SheetState.KEPT),
            SAME,
            "ledger.verify_sheet",
            notices=("ledger.sheet.verified",),
            primary=True,
        ),
    ),
)

PRINT = Workflow(
    name="ledger.print",
    states=PrintState,
    final=_from(PrintState.CONFIRMED),
    transitions=(
        Transition("print_sheet", _from(NEW), PrintState.PRINTED, "ledger.print_sheet"),
        Transition(
            "confirm_scan",
            _from(PrintState.PRINTED),
            PrintState.CONFIRMED,
            "ledger.book_scan",
            notices=("ledger.print.confirmed",),
            primary=True,
        ),
    ),
)

LINK = Workflow(
    name="ledger.link",
    states=LinkState,
    final=_from(LinkState.USED, LinkState.WITHDRAWN),
    transitions=(
        Transition("make_link", _from(NEW), LinkState.OPEN, "ledger.make_link"),
        Transition("use_link", _from(LinkState.OPEN), LinkState.USED, "ledger.use_link", notices=("ledger.link.used",)),
        Transition("withdraw_link", _from(LinkState.OPEN), LinkState.WITHDRAWN, "ledger.make_link", danger=True),
    ),
)

CLOSING = Workflow(
    name="ledger.closing",
    states=ClosingState,
    final=frozenset(),
    transitions=(
        Transition("propose_closing", _from(NEW, ClosingState.REOPENED), ClosingState.PROPOSED, "ledger.close_month"),
        Transition(
            "close_month", _from(ClosingState.PROPOSED), ClosingState.CLOSED, "ledger.close_month", primary=True
        ),
        Transition(
            "propose_reopening",
            _from(ClosingState.CLOSED),
            ClosingState.REOPENING,
            "ledger.reopen_month",
            required=("note",),
        ),
        Transition("reopen_month", _from(ClosingState.REOPENING), ClosingState.REOPENED, "ledger.reopen_month"),
    ),
)

CHECK = Workflow(
    name="ledger.check",
    states=CheckState,
    final=_from(CheckState.PASSED, CheckState.FAILED),
    transitions=(
        Transition("draw_check", _from(NEW), CheckState.DRAWN, "ledger.draw"),
        Transition("pass_check", _from(CheckState.DRAWN), CheckState.PASSED, "ledger.judge", primary=True),
        Transition("fail_check", _from(CheckState.DRAWN), CheckState.FAILED, "ledger.judge", required=("note",)),
    ),
)

PUBLICATION = Workflow(
    name="ledger.publication",
    states=PublicationState,
    final=_from(PublicationState.PUBLISHED),
    transitions=(
        Transition(
            "publish_month",
            _from(NEW),
            PublicationState.PUBLISHED,
            "ledger.publish_month",
            notices=("ledger.published",),
        ),
    ),
)

WORKFLOWS = (ENTRY, ACCOUNT, SHEET, PRINT, LINK, CLOSING, CHECK, PUBLICATION)
