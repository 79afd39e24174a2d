"""The room of dispatch: who is sent where, by which papers, and what came of it."""

from django.utils.translation import gettext_lazy as _

from lianti.lib import rooms


class DispatchConfig(rooms.Room):
    """Gives the portal its entry, cards, notices and search results, and the lower rooms their panels."""

    name = "lianti.contexts.dispatch"
    label = "dispatch"

    def show(self) -> None:
        """Register navigation, the kinds of record and panels."""
        from lianti.contexts.activities import queries as activities
        from lianti.contexts.dispatch import queries, rules, tasks
        from lianti.contexts.dispatch.queries import attendance
        from lianti.contexts.dispatch.views import batches, candidates, county, mine, past, postings, rota
        from lianti.contexts.dispatch.words import papers
        from lianti.contexts.network import queries as network
        from lianti.contexts.papers import queries as known
        from lianti.kernel import outbox, panels
        from lianti.lib.roles import Role
        from lianti.lib.web import navigation
        from lianti.records import kinds

        network.know_rules(queries.DISPATCH)
        for paper in papers.KINDS_OF_PAPER:
            known.know(paper)
        navigation.group("sending", _("Sending people"), 35, icon="people")
        entries = (
            ("dispatch", queries.KIND.words.many, "dispatch:list", None),
            ("county", county.TITLE, "dispatch:county", {Role.HEALTH_AUTHORITY}),
            ("batches", queries.BATCH.words.many, "dispatch:batches", None),
            ("rota", rota.ROTA.title, "dispatch:rota", None),
            ("attendance", attendance.KIND.words.many, "dispatch:attendance", None),
            ("week", _("Week list"), "dispatch:week", None),
        )
        for order, (key, label, url, roles) in enumerate(entries):
            letter = "p" if order == 0 else ""
            navigation.register(key, label, url, roles, order, icon="people", letter=letter, under="sending")
        navigation.register_start("dispatch", batches.ENTRY.title, "dispatch:new", roles=rules.SENDERS, order=35)
        kinds.register(queries.KIND, order=50)
        kinds.register(queries.BATCH, order=51)
        kinds.register(queries.PAST, order=52)
        activities.tell_days(mine.tell_days)
        panels.register("month", mine.month_panel)
        kinds.register(queries.CANDIDATE, order=53)
        panels.register("relation", postings.relation_panel, order=25)
        panels.register("institution", postings.institution_panel, order=25)
        panels.register("person", postings.person_panel, order=10)
        panels.register("person", past.person_panel, order=12)
        kinds.register(attendance.KIND, order=53)
        outbox.every(tasks.BEGIN, 21_600)
        panels.register("person", candidates.person_panel, order=14)
        self._around_postings()

    def _around_postings(self) -> None:
        """Register what is kept around a posting: clinics, check lists, visits, handovers."""
        from lianti.contexts.dispatch.queries.care import CHECK, VISIT
        from lianti.contexts.dispatch.queries.clinics import CLINIC
        from lianti.contexts.dispatch.queries.handovers import HANDOVER
        from lianti.contexts.dispatch.views import care, clinics, handovers
        from lianti.kernel import panels
        from lianti.lib.web import navigation
        from lianti.records import kinds

        for order, kind in enumerate((CLINIC, CHECK, VISIT, HANDOVER), start=53):
            kinds.register(kind, order=order)
        parts = (clinics.posting_panel, care.checks_panel, care.visits_panel, handovers.posting_panel)
        for order, part in enumerate(parts, start=20):
            panels.register("posting", part, order=order)
        for order, (key, kind) in enumerate((("checks", CHECK), ("handovers", HANDOVER)), start=10):
            address = f"dispatch:{kind.names[0]}"
            navigation.register(key, kind.words.many, address, None, order, icon="people", under="sending")
