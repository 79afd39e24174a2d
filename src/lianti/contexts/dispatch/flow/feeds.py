"""Calendar feeds bound to their table: nobody but their owner sees or moves them."""

from lianti.contexts.dispatch import rules, states
from lianti.contexts.dispatch.models import Feed, FeedTransition
from lianti.kernel.flows import Flow

FEEDS = Flow(states.FEED, Feed, FeedTransition, rules.FEEDS)
