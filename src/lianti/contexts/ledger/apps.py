"""The ledger's room: what is owed, what was given, and how sure we are of it."""

from functools import partial

from lianti.lib import rooms


def _address(name: str, public_id: str) -> str:
    from django.urls import reverse

    return reverse(name, args=[public_id])


class LedgerConfig(rooms.Room):
    """Gives the portal its entry, cards and notices, and the network's pages their panels."""

    name = "lianti.contexts.ledger"
    label = "ledger"

    def show(self) -> None:
        """Register navigation, worklist cards, notice texts and panels."""
        from django.utils.translation import gettext_lazy as _

        from lianti.contexts.ledger import labels, queries, views
        from lianti.contexts.ledger.states import CHECK, ENTRY, PRINT, PUBLICATION, SHEET
        from lianti.kernel import notices, panels, worklist
        from lianti.lib.web import navigation

        navigation.register("ledger", _("Help given"), "ledger:list", order=42, letter="l", under="work")
        worklist.register_card(SHEET.name, queries.sheet_cards, dict(labels.VERBS))
        worklist.register_card(ENTRY.name, queries.entry_cards)
        worklist.register_card(CHECK.name, queries.check_cards)
        for key, text in labels.NOTICES.items():
            notices.register_text(key, text)
        for spec, name in ((ENTRY, "entry"), (SHEET, "sheet"), (PRINT, "print"), (PUBLICATION, "publication")):
            notices.register_link(spec.name, partial(_address, f"ledger:{name}"))
        panels.register("relation", views.board, order=10)
        panels.register("person", views.person_panel, order=20)
