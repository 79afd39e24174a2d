"""How the reports that go out are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.lib.errors import Sentence

NOT_BEGUN = pgettext_lazy("attendance state", "Not begun")
REPORTS: dict[str, Sentence] = {
    "attendance": _("Monthly report: attendance of supporting staff"),
    "workload": _("Monthly report: work of posted staff"),
}
