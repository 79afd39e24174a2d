"""What stands around every page: navigation, the institution acted for, the number of unseen notices."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch

from lianti.contexts.accounts import queries as accounts
from lianti.kernel import notices, worklist
from lianti.lib.web import navigation, offline, plainly
from lianti.portal import queries


class Named:
    """An institution by its two names."""

    def __init__(self, short_name: str, name: str) -> None:
        self.short_name, self.name = short_name, name


class Seat:
    """One institution and role that the reader can act in."""

    def __init__(self, facts: accounts.MembershipFacts, current: bool) -> None:
        self.key = facts.public_id
        self.institution = Named(facts.institution, facts.institution_name)
        self.role = facts.role_label
        self.current = current


class Shell:
    """Asked by the templates, each part once and only when it is drawn."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._actor = getattr(request, "actor", None)
        self.search_url = _address("portal:search")
        self.inbox_url = _address("portal:inbox")
        self.badge_url = _address("portal:badge")
        self.switch_url = _address("accounts:acting")
        self.sign_out_url = _address("accounts:sign-out", "accounts:sign_out")
        self.password_url = _address("accounts:password")
        self.phone_url = _address("accounts:phone")
        self.language_url = _address("accounts:language")

    @cached_property
    def choices(self) -> list[Seat]:
        if self._actor is None:
            return []
        held = getattr(self._request.user, "seats", [])
        here = (self._actor.tenant_id, self._actor.role)
        return [Seat(facts, (facts.institution_id, facts.role) == here) for facts in held]

    @cached_property
    def acting(self) -> Seat | None:
        return next((seat for seat in self.choices if seat.current), None)

    @property
    def queue_page(self) -> str:
        """Return where what waits in this browser is sent or given up ('' where no page keeps anything)."""
        return next(iter(offline.pages()), "")

    @property
    def person(self) -> str:
        return str(getattr(self._request.user, "name", ""))

    @property
    def readable_by_others(self) -> bool:
        return plainly.can_be_read(self._request)

    @cached_property
    def unread(self) -> int:
        return 0 if self._actor is None else notices.unseen(self._actor)

    @cached_property
    def following(self) -> worklist.Waiting | None:
        """What waits next of the kind of work for which this record was opened from to do."""
        path, opened = self._request.session.get(queries.OPENED, ("", ""))
        if self._actor is None or path != self._request.path:
            return None
        return queries.following(self._actor, opened)

    @property
    def following_url(self) -> str:
        return queries.opened(self.following) if self.following else ""

    @cached_property
    def entries(self) -> list[navigation.Entry]:
        return [] if self._actor is None else navigation.entries(self._actor.role)

    @cached_property
    def headings(self) -> list[navigation.Heading]:
        return navigation.headings(self.entries)

    @property
    def unfolded(self) -> bool:
        return navigation.fits(self.headings)

    @property
    def first(self) -> list[navigation.Entry]:
        return navigation.on_phone(self.entries)[0]

    @property
    def rest(self) -> list[navigation.Heading]:
        return navigation.on_phone(self.entries)[1]

    @cached_property
    def current(self) -> str:
        path = self._request.path
        fits = [
            entry for entry in self.entries if path == entry.url or (entry.url != "/" and path.startswith(entry.url))
        ]
        return max(fits, key=lambda entry: len(entry.url)).key if fits else ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the templates their `shell`."""
    return {"shell": Shell(request)}


def _address(*names: str) -> str:
    for name in names:
        try:
            return navigation.fixed(name)
        except NoReverseMatch:
            continue
    return ""
