"""The table of calendar feeds."""

from django.db import models

from lianti.contexts.dispatch.states import FeedOf, FeedState
from lianti.kernel.models import Record, TransitionRecord


class Feed(Record):
    """An address with a secret by which a calendar fetches postings and leave; only the secret's hash is kept.

    It is its maker's, in the seat in which it was made: it tells what that seat may see on the day it is asked.
    """

    of = models.CharField(max_length=8)
    role = models.CharField(max_length=24)
    token_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(FeedState)), name="dispatch_feed_state"),
            models.CheckConstraint(condition=models.Q(of__in=list(FeedOf)), name="dispatch_feed_of"),
        )

    def __str__(self) -> str:
        return self.public_id


class FeedTransition(TransitionRecord):
    record = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="+")
