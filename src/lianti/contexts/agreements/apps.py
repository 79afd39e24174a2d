"""The room of what was promised: agreements, commitments, goals and road maps."""

from lianti.lib import rooms


class AgreementsConfig(rooms.Room):
    """Gives the portal its entry, cards, notices and search results, and the lower rooms their panels."""

    name = "lianti.contexts.agreements"
    label = "agreements"

    def show(self) -> None:
        """Register navigation, worklist cards, notice texts, search and panels."""
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from lianti.contexts.agreements import labels, queries, services, views
        from lianti.kernel import notices, panels, worklist
        from lianti.lib.web import navigation, search

        navigation.register("agreements", _("Agreements"), "agreements:list", order=20, icon="agreements", letter="a")
        kind = services.AGREEMENTS.kind
        worklist.register_card(kind, queries.cards, dict(labels.WAITS))
        for key, text in labels.NOTICES.items():
            notices.register_text(key, text)
        notices.register_link(kind, lambda public_id: reverse("agreements:agreement", args=[public_id]))
        search.register("agreements", _("Agreements"), queries.find_agreements, order=45)
        panels.register("relation", views.promises_panel, order=15)
        panels.register("relation", views.papers_panel, order=20)
        panels.register("institution", views.institution_panel, order=20)
