"""How people speak of calendar feeds."""

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch.states import FeedOf
from lianti.lib.errors import Sentence

FEED_OF: dict[str, Sentence] = {
    FeedOf.OWN: _("My own posting and leave"),
    FeedOf.PLACE: _("Everybody posted at my institution, with leave"),
}
