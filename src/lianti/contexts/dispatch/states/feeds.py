"""The life of a calendar feed (iCal): made by its owner, who alone gives it up."""

from __future__ import annotations

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, Transition, Workflow


class FeedState(StrEnum):
    """What a feed's address opens."""

    OPEN = "open"
    REVOKED = "revoked"


class FeedOf(StrEnum):
    """Whose postings and leave a feed tells: its owner's, or all at the institution that its owner acts for."""

    OWN = "own"
    PLACE = "place"


FEED = Workflow(
    name="dispatch.feed",
    states=FeedState,
    final=frozenset({FeedState.REVOKED}),
    transitions=(
        Transition(name="make_feed", sources=frozenset({NEW}), target=FeedState.OPEN, action="dispatch.feed"),
        Transition(
            name="revoke_feed",
            sources=frozenset({FeedState.OPEN}),
            target=FeedState.REVOKED,
            action="dispatch.feed",
            danger=True,
        ),
    ),
)
