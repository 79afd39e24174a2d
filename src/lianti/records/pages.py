"""The page of one record: head, moves, facts, story; and what a posted move does.

Every form carries the version that was shown. A record that changed meanwhile is a 409 that tells what happened
since, with what was typed kept in the form, or beside it where the move is no longer there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.kernel import worklist
from lianti.kernel.models import TransitionRecord
from lianti.kernel.workflow import engine
from lianti.kernel.workflow.spec import NEW, SAME, Transition
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, Sentence
from lianti.lib.saying import listed
from lianti.lib.web.doors import Request
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Fact, Head, Moment, Move, Turn
from lianti.records import directory
from lianti.records.kinds import Kind
from lianti.records.words import Words

P = TypeVar("P")
REFERENCE = "#"  # before the key of somebody in the directory, where a story names them


@dataclass(frozen=True)
class Act(Generic[P]):
    """One move as its page offers it.

    `form(page, data)` makes its form (None: a button alone does it); `given(page, form)` are the service's arguments
    beside who, when, which record and in which version: by default what was typed. `offered(page)` says whether the
    page shows it, where state and role do not say enough. A move that makes another record of the kind out of this
    one is offered to whoever may do it to this one.
    """

    service: Callable[..., Any]
    form: Callable[[P, Any], Base] | None = None
    given: Callable[[P, Any], dict[str, Any]] = lambda _page, form: dict(form.cleaned_data)
    offered: Callable[[P], bool] = lambda _page: True


def typed(form: type[Base]) -> Callable[[Any, Any], Base]:
    """Return how to make a form that needs nothing of the page."""
    return lambda _page, data: form(data)


@dataclass(frozen=True)
class Again:
    """Why a page is shown again after a move: its form with what was typed, and what happened meanwhile."""

    move: str
    form: Base | None
    status: int = 422
    conflict: Sentence = ""
    seen: int | None = None


@dataclass(frozen=True)
class RecordPage(Generic[P]):
    """The page of a kind of record.

    `read(actor, record)`: all that the page shows beside what the kind says. `acts` in the order of the buttons;
    `ident`: what their services call the record. `more(request, page)`: what else the template draws.
    `head(actor, page, head)`: the head where the record's own state, or what waits on it, says too little.
    """

    kind: Kind
    template: str
    ident: str
    read: Callable[[Actor, Any], P]
    facts: Callable[[P], list[Fact]]
    acts: Mapping[str, Act[P]]
    more: Callable[[Request, P], Mapping[str, Any]] = field(default=lambda _request, _page: {})
    head: Callable[[Actor, P, Head], Head] = field(default=lambda _actor, _page, head: head)

    def show(
        self, request: Request, public_id: str, again: Again | None = None, more: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        """Draw the page; a move that did not go through stays open with what was typed.

        `more`: what the view of a child (a promise of an agreement) draws otherwise than the page would.
        """
        row = self.kind.visible(request.actor).one(public_id)
        page = self.read(request.actor, row)
        allowed = self._allowed(request.actor, row, page)
        context = {
            "head": self.head(request.actor, page, self._head(request.actor, row)),
            "moves": self._moves(page, row, allowed, again),
            "facts": self.facts(page),
            "story": moments(self.kind.words, reversed(engine.story(self.kind.flow, row, request.actor))),
            "page": page,
            "again": again,
            "since": since(self.kind, row, request.actor, again.seen) if again else [],
            "typed": _typed(again, allowed),
            **self.more(request, page),
            **(more or {}),
        }
        return render(request, self.template, context, status=again.status if again else 200)

    def move(self, request: Request, public_id: str, name: str) -> HttpResponse:
        """Do one move and go to the record's page, or show the page again with what was typed."""
        act, seen = self.acts.get(name), seen_version(request)
        if act is None:
            raise Conflict(_("There is no such move."))
        form, given = None, dict[str, Any]()
        if act.form is not None:  # a button alone needs nothing of the page: its service finds and asks for itself
            row = self.kind.visible(request.actor).one(public_id)
            page = self.read(request.actor, row)
            form = act.form(page, request.POST)
            form.bring(request.FILES)
            self._may(request.actor, row, name)
            if not form.is_valid():
                return self.show(request, public_id, Again(name, form))
            given = act.given(page, form)
        try:
            act.service(**taken(request), **{self.ident: public_id}, version=seen, **given)
        except Invalid as refusal:
            if form is None:
                raise
            form.refused(refusal.fields)
            return self.show(request, public_id, Again(name, form))
        except Conflict as refusal:
            return self.show(request, public_id, Again(name, form, 409, refusal.message, seen))
        messages.success(request, str(self.kind.words.moves[name].done))
        return see_other(self.kind.url(public_id))

    def _allowed(self, actor: Actor, row: Any, page: P) -> list[Transition]:
        """Return the moves that the page offers: those of the record, and those that make another out of it."""
        flow = self.kind.flow
        may = {transition.name: transition for transition in engine.available(flow, row, actor)}
        for name in self.acts.keys() - may.keys():
            making = flow.spec.find(name, NEW)
            if making is not None and flow.table.refusal(actor, making.action, row) is None:
                may[name] = making
        return [may[name] for name, act in self.acts.items() if name in may and act.offered(page)]

    def _may(self, actor: Actor, row: Any, name: str) -> None:
        """Refuse whoever may not do this at all before their form is looked at."""
        transition = self.kind.flow.spec.named(name)
        if transition is not None and (why := self.kind.flow.table.refusal(actor, transition.action, row)) is not None:
            raise NotAllowed(why)

    def _head(self, actor: Actor, row: Any) -> Head:
        brief, words = self.kind.brief(row), self.kind.words
        state = words.state(brief.state)
        return Head(
            title=brief.short,
            number=brief.number,
            kind=brief.about or words.one,
            state=state.code,
            label=state.word,
            tone=state.tone,
            turn=_turn(self.kind, row.pk, actor),
            parties=brief.parties,
            back=self.kind.base,
            back_label=words.many,
        )

    def _moves(self, page: P, row: Any, allowed: list[Transition], again: Again | None) -> list[Move]:
        return [
            self._button(page, row, one, self.acts[one.name], again if again and again.move == one.name else None)
            for one in allowed
        ]

    def _button(self, page: P, row: Any, transition: Transition, act: Act[P], again: Again | None) -> Move:
        say = self.kind.words.moves[transition.name]
        form = again.form if again else None
        if again and form is not None and again.conflict:
            form.add_error(None, _("Compare with what has happened since, then send it again."))
        return Move(
            name=transition.name,
            label=say.again if say.again and transition.target in {SAME, row.state} else say.button,
            url=f"{self.kind.url(row.public_id)}moves/{transition.name}/",
            form=form or (act.form(page, None) if act.form else None),
            primary=transition.primary and transition.target != row.state,
            danger=transition.danger,
            ask=say.ask,
            seen=row.version,
        )


