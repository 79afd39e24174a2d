"""How people speak of days that count as a job kept them, and of licences."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

AS_OF = pgettext_lazy("counted days", "as of %(day)s")
COUNTED = _("Counted days")
MOST_COUNTED = _("Most counted days first")
LICENCE_ENDS = _("licence ends %(day)s")
LICENCE_OVER = _("licence ended %(day)s")
LICENCE_BEFORE = _("The licence ends on %(day)s, before the posting does.")
LICENCE_SCOPE = _("The scope of the licence (%(scope)s) does not name %(specialty)s.")
LICENCE_FILING = _("No filing for practice at another place is noted, and this relation is not one that needs none.")
LICENCE_NONE_NEEDED = _("No filing is needed: %(why)s.")
