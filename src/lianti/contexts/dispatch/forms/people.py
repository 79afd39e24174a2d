"""Whom and where a typed name means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network.queries import InstitutionFacts, Named, PersonFacts
from lianti.lib.names import folded
from lianti.lib.saying import listed


def person_of(people: Sequence[PersonFacts], typed: str, department: str | None = None) -> PersonFacts:
    """Return the one of the house who is meant, however blanks and points are written.

    `department` tells people of one name apart, where there is a place for it. Raises ValidationError.
    """
    wanted = folded(typed)
    found = [one for one in people if folded(str(one.name)) == wanted]
    if not found:
        raise forms.ValidationError(_("Nobody of this name is registered at your institution."))
    if len(found) > 1 and department:
        found = [one for one in found if folded(one.department) == folded(department)] or found
    if len(found) > 1 and department is None:
        raise forms.ValidationError(_("Several people of this name work here: register them apart first."))
    if len(found) > 1:
        named = listed(one.department or "—" for one in found)
        raise forms.ValidationError(
            _("Several people of this name work here (%(departments)s): add the department.") % {"departments": named}
        )
    return found[0]


class Houses:
    """The institutions of the network by every name they go by."""

    def __init__(self, names: Iterable[Named]) -> None:
        self._by_name: dict[str, dict[int, InstitutionFacts]] = {}
        for one in names:
            for name in one.names:
                self._by_name.setdefault(folded(name), {})[one.institution.id] = one.institution

    def find(self, typed: str) -> InstitutionFacts | None:
        """Return the institution that a name means; None when none does. Raises ValidationError for several."""
        found = list(self._by_name.get(folded(typed), {}).values())
        if len(found) > 1:
            named = listed(one.name for one in found)
            raise forms.ValidationError(_("Several institutions go by this name: %(names)s.") % {"names": named})
        return found[0] if found else None
