"""The room of needs: stated, answered with a plan, closed by who stated them."""

from lianti.lib import rooms


class NeedsConfig(rooms.Room):
    """Gives the portal its entry, cards, notices and search results, and the lower rooms their panels."""

    name = "lianti.contexts.needs"
    label = "needs"

    def show(self) -> None:
        """Register navigation, the kind of record and panels."""
        from django.utils.translation import gettext_lazy as _

        from lianti.contexts.needs import queries, rules, views
        from lianti.kernel import panels
        from lianti.lib.web import navigation
        from lianti.records import kinds

        navigation.register("needs", _("Needs"), "needs:list", roles=None, order=30, icon="needs", letter="n")
        navigation.register_start("needs", _("State a need"), "needs:new", roles=rules.SPEAKERS, order=20)
        kinds.register(queries.KIND, order=40)
        panels.register("relation", views.relation_panel, order=40)
        panels.register("institution", views.institution_panel, order=40)
