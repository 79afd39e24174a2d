"""A small filling holds what the big one promises: every state, true sums, a journal that verifies."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, models, transaction

from lianti.contexts.accounts import queries as accounts
from lianti.contexts.activities.flow import FLOW as ACTIVITIES
from lianti.contexts.activities.models import Activity
from lianti.contexts.activities.queries.desk import RECORDERS
from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.dispatch.models import AllowanceSheet
from lianti.contexts.intake import queries as intake
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.ledger import rules
from lianti.contexts.ledger.flow import ENTRIES, SHEETS
from lianti.contexts.ledger.models import Account, Booking, Entry, EntryPerson, EntryTransition, MonthSheet, SheetPrint
from lianti.contexts.ledger.states import STANDING, EntryState
from lianti.contexts.network import queries as network
from lianti.contexts.network.models import Institution, InstitutionName, Person
from lianti.demo import fill, sign_ins
from lianti.kernel import journal, scope, worklist
from lianti.kernel.models import Audience, JournalEvent, Notice, Principal, WorkItem
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import start_of
from lianti.lib.roles import MEMBER_ROLES, Role
from lianti.records.lists import LISTS
from tests import figures, offers
from tests.cast import signed_in_client

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.turns(whole=True)]
DAY = date(2026, 11, 23)
SCALE = 0.2


@pytest.fixture(scope="module")
def steps(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[tuple[int, int]]]:
    """Fill the database once for all tests here and take everything back at the end."""
    told: list[tuple[int, int]] = []
    with django_db_blocker.unblock(), transaction.atomic():
        with scope.system():
            fill(scale=SCALE, progress=lambda done, total: told.append((done, total)), today=DAY)
            yield told
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _filled(steps: list[tuple[int, int]]) -> None:
    """Let every test here look at the filled database."""


def test_progress_is_told_to_the_end(steps: list[tuple[int, int]]) -> None:
    assert steps[-1][0] == steps[-1][1]
    assert [done for done, _total in steps] == list(range(1, len(steps) + 1))


def test_one_province_ten_counties_three_health_centres_one_authority() -> None:
    kinds = list(Institution.objects.values_list("kind", "level"))
    assert sum(level == "3a" for _kind, level in kinds) == 1
    assert sum(kind in ("hospital", "maternal_child_hospital") for kind, _level in kinds) == 11
    assert sum(kind == "township_health_centre" for kind, _level in kinds) == 3
    assert sum(kind == "health_authority" for kind, _level in kinds) == 1
    assert InstitutionName.objects.count() >= 2


def test_one_county_president_is_employed_by_the_provincial_hospital() -> None:
    leader = next(one for one in sign_ins() if one.role == "leader")
    person = Person.objects.select_related("employer").get(principal__phone=leader.phone)
    assert person.employer.level == "3a"
    assert leader.institution != person.employer.short_name


def test_relations_of_all_behaviours_and_states_are_there() -> None:
    relations = engine.FLOWS["network.relation"]
    assert set(relations.record.objects.values_list("behaviour", flat=True)) == {
        "paired_assistance", "team_assistance", "consortium", "specialty_alliance", "uplift_project",
        "expert_workstation", "service_cooperation",
    }  # fmt: skip


@pytest.mark.parametrize("kind", sorted(engine.FLOWS))
def test_every_state_is_present(kind: str) -> None:
    flow = engine.FLOWS[kind]
    missing = set(map(str, flow.spec.states)) - set(flow.record.objects.values_list("state", flat=True))
    assert missing <= {"network.institution": {"closed"}, "accounts.membership": set()}.get(kind, set())


def test_every_level_and_way_of_verifying_is_present() -> None:
    assert set(Entry.objects.values_list("level", flat=True)) == {0, 1, 2, 3}
    assert {"online", "paper", "link", "check"} <= set(Entry.objects.values_list("via", flat=True))
    assert Entry.objects.filter(corrects__isnull=False, state=EntryState.COUNTED).exists()
    assert Entry.objects.filter(late=True).exists()
    assert Entry.objects.filter(late=True).exclude(count_day=models.F("day")).exists()
    assert Entry.objects.filter(state=EntryState.DECLARED, verify_by__lt=DAY).exists()
    assert Entry.objects.filter(giver__level__in=["2a", "3b"], receiver__level="3a").exists()


def test_entries_follow_the_year_and_name_several_people_and_receivers() -> None:
    months = Entry.objects.values_list("day__year", "day__month").distinct()
    assert len(set(months)) == 24
    shared = EntryPerson.objects.values("entry").annotate(n=models.Count("id")).filter(n__gt=1)
    assert shared.exists()
    several = Entry.objects.values("source_id").annotate(n=models.Count("id")).filter(n__gt=3)
    assert several.exists()


def test_kept_sums_are_what_a_recount_gives() -> None:
    assert ledger.kept_sums() == ledger.recounted_sums()


def test_journal_verifies_and_every_past_day_is_sealed() -> None:
    report = journal.verify(engine.records())
    assert report.ok, report.faults[:5]
    assert report.unsealed == 0


def test_nothing_has_happened_after_yesterday() -> None:
    assert not JournalEvent.objects.filter(at__gte=start_of(DAY)).exists()
    assert not Entry.objects.filter(day__gte=DAY).exists()


def test_nobody_has_verified_their_own_side() -> None:
    names = ("verify", "lower", "verify_sheet")
    moves = EntryTransition.objects.filter(name__in=names, target="counted").select_related("record")
    people = dict(Person.objects.exclude(principal=None).values_list("principal_id", "pk"))
    by_verifier: dict[tuple[int, int], list[Entry]] = {}
    for move in moves:
        by_verifier.setdefault((move.principal_id, move.tenant_id), []).append(move.record)
    for (principal_id, tenant_id), entries in by_verifier.items():
        if principal_id not in people:  # the holder of a one-time link
            continue
        who = rules.Who(tenant_id, people[principal_id], principal_id)
        assert rules.refusals(who, entries) == {}


def test_signatories_of_paper_sheets_pass_the_test() -> None:
    prints = SheetPrint.objects.filter(state="confirmed").prefetch_related(None)[:40]
    for page in prints:
        entries = list(Entry.objects.filter(pk__in=[line["entry"] for line in page.lines]))
        assert rules.refusals(rules.Who(page.receiver_id, page.signatory_id), entries) == {}


def test_bulk_made_and_service_made_entries_have_the_same_rows() -> None:
    bulk, told = _shape(_an_entry("2025-03-01", "2026-06-01")), _shape(_an_entry("2026-11-01", "2026-11-20"))
    assert bulk == told


def _an_entry(first: str, last: str) -> Entry:
    """Return an entry of one posted person that has only been declared and, if it is old, verified."""
    rows = Entry.objects.filter(
        day__gte=first,
        day__lt=last,
        kind="outpatient",
        receiver__code="YC-LX",
        corrects=None,
        state__in=["declared", "counted"],
        via__in=["", "online"],
    )
    return next(row for row in rows.order_by("id") if row.version <= 2)


def _shape(entry: Entry) -> dict[str, Any]:
    """Return what rows the declaring of an entry leaves, and which of their fields are filled."""
    first = EntryTransition.objects.filter(record=entry).order_by("id")[0]
    event = JournalEvent.objects.get(record=entry.public_id, seq=1)
    person = EntryPerson.objects.select_related("sheet").get(entry=entry)
    activity = ACTIVITIES.record.objects.get(pk=entry.source_id)
    work = WorkItem.objects.filter(kind=SHEETS.kind, record_pk=person.sheet_id).order_by("id").first()
    assert work is not None
    accounts_of = Account.objects.filter(pk__in=Booking.objects.filter(entry=entry).values("account_id"))
    return {
        "first": (first.name, first.source, first.target, sorted(first.facts)),
        "event": (event.kind, event.verb, sorted(event.fields)),
        "activity": (activity.state, activity.kind == entry.kind, activity.public_id == entry.source_public_id),
        "activity event": sorted(JournalEvent.objects.get(record=activity.public_id, seq=1).fields),
        "audience": Audience.objects.filter(kind=ACTIVITIES.kind, record_pk=activity.pk).count(),
        "declarer": (entry.declarer_id == person.person_id, entry.created_by_id == activity.created_by_id),
        "sheet": (person.sheet.month == entry.day.replace(day=1), person.share == entry.declared),
        "sheet events": JournalEvent.objects.filter(record=person.sheet.public_id, verb="open_sheet").count(),
        "work": (work.verb, work.roles, work.principal_id),
        "posted": accounts_of.filter(unit="visit").exists() or accounts_of.exists(),
        "days": (entry.fit_day == entry.day, entry.count_day == entry.day, entry.verify_by > entry.day),
    }


def test_sheets_wait_for_just_what_is_declared() -> None:
    declared = models.Count("id", filter=models.Q(entry__state=EntryState.DECLARED))
    counts = {r["sheet"]: r["n"] for r in EntryPerson.objects.values("sheet").annotate(n=declared)}
    assert all(counts[pk] == waiting for pk, waiting in MonthSheet.objects.values_list("pk", "waiting"))
    open_items = WorkItem.objects.filter(kind=SHEETS.kind, closed_at=None).values_list("record_pk", flat=True)
    assert set(open_items) == {pk for pk, n in counts.items() if n}


def test_postings_are_those_that_fit() -> None:
    from lianti.contexts.ledger.domain.fits import fits

    for row in Booking.objects.select_related("entry", "account").order_by("?")[:300]:
        wanted = row.account.wanted
        assert row.named or fits(type(wanted)(**{**_slots(wanted), "open": True}), row.entry.given)


def _slots(thing: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in thing.__slots__}


def test_the_last_allowance_sheet_can_be_issued_as_it_stands() -> None:
    office = accounts.acting(Principal.objects.get(phone=sign_ins()[0].phone).pk, None, DAY)
    assert isinstance(office, Actor)
    sheet = AllowanceSheet.objects.get(state="drafted", sender=office.tenant_id)
    with transaction.atomic():
        issued = dispatch.issue_sheet(actor=office, at=start_of(DAY), key=None, sheet_id=sheet.public_id)
        assert issued.state == "issued"
        transaction.set_rollback(True)


def test_one_sign_in_for_every_role_and_work_for_most() -> None:
    known = sign_ins()
    assert {one.role for one in known} == set(map(str, MEMBER_ROLES))
    assert all(one.first and one.institution for one in known)
    busy = {"office", "coordinator", "expert", "department_head", "leader", "health_authority"}
    for one in known:
        principal = Principal.objects.get(phone=one.phone)
        actor = accounts.acting(principal.pk, None, DAY)
        assert isinstance(actor, Actor)
        assert str(actor.role) == one.role
        if one.role in busy:
            assert worklist.items(actor, limit=3), one.role


def test_the_office_has_documents_to_review_and_one_that_could_not_be_read() -> None:
    office = accounts.acting(Principal.objects.get(phone=sign_ins()[0].phone).pk, None, DAY)
    assert isinstance(office, Actor)
    waiting = [one.item for one in worklist.items(office, limit=200)]
    verbs = {item.verb for item in waiting if item.kind == "intake.document"}
    assert verbs == {"intake.review", "intake.retry"}
    pages = [intake.review(office, one.public_id) for one in intake.documents(office, show="all").items]
    mirrored = next(page for page in pages if page.line.form == "html")
    assert dict(mirrored.counts)
    assert mirrored.groups
    assert next(page for page in pages if page.line.form == "paste").line.state == "waiting"


def test_every_figure_of_every_page_opens_the_rows_that_add_up_to_it() -> None:
    """As every sign-in of the demo: accounts, relations with each member, promises, needs, agreements, people."""
    wrong, opened = [], 0
    for turn, one in enumerate(sign_ins()):
        actor = accounts.acting(Principal.objects.get(phone=one.phone).pk, None, DAY)
        assert isinstance(actor, Actor)
        client, seen = signed_in_client(actor), set[figures.Shown]()
        for page in list(_pages_with_figures(actor))[turn % 3 :: 1 if turn == 0 else 3]:
            answer = client.get(page)
            assert answer.status_code == 200, (one.role, page)
            for figure in set(figures.shown(answer.content.decode())) - seen:
                seen.add(figure)
                if (sum_found := figures.found(client, actor, figure, date.today())) != figure.number:
                    wrong.append(f"{one.role} {page}: {figure} opens {sum_found}")
        opened += len(seen)
    assert opened > 500
    assert not wrong, f"{len(wrong)} of {opened}:\n" + "\n".join(wrong[:20])


def _pages_with_figures(actor: Actor) -> Iterator[str]:
    with scope.acting(actor):
        for kind in ("ledger.account", "agreements.commitment", "agreements.agreement", "needs.need"):
            listed = LISTS[kind].kind
            yield listed.base
            yield from (listed.url(row.public_id) for row in listed.visible(actor).all(most=60))
        for relation in network.relations_of(actor):
            page = f"/network/relations/{relation.public_id}/"
            yield page
            yield from (f"{page}?with={member.public_id}&level=online" for member in relation.members[:3])
        for person in network.people_of(actor.tenant_id)[:12]:
            yield f"/ledger/people/{person.public_id}/"


def test_inboxes_hold_old_and_new() -> None:
    assert Notice.objects.filter(seen_at=None).exists()
    assert Notice.objects.exclude(seen_at=None).exists()


def test_states_of_entries_explain_their_level() -> None:
    assert not Entry.objects.filter(state__in=STANDING, level=0).exclude(state=EntryState.DECLARED).exists()
    assert ENTRIES.record is Entry


@pytest.mark.skipif(connection.vendor != "sqlite", reason="keys begin anew only in SQLite; the filling is the same")
def test_the_same_day_gives_the_same_example() -> None:
    before = _digest()
    with transaction.atomic():
        _empty()
        fill(scale=SCALE, today=DAY)
        after = _digest()
        transaction.set_rollback(True)
    assert before == after


def _digest() -> str:
    """Return a digest of what people read: no keys, no ids."""
    found = hashlib.sha256()
    for entry in Entry.objects.order_by("id").values_list(
        "giver__code",
        "receiver__code",
        "kind",
        "quantity",
        "day",
        "state",
        "level",
        "note",
        "declarer__name",
        "created_at",
    ):
        found.update(repr(entry).encode())
    for flow in sorted(engine.FLOWS):
        rows = engine.FLOWS[flow].transitions.objects.order_by("at", "name", "note")
        for move in rows.values_list("name", "target", "at", "note", "principal__name"):
            found.update(repr(move).encode())
    return found.hexdigest()


def _empty() -> None:
    from django.apps import apps

    everything = [m for m in apps.get_models() if m._meta.app_label not in ("contenttypes", "auth", "sessions", "axes")]
    with scope.system():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_sequence")
        for _round in range(12):
            for table in everything:
                try:
                    with transaction.atomic():
                        table._default_manager.all()._raw_delete("default")  # type: ignore[attr-defined]
                except Exception:  # others still point at it
                    continue


def test_field_8_the_form_of_an_activity_offers_what_its_reader_may_record() -> None:
    keys = dict(Institution.objects.values_list("public_id", "pk"))
    asked = 0
    for principal in Principal.objects.filter(kind=Principal.Kind.USER).order_by("pk"):
        for seat in accounts.memberships(principal.pk, DAY):
            actor = Actor(principal.pk, seat.institution_id, Role(seat.role))
            if actor.role not in RECORDERS:
                continue
            for giver, receiver in offers.offered(signed_in_client(actor).get("/activities/new/").content.decode()):
                for table, action, row in (
                    (ACTIVITIES.table, "activities.record", Activity(giver_id=keys[giver])),
                    (rules.ENTRIES, "ledger.declare", Entry(giver_id=keys[giver], receiver_id=keys[receiver])),
                ):
                    if isinstance(row, Activity):
                        row.together([keys[receiver]])
                    assert table.refusal(actor, action, row) is None, (actor, giver, receiver)
                asked += 1
    assert asked > 500
