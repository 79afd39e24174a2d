"""Another time or another place for who is planned: asked for on the rota, done by the move that belongs there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lianti.contexts.dispatch import rules
from lianti.contexts.dispatch.domain.rota import carried
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries.postings import KIND
from lianti.contexts.dispatch.states import PostingState
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound

# Before the letter the nomination is changed; after it, the days alone, by a letter on the change.
_MOVES = {PostingState.NOMINATED: "edit", PostingState.ORDERED: "adjust"}
FURTHEST = 60  # months back or forth


@dataclass(frozen=True)
class Change:
    """What opens: the move ('' where there is none any more, or not for this reader), and what is filled in.

    `posting` is read only. `stays`: another place was asked for, which the letter does not leave open.
    """

    posting: Posting
    move: str
    given: dict[str, Any] = field(default_factory=dict)
    stays: bool = False


def move_of(actor: Actor, row: Posting) -> str:
    """Return the move by which a reader changes time or place of who is planned; '' where they cannot."""
    name = _MOVES.get(PostingState(row.state), "")
    action = "dispatch.nominate" if name == "edit" else "dispatch.order"
    return name if name and rules.POSTINGS.refusal(actor, action, row) is None else ""


def change_url(row: Posting) -> str:
    """Return the address of the form that changes time or place, over the version that was read."""
    return f"{KIND.url(row.public_id)}change/?seen={row.version}"


def change(actor: Actor, public_id: str, months: int = 0, to: str = "") -> Change:
    """Return the move that is asked for: by how many months, to which institution. Raises NotFound."""
    row: Posting = KIND.visible(actor).one(public_id)
    if abs(months) > FURTHEST:
        raise NotFound
    name = move_of(actor, row)
    first, last = carried(row.from_date, row.to_date, months)
    given: dict[str, Any] = {"from_date": first, "to_date": last}
    if name == "edit" and to:
        given["recipient"] = to
    return Change(row, name, given, bool(to) and name == "adjust")
