"""Rule sets: the list with what ships beside it, the page of each, the form that enters one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import labels, queries, services, words
from lianti.contexts.network.domain import rulebook
from lianti.contexts.network.forms import rule_sets as forms
from lianti.contexts.network.queries import RULE_SET, RuleSetPage
from lianti.lib.errors import NotFound
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other
from lianti.lib.web.parts import Action, Fact, Page
from lianti.records import cells, listing, lists
from lianti.records.asking import Named
from lianti.records.entering import Entry
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, moments, typed
from lianti.records.reading import Plain

ENTRY = Entry(RULE_SET, "enter_rule_set", _("Enter a rule set"), _("Enter the rule set"), "network/enter_rule_set.html")
LIST = lists.register(
    RecordList(
        RULE_SET,
        columns=(
            Column("name", _("Rule set"), cells.RECORD),
            Column("holds", _("Where it holds"), cells.TEXT, labelled=True),
            Column("days", _("Dates"), cells.SPAN),
            Column("says", _("What it says"), cells.TEXT, wide=True),
            Column("checked", words.SOURCE, cells.STATE),
            Column("state", _("State"), cells.STATE, wide=True),
        ),
        asked=queries.RuleSetAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-id",))},
        source=Plain(),
        rows=queries.rule_set_rows,
        empty=(
            _("No rule sets of your own"),
            _("What is counted by rules follows the shipped ones until somebody enters others or changes them."),
        ),
        starts=(Start(_("Enter a rule set"), "/network/rule-sets/new/", queries.may_enter_rules),),
    )
)


def _facts(page: RuleSetPage) -> list[Fact]:
    one = page.set
    url = reverse("network:relation", args=[page.relation.public_id]) if page.relation else ""
    return [
        Fact(_("About"), page.about),
        Fact(_("Where it holds"), page.holds, url=url),
        Fact(_("Dates"), labels.span(one.from_date, one.to_date)),
        Fact(_("Version"), str(one.version) if one.version else _("As shipped")),
        Fact(words.SOURCE, one.source, wide=True),
    ]


def _change_form(page: RuleSetPage, data: Any) -> forms.RuleSetWords:
    if page.use is None:
        raise NotFound
    form = forms.of_use(forms.ChangeRuleSet, page.use)
    return form(data, initial=form.filled(page.set))


def _changed(_page: RuleSetPage, form: Any) -> dict[str, Any]:
    return {"facts": form.facts(), "note": form.cleaned_data["note"]}


PAGE: RecordPage[RuleSetPage] = RecordPage(
    RULE_SET,
    template="network/rule_set.html",
    ident="rule_set_id",
    read=queries.rule_set_page,
    facts=_facts,
    acts={
        "change_rule_set": Act(
            services.change_rule_set, _change_form, _changed, offered=lambda page: page.use is not None
        ),
        "end_rule_set": Act(services.end_rule_set, typed(forms.EndRuleSet)),
    },
    more=lambda _request, page: {"story": moments(words.WORDS, reversed(page.moves))},
)


@door(methods=("GET", "POST"))
def new_rule_set(request: Request) -> HttpResponse:
    """Enter a rule set, or make one of a shipped set by its first change."""
    known, wanted = rulebook.USES, request.GET.get("use", "")
    use = known.get(wanted) or next(iter(known.values()), None)
    if use is None or (wanted and use.code != wanted):
        raise NotFound
    code = request.GET.get("shipped", "")
    if code and (changed := queries.replacement(use.code, code)) is not None:
        return see_other(RULE_SET.url(changed))
    ships = queries.shipped_page(request.actor, use.code, code) if code else None
    made = forms.of_use(forms.EnterRuleSet, use)
    initial = made.filled(ships.set) if ships else {"holds": _relation_asked(request)}
    form = made(request.POST or None, actor=request.actor, ships=ships.set if ships else None, initial=initial)
    others = [Action(one.name, f"?use={one.code}", primary=one is use) for one in known.values()]
    return ENTRY.show(
        request,
        form,
        lambda told: services.enter_rule_set(**told, rule_set=form.draft()),
        note=_note(request, ships),
        more={"uses": others if len(others) > 1 and ships is None else [], "ships": ships},
    )


def _relation_asked(request: Request) -> str:
    relation = request.GET.get("relation", "")
    return f"relation:{relation}" if relation else ""


def _note(request: Request, ships: RuleSetPage | None) -> Any:
    if ships is not None:
        return _("The first change of a shipped rule set puts your own in its place, for all days that it covers.")
    if not queries.places_to_hold(request.actor):
        return _("Your institution leads no relation for which you could say what rules hold.")
    return ""


@door()
def shipped_rules(request: Request, use: str, code: str) -> HttpResponse:
    """Show a shipped rule set; once it has been changed, what it has become."""
    if (changed := queries.replacement(use, code)) is not None:
        return see_other(RULE_SET.url(changed))
    page = queries.shipped_page(request.actor, use, code)
    actions = [Action(words.WORDS.moves["change_rule_set"].button, page.change_url, primary=True)]
    context = {
        "title": Page(page.set.name, actions=actions if page.may_change else []),
        "page": page,
        "facts": _facts(page),
        "back": RULE_SET.base,
        "back_label": RULE_SET.words.many,
    }
    return render(request, "network/shipped_rules.html", context)


def shipped_panel(request: HttpRequest, _subject: Any) -> str:
    """Draw below the list what ships and nobody has changed; on the first page alone."""
    actor = getattr(request, "actor", None)
    if actor is None or "after" in request.GET:
        return ""
    pages = queries.shipped_rules(actor)
    return render_to_string("network/shipped_part.html", {"pages": pages}, request) if pages else ""


def rules_of_relation(request: HttpRequest, subject: Any) -> str:
    """Draw the rule sets of a relation on its page."""
    asked = queries.RuleSetAsks(relation=Named.of(subject))
    return listing.part(request, LIST, asked)
