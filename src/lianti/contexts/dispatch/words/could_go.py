"""How people speak of who could go on a need, and of the applicants of a year."""

from django.utils.translation import gettext_lazy as _

TITLE_ASKED = _("%(title)s or above asked for")
SAME_SPECIALTY = _("same specialty: %(department)s")
FREE_THEN = _("free at that time")
QUOTA_OF = _("quota of the department %(asked)s, named %(named)s")
NO_RECEIPT = _("receipt of the posting at %(place)s")
NO_LETTER = _("letter of the posting at %(place)s")
NO_SCAN = _("scan for %(place)s")
DISPUTED = _("%(place)s says that it was not so")
