"""Who may keep and erase files. Who may read one, the record that it belongs to decides."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.evidence.models import File
from lianti.kernel.permissions import Rule, Sides, Table
from lianti.lib.actor import Actor
from lianti.lib.roles import DESK, Role


def _sides(file: File) -> Sides:
    return {"keeper": {file.tenant_id}}


def _visible(actor: Actor) -> Q:
    return Q(tenant_id=actor.tenant_id)


TABLE = Table(
    name="evidence",
    sides=_sides,
    visible=_visible,
    rules={
        "evidence.store": Rule(
            frozenset(Role), (), _("Whoever may add to a record may add files to it; the record decides.")
        ),
        "evidence.erase": Rule(
            DESK | {Role.ADMINISTRATOR, Role.SYSTEM},
            ("keeper",),
            _("The office or a coordinator of the institution that handed a file in erases it, with a reason."),
        ),
    },
)
