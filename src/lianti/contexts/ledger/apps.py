"""The ledger's room: what is owed, what was given, and how sure we are of it."""

from lianti.lib import rooms


class LedgerConfig(rooms.Room):
    """Gives the portal its entries, kinds of record, cards and notices, and the network's pages their panels."""

    name = "lianti.contexts.ledger"
    label = "ledger"

    def show(self) -> None:
        """Register navigation, kinds of record, what has no page of its own, and panels."""
        from django.urls import reverse

        from lianti.contexts.ledger import queries, tasks, views, words
        from lianti.contexts.ledger.queries import accounts, boards, lists, sheet_list
        from lianti.contexts.ledger.states import CHECK, LINK, PRINT
        from lianti.contexts.papers import queries as papers
        from lianti.kernel import notices, outbox, panels, worklist
        from lianti.lib.web import navigation, search
        from lianti.records import kinds

        navigation.register("ledger", words.ENTRY.many, "ledger:list", order=42, letter="l", under="work")
        for kind in (lists.KIND, sheet_list.KIND, accounts.KIND, boards.KIND):
            kinds.register(kind)
        worklist.register_card(CHECK.name, queries.check_cards)
        for spec, said in ((PRINT, words.PRINT), (LINK, words.LINK)):
            for key, text in said.notices(spec):
                notices.register_text(key, text)
        notices.register_link(PRINT.name, lambda public_id: reverse("ledger:print", args=[public_id]))
        papers.know(words.SHEET_PAPER)
        papers.know_more(queries.known_before)
        search.register(PRINT.name, words.PRINT.many, queries.find_prints, order=5)
        outbox.every(tasks.FOLLOW, 86_400)
        panels.register("relation", views.board, order=10)
        panels.register("person", views.person_panel, order=20)
