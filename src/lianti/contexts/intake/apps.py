"""The room of documents: taken in, cleaned, proposed, confirmed by a person."""

from lianti.lib import rooms


class IntakeConfig(rooms.Room):
    """Gives the portal its entry, cards, notices and search results, and the lower rooms their panels."""

    name = "lianti.contexts.intake"
    label = "intake"

    def show(self) -> None:
        """Register navigation, worklist cards, notice texts, search and panels."""
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from lianti.contexts.intake import labels, queries, services, views
        from lianti.kernel import notices, panels, worklist
        from lianti.lib.web import navigation, search

        navigation.register(
            "intake", _("Documents in"), "intake:list", queries.READERS, 85, letter="i", under="administration"
        )
        navigation.register_start("intake", _("Take documents in"), "intake:new", roles=queries.TAKERS, order=25)
        kind = services.DOCUMENTS.kind
        worklist.register_card(kind, queries.cards, dict(labels.WAITS))
        for key, text in labels.NOTICES.items():
            notices.register_text(key, text)
        notices.register_link(kind, lambda public_id: reverse("intake:document", args=[public_id]))
        search.register("intake", _("Documents"), queries.find_documents, order=70)
        panels.register("relation", views.relation_panel, order=80)
        for slot in ("institution", "agreement", "activity", "person", "need"):
            panels.register(slot, views.quotes_panel(slot), order=80)
