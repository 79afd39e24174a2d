"""The room of what was done: one record for every activity, wherever it was entered."""

from lianti.lib import rooms


class ActivitiesConfig(rooms.Room):
    """Gives the portal its entries, notices and the search their links, and the relation's page its panel."""

    name = "lianti.contexts.activities"
    label = "activities"

    def show(self) -> None:
        """Register navigation, the kind of record and panels."""
        from django.utils.translation import gettext_lazy as _

        from lianti.contexts.activities import queries, views
        from lianti.kernel import panels
        from lianti.lib.roles import Role
        from lianti.lib.web import navigation, offline
        from lianti.records import kinds

        navigation.register(
            "activities", _("Activities"), "activities:list", queries.RECORDERS, 40, letter="d", under="work"
        )
        navigation.register_start("activities", _("Record an activity"), "activities:new", queries.RECORDERS, 10)
        navigation.register_start("week", _("As last week"), "activities:week", queries.RECORDERS, 15)
        own = {Role.EXPERT, Role.CLINICIAN}
        navigation.register("month", _("My month"), "activities:month", own, 5, icon="activities", letter="o")
        offline.keep("activities:new")
        offline.keep("activities:month")
        kinds.register(queries.KIND, order=60)
        panels.register("relation", views.relation_panel, order=60)
