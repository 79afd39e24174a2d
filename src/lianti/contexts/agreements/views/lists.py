"""The lists of agreements, promises and goals."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import queries, services
from lianti.records import cells, lists
from lianti.records.lists import Bulk, Column, Order, RecordList, Start
from lianti.records.reading import ByAudience

LATEST = {"latest": Order(lists.LATEST_FIRST, ("-id",))}
PROMISES = lists.register(
    RecordList(
        queries.PROMISE,
        columns=(
            Column("promise", _("Promise"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("promised", _("Promised"), cells.QUANTITY, labelled=True),
            Column("done", _("Done"), cells.PROGRESS, labelled=True),
            Column("paper", _("Rests on"), cells.RECORD, wide=True),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.PromiseAsks,
        orders=LATEST,
        source=ByAudience(),
        rows=queries.promises.rows,
        empty=(
            _("No promises here"),
            _("What institutions promise each other stands here, and beside it what was done."),
        ),
    )
)


def _only(*names: str) -> RecordList[Any]:
    """Return the table of promises with these columns alone, for a part of another page."""
    return replace(PROMISES, columns=tuple(one for one in PROMISES.columns if one.name in names))


# What was done beside promises of one wording stands on the ledger's board of the same page.
TOGETHER = _only("promise", "sides", "promised", "paper", "state")
# On the page of its agreement a promise need not say what it rests on.
BOARD = _only("promise", "sides", "promised", "done", "state")
GOALS = lists.register(
    RecordList(
        queries.GOAL,
        columns=(
            Column("goal", _("Goal"), cells.RECORD),
            Column("kind", _("Kind"), cells.TEXT),
            Column("whom", _("For whom"), cells.PLACE),
            Column("due", _("By when"), cells.DEADLINE),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.GoalAsks,
        orders=LATEST,
        source=ByAudience(),
        rows=queries.goals.rows,
        empty=(_("No goals here"), _("What a relation wants to reach stands here, for one institution or for all.")),
        starts=(Start(_("Set a goal"), "/agreements/goals/new/", queries.may_draft),),
    )
)
LIST = lists.register(
    RecordList(
        queries.KIND,
        columns=(
            Column("paper", _("Agreement"), cells.RECORD),
            Column("relation", _("Relation"), cells.TEXT, wide=True),
            Column("parties", _("Parties"), cells.PLACE),
            Column("state", _("State"), cells.STATE),
            Column("in_force", _("Time in force"), cells.SPAN),
            Column("promises", _("Promises"), cells.QUANTITY, labelled=True),
        ),
        asked=queries.AgreementAsks,
        orders=LATEST,
        source=ByAudience(),
        rows=queries.papers.rows,
        empty=(
            _("No agreements here"),
            _("What institutions promise each other stands here, and beside it what was done."),
        ),
        starts=(
            Start(_("Enter a signed agreement"), "/agreements/new/signed/", queries.may_enter_signed),
            Start(_("Write a draft"), "/agreements/new/", queries.may_draft),
            Start(PROMISES.kind.words.many, PROMISES.kind.base, beside=True),
            Start(GOALS.kind.words.many, GOALS.kind.base, beside=True),
        ),
        bulk=(Bulk("agree", services.agree, "agreement_id"), Bulk("end", services.end, "agreement_id", note=True)),
    )
)
