"""Files that prove something."""

from lianti.lib import rooms


class EvidenceConfig(rooms.Room):
    """Registers the tables of the evidence room."""

    name = "lianti.contexts.evidence"
    label = "evidence"
