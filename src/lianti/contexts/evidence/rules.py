"""Who may keep and erase files. Who may read one, the record that it belongs to decides."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.evidence.models import File, FileTransition
from lianti.kernel import personal, walls
from lianti.kernel.permissions import Rule, Sides, Table
from lianti.kernel.personal import Columns, Level, Personal
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

_FILE = walls.record(
    File,
    "evidence.file",
    read=walls.EVERYONE,
    change=walls.MAKER,
    why="The same bytes are kept once: who erases must know of others' rows; the record it hangs on opens it.",
)
WALLS: walls.Walls = (_FILE, walls.story(FileTransition, _FILE))

PERSONAL: personal.Declared = (
    Columns(
        "evidence_file",
        "sha256 media_type",
        {
            "name": Personal(
                Level.WORDS, "find a file again", "as long as its record", "stays when the bytes are erased"
            )
        },
    ),
)
