"""The room of what was promised: agreements, commitments, goals and road maps."""

from lianti.lib import rooms


class AgreementsConfig(rooms.Room):
    """Gives the portal its entry, cards, notices and search results, and the lower rooms their panels."""

    name = "lianti.contexts.agreements"
    label = "agreements"

    def show(self) -> None:
        """Register navigation, the kinds of record and panels."""
        from django.utils.translation import gettext_lazy as _

        from lianti.contexts.agreements import queries, views
        from lianti.kernel import panels
        from lianti.lib.web import navigation
        from lianti.records import kinds

        navigation.register("agreements", _("Agreements"), "agreements:list", order=20, icon="agreements", letter="a")
        kinds.register(queries.KIND, order=45)
        kinds.register(queries.PROMISE, order=46)
        kinds.register(queries.GOAL, order=47)
        panels.register("relation", views.promises_panel, order=15)
        panels.register("relation", views.papers_panel, order=20)
        panels.register("institution", views.institution_panel, order=20)
