"""The room of what was done: one record for every activity, wherever it was entered."""

from lianti.lib import rooms


class ActivitiesConfig(rooms.Room):
    """Gives the portal what can be started, notices their links, and the relation's page its panel."""

    name = "lianti.contexts.activities"
    label = "activities"

    def show(self) -> None:
        """Register starts, links, search and panels."""
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from lianti.contexts.activities import queries, services, views
        from lianti.kernel import notices, panels
        from lianti.lib.web import navigation, search

        navigation.register(
            "activities", _("Activities"), "activities:list", queries.RECORDERS, 40, letter="d", under="work"
        )
        navigation.register_start("activities", _("Record an activity"), "activities:new", queries.RECORDERS, 10)
        navigation.register_start("week", _("As last week"), "activities:week", queries.RECORDERS, 15)
        kind = services.FLOW.kind
        notices.register_link(kind, lambda public_id: reverse("activities:activity", args=[public_id]))
        search.register("activities", _("Activities"), queries.find_activities, order=60)
        panels.register("relation", views.relation_panel, order=60)
