"""The room of papers: forms that institutions replace by their own, and what is issued with number and code."""

from lianti.lib import rooms


class PapersConfig(rooms.Room):
    """Gives the portal its entry and search results."""

    name = "lianti.contexts.papers"
    label = "papers"

    def show(self) -> None:
        """Register navigation and the kinds of record."""
        from lianti.contexts.papers import queries
        from lianti.lib.roles import DESK, Role
        from lianti.lib.web import navigation
        from lianti.records import kinds

        # Whoever is told of by a paper comes to it from there.
        readers = DESK | {Role.LEADER, Role.HEALTH_AUTHORITY, Role.ADMINISTRATOR, Role.AUDITOR}
        navigation.register("papers", queries.PAPER.words.many, "papers:list", readers, 95, under="administration")
        kinds.register(queries.PAPER, order=6)
        kinds.register(queries.TEMPLATE, order=73)
