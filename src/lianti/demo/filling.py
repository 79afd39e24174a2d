"""Filling an empty database with the example. One day and one scale always give the same example."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import transaction
from django.utils import timezone

from lianti.demo.attending import Attending
from lianti.demo.caring import Caring
from lianti.demo.course import Course
from lianti.demo.documents import Documents
from lianti.demo.history import History
from lianti.demo.on_the_way import OnTheWay
from lianti.demo.open_matters import OpenMatters
from lianti.demo.papers import Papers
from lianti.demo.paying import Paying
from lianti.demo.people import Builder
from lianti.demo.planned import Plan
from lianti.demo.postings import post
from lianti.demo.proving import Proving
from lianti.demo.ruling import agree
from lianti.demo.sending import Sending
from lianti.demo.stories import Stories
from lianti.demo.tidying import tidy
from lianti.demo.turns import Turns
from lianti.demo.when import MONTHS, When
from lianti.kernel import scope
from lianti.lib.dates import shanghai_day

ENTRIES = 6000
SEED = 20240901
STEPS = 10
Told = Callable[[int, int], object]


def fill(scale: float = 1, progress: Told | None = None, today: date | None = None, months: int = MONTHS) -> None:
    """Fill an empty database: institutions, people, papers, two years of entries, and what is open today.

    `scale`: N times the entries of two years. `progress(done, total)` is called after every step. `today`: the day
    at which the example ends; the present one when not given. `months`: fewer than two years (3 at least) give a
    small example, which the upgrade test keeps.
    """
    when = When(today or shanghai_day(timezone.now()), months)
    step = _Steps(progress)
    with scope.system(), transaction.atomic():
        rng = Random(f"{SEED}:{when.today.isoformat()}:{scale}")  # noqa: S311 - the same every time is what is wanted
        builder = Builder(when)
        cast = builder.build()
        step()
        teams = post(cast, when, rng, builder)
        step()
        relations = Papers(cast, when).write()
        step()
        if not when.short:
            agree(cast.office.home, when, relations)
        sending = Sending(cast, when, relations, teams)
        sending.run()
        if not when.short:
            OnTheWay(sending).run()
            Caring(sending).run()
        step()
        deeds = Plan(cast, when, rng, round(ENTRIES * scale)).all()
        stories = Stories(cast, when, relations, rng)
        deeds = stories.leave_room(deeds)
        stories.needs_of_old()
        step()
        told = stories.choose(deeds)
        one_by_one = set(map(id, told))
        History(cast, when, relations, rng).write([deed for deed in deeds if id(deed) not in one_by_one])
        step()
        stories.tell(told)
        step()
        stories.end_needs()
        Course(cast, when, relations).run()
        OpenMatters(cast, when, relations, rng, stories).run()
        if not when.short:
            _sealed_and_proved(sending)
        stories.withhold()
        step()
        Documents(cast, when, relations).run()
        step()
        if not when.short:
            Turns(sending).run()
        tidy(when)
        step()


def _sealed_and_proved(sending: Sending) -> None:
    """Seal the months of attendance; then count what is paid, appraise and certify whoever has come home."""
    Attending(sending, Random(f"{SEED}:attendance")).run()  # noqa: S311 - the same every time is what is wanted
    Paying(sending).run()
    Proving(sending).run()


class _Steps:
    """Tells how far the filling has come."""

    def __init__(self, progress: Told | None) -> None:
        self.progress, self.done = progress, 0

    def __call__(self) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, STEPS)
