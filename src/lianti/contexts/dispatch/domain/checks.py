"""What is refused before anything is written, each with the field that is wrong."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch.domain.facts import BatchFacts, LetterFacts, Nominee, PastFacts
from lianti.contexts.dispatch.states import Duty, PostingKind
from lianti.lib.errors import Invalid, Sentence

LONGEST_DAYS = 5 * 366
END_FIRST = _("The end lies before the beginning.")
NOT_YET = _("This day has not come yet.")


def batch(facts: BatchFacts) -> None:
    """Look at a batch. Raises Invalid."""
    wrong: dict[str, Sentence] = {}
    if not facts.name.strip() or len(facts.name) > 120:
        wrong["name"] = _("Give a name of at most 120 characters.")
    if facts.kind not in set(PostingKind):
        wrong["kind"] = _("Choose one of these.")
    if (why := _dates(facts.from_date, facts.to_date)) is not None:
        wrong["to_date"] = why
    if len(facts.quota_number) > 60:
        wrong["quota_number"] = _("This is too long.")
    if wrong:
        raise Invalid(wrong)


def nominee(one: Nominee, first: date, last: date) -> dict[str, Sentence]:
    """Return what is wrong with somebody's time and place, by field."""
    wrong: dict[str, Sentence] = {}
    if one.duty not in set(Duty):
        wrong["duty"] = _("Choose one of these.")
    if (why := _dates(first, last)) is not None:
        wrong["to_date"] = why
    for name, most in (("department", 80), ("specialty", 80), ("licence_number", 40)):
        if len(getattr(one, name)) > most:
            wrong[name] = _("This is too long.")
    return wrong


def letter(facts: LetterFacts, today: date) -> None:
    """Look at a letter of dispatch. Raises Invalid."""
    wrong: dict[str, Sentence] = {}
    if not facts.letter_number.strip() or len(facts.letter_number) > 60:
        wrong["letter_number"] = _("Give the number of the letter.")
    if facts.letter_date > today:
        wrong["letter_date"] = NOT_YET
    if len(facts.letter_basis) > 200:
        wrong["letter_basis"] = _("This is too long.")
    if wrong:
        raise Invalid(wrong)


def past(facts: PastFacts, today: date) -> dict[str, Sentence]:
    """Return what is wrong with service before the platform, by field."""
    wrong: dict[str, Sentence] = {}
    if facts.kind not in set(PostingKind):
        wrong["kind"] = _("Choose one of these.")
    if (why := _dates(facts.first, facts.last)) is not None:
        wrong["last"] = why
    elif facts.last > today:
        wrong["last"] = NOT_YET
    if facts.certified is not None and not 0 <= facts.certified <= (facts.last - facts.first).days + 1:
        wrong["certified"] = _("More days are certified than there are from the first to the last.")
    for name, most in (("place", 120), ("letter_number", 60)):
        if not getattr(facts, name).strip() or len(getattr(facts, name)) > most:
            wrong[name] = _("This is needed, in at most %(most)s characters.") % {"most": most}
    if len(facts.department) > 80:
        wrong["department"] = _("This is too long.")
    return wrong


def _dates(first: date, last: date) -> Sentence | None:
    if last < first:
        return END_FIRST
    return _("This is longer than five years.") if (last - first).days > LONGEST_DAYS else None
