"""The rota: recipients by month, home departments by month, people by year."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.queries import KIND
from lianti.contexts.dispatch.queries.rota import RotaAsks, rota
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months
from lianti.lib.web.parts import Action
from lianti.records import cells, matrix
from lianti.records.matrix import Matrix


def _starts(actor: Actor, asked: RotaAsks, today: date) -> Sequence[Action]:
    """Return the months before and after, and the roster."""
    roster = Action(KIND.words.many, KIND.base)
    if asked.view == "people":
        return [roster]
    begins = asked.begins(today)
    around = [(_("Earlier months"), -6), (_("Later months"), 6)]
    moved = [Action(word, "?" + asked.address(since=add_months(begins, n))) for word, n in around]
    return [*moved, roster]


ROTA = matrix.register(
    Matrix(
        "dispatch.rota",
        _("Rota"),
        cells.QUANTITY,
        asked=RotaAsks,
        read=rota,
        empty=(
            _("Nothing stands here"),
            _("Who stands where in which month, where nobody does, and who would be at two places, stands here."),
        ),
        corner=lambda asked: words.ROTA_ROWS[asked.view],
        lead=lambda _asked: _("Each figure opens its rows in the roster. Planned postings are among them."),
        starts=_starts,
    )
)