def seen_version(request: Request) -> int | None:
    """Return the version of the record that the form was made over; None where it says none. Raises Conflict."""
    text = request.POST.get("seen", "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise Conflict
    return int(text)


def _turn(kind: Kind, pk: int, actor: Actor) -> Turn | None:
    """Return whose turn it is: the reader's own item before those of others."""
    waits = worklist.waiting_on(kind.code, pk)
    if not waits:
        return None
    own = [item for item in waits if worklist.is_for(item, actor)]
    item = (own or waits)[0]
    late = item.due is not None and item.due < timezone.now()
    names = listed(dict.fromkeys(str(each.tenant.label) for each in waits))
    return Turn(names, worklist.verb_label(item.verb), item.due, late, bool(own))


def moments(words: Words, rows: Iterable[TransitionRecord]) -> list[Moment]:
    """Tell the moves; somebody hidden in the directory shows no name. Three queries however many."""
    rows, names = list(rows), directory.current()
    who = names.names({row.principal_id for row in rows})
    places = names.places({row.tenant_id for row in rows})
    named = names.persons(_referred(rows))
    return [
        Moment(
            at=row.at,
            who=who.get(row.principal_id, row.principal.name),
            institution=places.get(row.tenant_id) or row.tenant.label,
            what=words.story(row.name),
            note=row.note,
            facts=_facts(words, row.facts, named),
        )
        for row in rows
    ]


def _referred(rows: Iterable[TransitionRecord]) -> set[int]:
    values = [value for row in rows for value in row.facts.values() if isinstance(value, list)]
    return {int(ref[1:]) for value in values for ref in value if str(ref).startswith(REFERENCE) and ref[1:].isdecimal()}


def _facts(words: Words, facts: Mapping[str, Any], named: Mapping[int, Sentence]) -> list[tuple[Sentence, str]]:
    known = {f"{REFERENCE}{pk}": str(name) for pk, name in named.items()}
    shown = {
        name: [known.get(str(one), str(one)) for one in value] if isinstance(value, list) else value
        for name, value in facts.items()
    }
    return [fact for name, value in shown.items() if (fact := words.fact(name, value)) is not None]


def since(kind: Kind, row: Any, actor: Actor, seen: int | None) -> list[Moment]:
    """Tell what happened after the version that was shown, latest first."""
    if seen is None:
        return []
    return moments(kind.words, [move for move in reversed(engine.story(kind.flow, row, actor)) if move.version > seen])


def _typed(again: Again | None, allowed: list[Transition]) -> list[tuple[Sentence, str]]:
    """Return what was typed into a form whose move is gone, so that it is not lost."""
    if again is None or again.form is None or again.move in {transition.name for transition in allowed}:
        return []
    bound = [(one.label, one.value()) for one in again.form.visible_fields()]
    return [(label, str(value)) for label, value in bound if value not in (None, "", [], [None, ""])]
