"""Words for files, their states and why one is not taken."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.evidence.domain.types import ENDINGS
from lianti.contexts.evidence.states import FileState

STATES = {FileState.KEPT: pgettext_lazy("file state", "Kept"), FileState.ERASED: pgettext_lazy("file state", "Erased")}
MOVES = {"store": _("File added"), "erase": _("File erased"), "adopt": _("File taken over")}
TAKEN = ", ".join(ENDINGS)
UNFIT = {
    "empty": _("“%(name)s” is empty. Choose the file again."),
    "ending": _("“%(name)s” is of a kind that is not taken. Taken are: %(taken)s."),
    "content": _("“%(name)s” is damaged, or not what its ending says. Save it anew and try again."),
    "macros": _("“%(name)s” holds macros. Save it without them and try again."),
}
TOO_LARGE = _("“%(name)s” has %(size)s MB; at most %(most)s MB are taken. Make it smaller, or split it.")
GONE = _("This file has been erased.")
LOST = _("The file store does not hold this file as it was handed in. Tell the administrator.")
