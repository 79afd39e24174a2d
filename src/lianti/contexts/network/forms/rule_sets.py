"""What people type to say what rules say: a field for each value that the use knows, empty ones say nothing."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import queries, words
from lianti.contexts.network.domain import RuleSetDraft, RuleSetFacts
from lianti.contexts.network.domain.rulebook import NO, NONE_OF_THEM, YES, RuleScope, RuleUse, RuleValue, ValueKind
from lianti.contexts.network.domain.ruling import StandingRules
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotFound
from lianti.lib.web.forms import Base

PREFIX = "value_"
NONE = "-"  # ticked: none of the words; nothing ticked: the set says nothing of it


class NoneOfThemField(forms.MultipleChoiceField):
    """Some of a few words, or none of them; nothing ticked is no answer."""

    def clean(self, value: Any) -> list[str] | None:
        chosen = super().clean(value)
        if NONE in chosen and len(chosen) > 1:
            raise forms.ValidationError(_("Tick words, or that there are none."))
        return [one for one in chosen if one != NONE] if chosen else None


class HoldsField(forms.ChoiceField):
    """Where rules hold; what the list does not offer is refused by the rule, with its reason."""

    def valid_value(self, value: Any) -> bool:
        return True


def _field(value: RuleValue) -> forms.Field:
    """Return the field of one value."""
    common: dict[str, Any] = {"label": value.label, "help_text": value.help, "required": False}
    if value.kind is ValueKind.YES_NO:
        return forms.ChoiceField(choices=[("", words.SAYS_NOTHING), ("yes", YES), ("no", NO)], **common)
    if value.kind is ValueKind.CHOICE:
        return NoneOfThemField(choices=[*value.choices.items(), (NONE, NONE_OF_THEM)], **common)
    said = " · ".join(str(part) for part in (value.unit_word, value.help) if part)
    return forms.IntegerField(
        min_value=value.least, max_value=value.most, widget=forms.NumberInput, **{**common, "help_text": said}
    )


def _typed(value: RuleValue, said: Any) -> Any:
    """Return a value as its field shows it."""
    if value.kind is ValueKind.YES_NO:
        return {True: "yes", False: "no"}.get(said, "")
    if value.kind is ValueKind.CHOICE:
        return [NONE] if said == [] else said
    return said


class RuleSetWords(Base):
    """What a rule set says."""

    name = forms.CharField(label=words.NAME, max_length=120)
    from_date = forms.DateField(
        label=words.FROM, required=False, widget=forms.DateInput, help_text=_("Empty: since ever.")
    )
    to_date = forms.DateField(
        label=words.TO, required=False, widget=forms.DateInput, help_text=_("Empty: until it is ended.")
    )
    source = forms.CharField(
        label=words.SOURCE,
        max_length=500,
        widget=forms.Textarea,
        help_text=_("Title, number and year, or who has decided it."),
    )
    verified = forms.BooleanField(
        label=_("Checked against its source"),
        required=False,
        help_text=_("Somebody has read it there; otherwise it is shown as unverified."),
    )

    use: ClassVar[RuleUse]

    def facts(self) -> RuleSetFacts:
        """Return what was typed as the service takes it."""
        given = self.cleaned_data
        said = {one.code: given.get(f"{PREFIX}{one.code}") for one in self.use.values}
        yes = {one.code for one in self.use.values if one.kind is ValueKind.YES_NO}
        values = {
            code: value == "yes" if code in yes else value for code, value in said.items() if value not in (None, "")
        }
        return RuleSetFacts(
            name=given["name"],
            values=values,
            source=given["source"],
            verified=given["verified"],
            from_date=given["from_date"],
            to_date=given["to_date"],
        )

    @classmethod
    def filled(cls, one: StandingRules) -> dict[str, Any]:
        """Return what the form shows of a set that stands there; whether a change was checked, is said anew."""
        values = {f"{PREFIX}{v.code}": _typed(v, one.values[v.code]) for v in cls.use.values if v.code in one.values}
        return {
            "name": str(one.name),
            "from_date": one.from_date,
            "to_date": one.to_date,
            "source": one.source,
            **values,
        }


class EnterRuleSet(RuleSetWords):
    """A rule set to be: where it holds, for what, and what it says."""

    holds = HoldsField(label=_("Where it holds"))
    purpose = forms.ChoiceField(label=_("For what"), required=False)

    def __init__(self, *args: Any, actor: Actor, ships: StandingRules | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.ships = actor, ships
        if ships is not None:  # what ships is changed where it holds
            del self.fields["holds"]
        else:
            self.choose("holds", queries.places_to_hold(actor))
        if ships is not None or not self.use.purposes:
            del self.fields["purpose"]
        else:
            self.choose("purpose", [("", words.FOR_ALL), *self.use.purposes.items()])

    def draft(self) -> RuleSetDraft:
        """Return what was typed as the service takes it. Raises Invalid for a place that there is not."""
        if self.ships is not None:
            place: dict[str, Any] = {
                "scope": self.ships.scope,
                "region": self.ships.region,
                "programme_id": self.ships.programme_id,
                "purpose": self.ships.purpose,
                "replaces": self.ships.code,
            }
        else:
            place = {**self._place(), "purpose": self.cleaned_data.get("purpose", "")}
        return RuleSetDraft(use=self.use.code, facts=self.facts(), **place)

    def _place(self) -> dict[str, Any]:
        scope, _colon, named = self.cleaned_data["holds"].partition(":")
        if scope == RuleScope.REGION:
            return {"scope": scope, "region": named}
        if scope == RuleScope.PROGRAMME:
            return {"scope": scope, "programme_id": queries.programme_key(named)}
        if scope == RuleScope.RELATION:
            try:
                return {"scope": scope, "relation_id": queries.relation_named(self.actor, named).pk}
            except NotFound as error:
                raise Invalid({"holds": _("Choose where the rules hold.")}) from error
        return {"scope": scope}


class ChangeRuleSet(RuleSetWords):
    """What a rule set says, changed with the reason."""

    note = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea)


class EndRuleSet(Base):
    """The last day of a rule set."""

    to_date = forms.DateField(label=_("Last day"), widget=forms.DateInput)
    note = forms.CharField(label=_("Note"), max_length=400, required=False, widget=forms.Textarea)


F = TypeVar("F", bound=RuleSetWords)


def of_use(form: type[F], use: RuleUse) -> type[F]:
    """Return the form with a field for each value that a use knows."""
    named = {f"{PREFIX}{one.code}": _field(one) for one in use.values}
    sections = (
        (None, ("holds", "purpose", "name", "from_date", "to_date")),
        (_("Values: what is left empty says nothing"), tuple(named)),
        (words.SOURCE, ("source", "verified", "note")),
    )
    metaclass: Any = type(form)
    made: type[F] = metaclass(form.__name__, (form,), {**named, "use": use, "sections": sections})
    return made
