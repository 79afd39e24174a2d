"""The network room: who exists, who works where, and who is bound to whom."""

from lianti.lib import rooms


class NetworkConfig(rooms.Room):
    """Gives the portal its cards, notices and search results about the network."""

    name = "lianti.contexts.network"
    label = "network"

    def show(self) -> None:
        """Register cards, notice texts and search."""
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from lianti.contexts.network import labels, queries
        from lianti.contexts.network.views import rule_sets
        from lianti.kernel import notices, panels, worklist
        from lianti.lib.web import search
        from lianti.records import directory, kinds

        directory.register(queries.NetworkDirectory())
        worklist.register_card("network.relation", queries.relation_cards, dict(labels.VERBS))
        worklist.register_card("network.doubt", queries.doubt_cards)
        for key, text in {**labels.NOTICES, **labels.FIGURE_NOTICES}.items():
            notices.register_text(key, text)
        notices.register_link("network.relation", lambda public_id: reverse("network:relation", args=[public_id]))
        notices.register_link("network.institution", lambda public_id: reverse("network:institution", args=[public_id]))
        search.register("institutions", _("Institutions"), queries.find_institutions, order=20)
        search.register("people", _("People"), queries.find_people, order=30)
        search.register("relations", _("Relations"), queries.find_relations, order=25)
        kinds.register(queries.RULE_SET, order=60)
        panels.register(queries.RULE_SET.base, rule_sets.shipped_panel)
        panels.register("relation", rule_sets.rules_of_relation, order=90)
