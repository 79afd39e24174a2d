"""The room of dispatch: who is sent where, by which papers, and what came of it."""

from django.utils.translation import gettext_lazy as _

from lianti.lib import rooms


class DispatchConfig(rooms.Room):
    """Gives the portal its entry, cards, notices and search results, and the lower rooms their panels."""

    name = "lianti.contexts.dispatch"
    label = "dispatch"

    def show(self) -> None:
        """Register navigation, the kinds of record and panels."""
        from lianti.contexts.dispatch import queries, tasks
        from lianti.contexts.dispatch.queries import (
            allowances,
            attendance,
            care,
            clinics,
            handovers,
            leaves,
            presence,
            sheet_days,
            stations,
        )
        from lianti.contexts.dispatch.words import papers, proving
        from lianti.contexts.ledger import queries as ledger
        from lianti.contexts.network import queries as network
        from lianti.contexts.papers import queries as known
        from lianti.kernel import outbox
        from lianti.records import kinds

        ledger.tell_attendance(sheet_days.days_by_mark)
        network.know_rules(queries.DISPATCH)
        for paper in (*papers.KINDS_OF_PAPER, *proving.PAPERS_OF_SERVICE):
            known.know(paper)
        shown = (
            *(queries.KIND, queries.BATCH, queries.PAST, clinics.CLINIC, care.CHECK, care.VISIT),
            *(
                handovers.HANDOVER,
                queries.CANDIDATE,
                attendance.KIND,
                leaves.KIND,
                presence.KIND,
                queries.CERTIFICATE,
                queries.APPRAISAL,
            ),
            *(stations.STATION, allowances.RATE, allowances.ALLOWANCE),
        )
        for order, kind in enumerate(shown, start=50):
            kinds.register(kind, order=order)
        outbox.every(tasks.BEGIN, 21_600)
        outbox.every(tasks.LEAVES, 3_600)
        _navigation()
        _panels()


def _navigation() -> None:
    from lianti.contexts.dispatch import queries, rules
    from lianti.contexts.dispatch.queries import allowances, attendance, care, handovers, leaves, presence, stations
    from lianti.contexts.dispatch.views import applicants, batches, county, reports, rota
    from lianti.lib.roles import Role
    from lianti.lib.web import navigation

    navigation.group("sending", _("Sending people"), 35, icon="people")
    navigation.group("service", _("On duty and after"), 36, icon="todo")
    entries = (
        ("dispatch", "sending", queries.KIND.words.many, "list", None),
        ("county", "sending", county.TITLE, "county", {Role.HEALTH_AUTHORITY}),
        ("batches", "sending", queries.BATCH.words.many, "batches", None),
        ("candidates", "sending", queries.CANDIDATE.words.many, "candidates", rules.PEOPLE_READERS),
        ("rota", "sending", rota.ROTA.title, "rota", None),
        ("stations", "sending", stations.STATION.words.many, "workstations", None),
        ("attendance", "service", attendance.KIND.words.many, "attendance", None),
        ("leaves", "service", leaves.KIND.words.many, "leaves", None),
        ("presence", "service", presence.KIND.words.many, "presences", None),
        ("reports", "service", reports.TITLE, "reports", rules.HOSTS),
        ("week", "service", _("Week list"), "week", None),
        ("checks", "service", care.CHECK.words.many, "checks", None),
        ("handovers", "service", handovers.HANDOVER.words.many, "handovers", None),
        ("appraisals", "service", queries.APPRAISAL.words.many, "appraisals", None),
        ("certificates", "service", queries.CERTIFICATE.words.many, "certificates", None),
        ("allowances", "service", allowances.ALLOWANCE.words.many, "allowances", rules.PAY_READERS),
        ("applicants", "service", applicants.TITLE, "applicants", rules.SENDERS),
    )
    for order, (key, under, label, url, roles) in enumerate(entries):
        letter = "p" if order == 0 else ""
        navigation.register(key, label, f"dispatch:{url}", roles, order, icon="people", letter=letter, under=under)
    navigation.register_start("dispatch", batches.ENTRY.title, "dispatch:new", roles=rules.SENDERS, order=35)


def _panels() -> None:
    from lianti.contexts.activities import queries as activities
    from lianti.contexts.dispatch.views import (
        appraisals,
        candidates,
        care,
        certificates,
        clinics,
        could_go,
        handovers,
        leaves,
        mine,
        past,
        postings,
        presence,
        stations,
    )
    from lianti.kernel import panels

    activities.tell_days(mine.tell_days)
    panels.register("month", mine.month_panel)
    panels.register("relation", postings.relation_panel, order=25)
    panels.register("institution", postings.institution_panel, order=25)
    panels.register("relation", stations.relation_panel, order=27)
    panels.register("institution", stations.institution_panel, order=27)
    panels.register("person", postings.person_panel, order=10)
    panels.register("person", past.person_panel, order=12)
    panels.register("person", candidates.person_panel, order=14)
    panels.register("posting", leaves.posting_panel, order=10)
    panels.register("posting", presence.posting_panel, order=28)
    panels.register("posting", clinics.posting_panel, order=20)
    panels.register("posting", care.checks_panel, order=22)
    panels.register("posting", care.visits_panel, order=24)
    panels.register("posting", handovers.posting_panel, order=26)
    panels.register("need", could_go.need_panel, order=10)
    panels.register("posting", appraisals.posting_panel, order=28)
    panels.register("person", certificates.person_panel, order=16)
