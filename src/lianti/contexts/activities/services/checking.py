"""What can be taken as an activity: every refusal is a sentence at its field."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities.domain import ActivityFacts, EventFacts
from lianti.contexts.activities.states import Part
from lianti.contexts.ledger.queries import kinds
from lianti.contexts.network import queries as network
from lianti.lib.errors import Invalid, Sentence

MOST = Decimal("9999999.99")
LONGEST_SPAN = 366
_TOO_LONG = _("This is too long.")


def check(activity: ActivityFacts, today: date) -> None:
    """Pass when help that was given can be recorded; raise Invalid when not."""
    wrong = _days(activity.day, activity.day_to, today) | _texts(activity)
    wrong |= _kind_and_quantity(activity)
    wrong |= _parties(activity)
    wrong |= _people(activity)
    if wrong:
        raise Invalid(wrong)


def check_event(event: EventFacts) -> None:
    """Pass when an event can be taken in; raise Invalid when not."""
    wrong = _texts(event)
    if event.kind not in {row.code for row in kinds.activities()}:
        wrong["kind"] = _("Choose what it was.")
    if event.day_to is not None and event.day_to < event.day:
        wrong["day_to"] = _("The end lies before the beginning.")
    if not event.participant_ids:
        wrong["participants"] = _("Say who took part.")
    elif set(event.participant_ids) - set(network.institutions_by_id(event.participant_ids)):
        wrong["participants"] = _("An institution here is not in the directory.")
    if wrong:
        raise Invalid(wrong)


def _days(day: date, day_to: date | None, today: date) -> dict[str, Sentence]:
    if day > today:
        return {"day": _("This day has not come yet.")}
    if day_to is None:
        return {}
    if day_to < day:
        return {"day_to": _("The end lies before the beginning.")}
    if day_to > today:
        return {"day_to": _("This day has not come yet.")}
    if (day_to - day).days > LONGEST_SPAN:
        return {"day_to": _("Record a year at most at once.")}
    return {}


def _texts(facts: ActivityFacts | EventFacts) -> dict[str, Sentence]:
    limits = {"title": (facts.title, 200), "place_text": (facts.place_text, 120), "note": (facts.note, 2000)}
    return {name: _TOO_LONG for name, (text, most) in limits.items() if len(text) > most}


def _kind_and_quantity(activity: ActivityFacts) -> dict[str, Sentence]:
    wrong: dict[str, Sentence] = {}
    row = kinds.KINDS.get(activity.kind)
    if row is None or not row.is_activity or not row.gives:
        wrong["kind"] = _("Choose what was done.")
    if activity.quantity <= 0:
        wrong["quantity"] = _("The quantity must be more than nothing.")
    elif activity.quantity > MOST:
        wrong["quantity"] = _("This number is too large.")
    elif activity.quantity != round(activity.quantity, 2):
        wrong["quantity"] = _("Two decimals at most.")
    if row is not None:
        wrong |= _extra(activity, row)
    return wrong


def _extra(activity: ActivityFacts, row: kinds.Kind) -> dict[str, Sentence]:
    fields = {field.code: field for field in row.fields}
    wrong: dict[str, Sentence] = {}
    for code, value in activity.extra.items():
        field = fields.get(code)
        if field is None:
            wrong[f"extra_{code}"] = _("This kind has no such fact.")
        elif field.type == "int" and (not isinstance(value, int) or not 0 <= value < 10**8):
            wrong[f"extra_{code}"] = _("Give a whole number.")
        elif field.type == "choice" and value not in {choice[0] for choice in field.choices}:
            wrong[f"extra_{code}"] = _("Choose one of these.")
        elif field.type == "text" and len(str(value)) > 200:
            wrong[f"extra_{code}"] = _TOO_LONG
    return wrong


def _parties(activity: ActivityFacts) -> dict[str, Sentence]:
    known = set(network.institutions_by_id({activity.giver_id, *activity.receiver_ids}))
    if activity.giver_id not in known:
        return {"giver": _("Choose who gave it.")}
    if not activity.receiver_ids:
        return {"receivers": _("Choose who received it.")}
    if set(activity.receiver_ids) - known or len(set(activity.receiver_ids)) != len(activity.receiver_ids):
        return {"receivers": _("Choose each receiver once.")}
    if activity.giver_id in activity.receiver_ids:
        return {"receivers": _("Nobody gives help to their own institution.")}
    return {}


def _people(activity: ActivityFacts) -> dict[str, Sentence]:
    ids = [taking.person_id for taking in activity.people]
    if len(set(ids)) != len(ids):
        return {"people": _("Name each person once.")}
    if set(ids) - set(network.people_by_id(ids)):
        return {"people": _("Somebody here is not in the directory.")}
    if any(taking.part not in set(Part) for taking in activity.people):
        return {"people": _("Say what part each person had.")}
    if any(t.share is not None and not 0 <= t.share <= activity.quantity for t in activity.people):
        return {"people": _("Nobody's own share can be more than the whole.")}
    return {}
