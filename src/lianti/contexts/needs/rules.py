"""Who may state, answer, close and see a need."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.needs.models import Need, NeedPerson, NeedTransition
from lianti.kernel import audience, personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import NAME, WORDS, Columns
from lianti.kernel.walls import shared
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import DESK, Role

KIND = "needs.need"

SPEAKERS = frozenset(DESK | {Role.LEADER})
ANSWERERS = frozenset({Role.OFFICE, Role.LEADER})


def sides(need: Need) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of a need."""
    return {"stater": {need.stater_id}, "addressed": {need.addressed_id}, "entered_by": {need.tenant_id}}


def visible_to(actor: Actor) -> Q:
    """Return the needs that the actor's institution stated, was asked to meet, or entered."""
    return audience.visible(KIND, actor)


def _own_or_office(actor: Actor, need: Need) -> Sentence | None:
    """Refuse entering a need on behalf of another to anybody but the office of the institution addressed."""
    if actor.tenant_id == need.stater_id or actor.role in (Role.OFFICE, Role.SYSTEM):
        return None
    return _("Only the network office enters a need on behalf of another institution.")


TABLE = Table(
    name="needs",
    rules={
        "needs.state": Rule(
            roles=SPEAKERS,
            sides=("stater", "addressed"),
            says=_(
                "The coordinator, office or a leader of a hospital state its needs; "
                "the office of the hospital addressed may enter one on its behalf."
            ),
            also=_own_or_office,
        ),
        "needs.accept": Rule(
            roles=ANSWERERS,
            sides=("addressed",),
            says=_("The office or a leader of the hospital addressed accept a need."),
        ),
        "needs.return": Rule(
            roles=ANSWERERS,
            sides=("addressed",),
            says=_("The office or a leader of the hospital addressed return a need for completion."),
        ),
        "needs.decline": Rule(
            roles=ANSWERERS,
            sides=("addressed",),
            says=_("The office or a leader of the hospital addressed decline a need, with a reason."),
        ),
        "needs.answer": Rule(
            roles=ANSWERERS,
            sides=("addressed",),
            says=_("The office or a leader of the hospital addressed answer with a plan."),
        ),
        "needs.restate": Rule(
            roles=SPEAKERS | {Role.SYSTEM},
            sides=("stater", "entered_by"),
            says=_("Who stated a need, or the office that entered it, states it again."),
            also=_own_or_office,
        ),
        "needs.close": Rule(
            roles=SPEAKERS,
            sides=("stater",),
            says=_("Only the hospital that stated a need says that it is met, whatever the sums."),
        ),
        "needs.withdraw": Rule(
            roles=SPEAKERS,
            sides=("stater", "entered_by"),
            says=_("Who stated a need, or the office that entered it, withdraws it before it is accepted."),
            also=_own_or_office,
        ),
    },
    sides=sides,
    visible=visible_to,
)

NEED = walls.record(Need, KIND, read=shared(KIND), change=walls.sides("stater_id", "addressed_id", "tenant_id"))
WALLS: walls.Walls = (NEED, walls.story(NeedTransition, NEED), walls.child(NeedPerson, NEED, "need_id"))

PERSONAL: personal.Declared = (
    Columns(
        "needs_need",
        "number group category specialty unit",
        {"text": WORDS, "plan_text": WORDS, "signed_off_duty": NAME},
    ),
    Columns("needs_needperson", personal={"name": NAME}),
)
