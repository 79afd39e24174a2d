"""The room of needs: stated, answered with a plan, closed by who stated them."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Gives the portal its entry, cards, notices and search results, and the lower rooms their panels."""

    name = "lianti.contexts.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register navigation, worklist cards, notice texts, search and panels."""
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from lianti.contexts.needs import labels, queries, services, views
        from lianti.kernel import notices, panels, worklist
        from lianti.lib.roles import Role
        from lianti.lib.web import navigation, search

        navigation.register("needs", _("Needs"), "needs:list", roles=None, order=30, icon="needs", letter="n")
        speakers = {Role.OFFICE, Role.COORDINATOR, Role.LEADER}
        navigation.register_start("needs", _("State a need"), "needs:new", roles=speakers, order=20)
        worklist.register_card(services.FLOW.kind, queries.cards, dict(labels.WAITS))
        for key, text in labels.NOTICES.items():
            notices.register_text(key, text)
        notices.register_link(services.FLOW.kind, lambda public_id: reverse("needs:need", args=[public_id]))
        search.register("needs", _("Needs"), queries.find_needs, order=40)
        panels.register("relation", views.relation_panel, order=40)
        panels.register("institution", views.institution_panel, order=40)
