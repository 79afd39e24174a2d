"""Who approves leave of a length, by the rules of its first day (dispatch.md §3; policy.md §4.3)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries import rulebook
from lianti.contexts.dispatch.states import Approval
from lianti.contexts.network import queries as network
from lianti.lib.errors import Invalid


def approval(posting: Posting, first: date, until: date) -> Approval:
    """Return who approves days of leave. Raises Invalid where the rules let nobody approve so many.

    A set that says nothing of a length leaves it to those above: what neither department nor office approves, both do.
    """
    days = (until - first).days + 1
    relation = network.relation_by_id(posting.relation_id)
    places = network.institutions_by_id({posting.sender_id, posting.recipient_id})
    case = rulebook.case_of(
        relation, rulebook.own_purpose(posting.kind), places[posting.sender_id], places[posting.recipient_id]
    )
    values = network.rule_book(rulebook.USE, relation_ids=(relation.id,)).values_on(first, case)
    known = {code: int(values[code].value) for code in _LIMITS if code in values}
    for code, whose in _LIMITS.items():
        if days <= known.get(code, 0):
            return whose
    if "leave_both" in known:
        said = _("The rules allow at most %(days)s days of leave at once.")
        raise Invalid({"until": said % {"days": known["leave_both"]}})
    return Approval.BOTH


_LIMITS = {"leave_department": Approval.DEPARTMENT, "leave_office": Approval.OFFICE, "leave_both": Approval.BOTH}
