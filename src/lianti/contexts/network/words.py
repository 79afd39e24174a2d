"""How people speak of rule sets: states, moves, scopes, and what a change has changed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.network.domain import rulebook
from lianti.contexts.network.domain.rulebook import RuleScope, RuleUse
from lianti.contexts.network.states import RuleSetState
from lianti.lib.errors import Sentence
from lianti.records.cells import State
from lianti.records.words import Say, Words

SAID = "values:"  # before the use, where a story keeps all that a set says
NAME, SOURCE = pgettext_lazy("rule set", "Name"), _("Basis")
FROM, TO = _("In force from"), _("In force until")
CHANGED = "changed:"  # before use and code of a value, where a page tells what a change has changed


class RuleWords(Words):
    """Words that tell values by their label, in the reader's language."""

    def fact(self, name: str, value: Any) -> tuple[Sentence, str] | None:
        """Return a fact of a story with its label: of values what they say, of a change what stood there before."""
        if name == "verified":
            return self.facts[name], str(CHECKED[value])
        if not isinstance(value, Mapping):
            return super().fact(name, value)
        if name.startswith(SAID):
            lines = value_lines(name.removeprefix(SAID), value)
            return WHAT_IT_SAYS, "；".join(f"{label}：{said}" for label, said, _help in lines)
        use, _dot, code = name.removeprefix(CHANGED).partition(".")
        known = rulebook.USES[use].value(code) if use in rulebook.USES else None
        before, after = (
            str(SAYS_NOTHING) if said is None else known.says(said) if known else str(said)
            for said in (value.get("before"), value.get("after"))
        )
        return known.label if known else code, f"{before} → {after}"


WORDS = RuleWords(
    one=_("Rule set"),
    many=_("Rules"),
    states={
        RuleSetState.KEPT: (pgettext_lazy("rule set", "In use"), "moving"),
        RuleSetState.ENDED: (pgettext_lazy("rule set", "Ended"), "stopped"),
    },
    moves={
        "enter_rule_set": Say(
            story=_("Rule set entered"),
            done=_("Rule set entered. What is counted by it is counted so from now on."),
            notice=_("%(who)s entered rules of your relation: %(title)s"),
        ),
        "change_rule_set": Say(
            button=_("Change the rules"),
            story=_("Rules changed"),
            done=_("Rules changed. What was counted by them is counted anew."),
            notice=_("%(who)s changed rules of your relation: %(title)s"),
        ),
        "end_rule_set": Say(
            button=_("End the rule set"),
            story=_("Rule set ended"),
            done=_("The rule set ends on that day."),
            notice=_("%(who)s ended rules of your relation: %(title)s"),
            ask=_("After that day nothing is judged by this rule set; up to it, it stays as it is."),
        ),
    },
    facts={"name": NAME, "source": SOURCE, "from": FROM, "to": TO, "verified": _("Checked against its source")},
)

SCOPES: dict[str, Sentence] = {
    RuleScope.COUNTRY: _("The whole country"),
    RuleScope.REGION: pgettext_lazy("rule set", "A region"),
    RuleScope.PROGRAMME: pgettext_lazy("rule set", "A programme"),
    RuleScope.RELATION: pgettext_lazy("rule set", "A relation"),
}
SHOWN: dict[str, Sentence] = {
    "kept": pgettext_lazy("rule set", "In use"),
    "ended": pgettext_lazy("rule set", "Ended"),
    "all": pgettext_lazy("rule set", "All"),
}
CHECKED: dict[str, Sentence] = {"yes": _("Checked"), "no": _("Unverified")}
SAYS_NOTHING = _("says nothing")
WHAT_IT_SAYS = _("What it says")
FOR_ALL = _("For all purposes")
UNKNOWN_USE = _("A room that is switched off")


def checked(*, verified: bool) -> State:
    """Return the badge that tells whether somebody has compared a set with its source."""
    code = "yes" if verified else "no"
    return State("verified" if verified else "unverified", str(CHECKED[code]), "done" if verified else "waiting")


def uses() -> dict[str, Sentence]:
    """Return the name of every use by code."""
    return {one.code: one.name for one in rulebook.USES.values()}


def use_name(code: str) -> Sentence:
    """Return the name of a use; its room may be switched off."""
    return uses().get(code, UNKNOWN_USE)


def purpose_name(use: RuleUse | None, purpose: str) -> Sentence:
    """Return what a set is for; '' where its use knows no more than one purpose."""
    if use is None or not use.purposes:
        return purpose
    return use.purposes.get(purpose, purpose) if purpose else FOR_ALL


def value_lines(use: str, values: Mapping[str, Any]) -> list[tuple[Sentence, str, Sentence]]:
    """Return each value that a set says as (label, value in words, help), in the order of the declaration."""
    known = rulebook.USES.get(use)
    if known is None:
        return [(code, str(said), "") for code, said in values.items()]
    lines: list[tuple[Sentence, str, Sentence]] = [
        (one.label, one.says(values[one.code]), one.help) for one in known.values if one.code in values
    ]
    return lines + [(code, str(said), "") for code, said in values.items() if known.value(code) is None]
