"""Each wall as raw SQL meets it, as the web role: every table × every verb × whoever might ask.

What is tried is made from the declarations; what is right is written here by hand, for each kind of wall.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from lianti.kernel import scope, walls
from lianti.kernel.models import TransitionRecord
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from tests.permissions.world import World
from tests.walls import rows

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql, pytest.mark.slow]
Row = dict[str, Any]
May = Callable[[Row, "Who"], bool]

WALLED = {wall.table: wall for wall in walls.declared() if isinstance(wall, walls.Wall)}
OPEN = {wall.table: wall for wall in walls.declared() if not isinstance(wall, walls.Wall)}


@dataclass(frozen=True)
class Who:
    """Somebody who asks: an institution and a person of it; none of both is nobody."""

    name: str
    actor: Actor | None

    @property
    def tenant(self) -> int | None:
        return self.actor.tenant_id if self.actor else None


def askers(world: World) -> list[Who]:
    """Name who asks: own institution, party, authority, other institution, and none."""
    cast = world.cast
    people = {"supporting": cast.supporting, "county": cast.county, "authority": cast.authority, "other": cast.stranger}
    leaders = [Who(name, house.actor(Role.LEADER)) for name, house in people.items()]
    return [*leaders, Who("operator", cast.stranger.administrator), Who("none", None)]


# What is right, by kind of wall -----------------------------------------------------------------


def in_columns(*columns: str) -> May:
    return lambda row, who: who.tenant is not None and who.tenant in [row[column] for column in columns]


def audience_of(kind: str) -> May:
    def sees(row: Row, who: Who) -> bool:
        return in_columns("tenant_id")(row, who) or (who.tenant, kind, row["id"]) in AUDIENCE

    return sees


def everyone(_row: Row, _who: Who) -> bool:
    return True


def nobody(_row: Row, _who: Who) -> bool:
    return False


def in_person(row: Row, who: Who) -> bool:
    return who.actor is not None and who.actor.principal_id == row["principal_id"]


def owner(row: Row, who: Who) -> bool:
    return who.actor is not None and who.actor.principal_id == row["created_by_id"]


def or_signing_in(may: May) -> May:
    return lambda row, who: who.actor is None or may(row, who)


maker = in_columns("tenant_id")
pair = in_columns("giver_id", "receiver_id")
AUDIENCE: set[tuple[int, str, int]] = set()


@dataclass(frozen=True)
class Right:
    """Who may do each verb to a row."""

    read: May
    insert: May = nobody
    change: May = nobody
    delete: May = nobody


def shared(kind: str) -> Right:
    return Right(audience_of(kind), maker, audience_of(kind))


def or_operator(may: May) -> May:
    return lambda row, who: who.name == "operator" or may(row, who)


def kept_by(column: str) -> Right:
    keeper = or_operator(in_columns(column))
    return Right(everyone, keeper, keeper)


def each(*rights: May) -> May:
    return lambda row, who: all(may(row, who) for may in rights)


arbiter = in_columns("giver_id", "receiver_id", "arbiter_id")
owing = in_columns("giver_id", "receiver_id", "tenant_id")


def of_figure(may: May, may_of_relation: May) -> May:
    """Of an institution the one right, of a relation that is seen the other."""

    def holds(row: Row, who: Who) -> bool:
        if row["relation_id"] is None:
            return may(row, who)
        seen = audience_of("network.relation")({"tenant_id": None, "id": row["relation_id"]}, who)
        return seen and may_of_relation(row, who)

    return holds


def sayer(row: Row, who: Who) -> bool:
    return or_operator(in_columns("said_by_id"))(row, who)


def about(row: Row, who: Who) -> bool:
    return or_operator(in_columns("said_by_id", "institution_id"))(row, who)


def told_figure(row: Row, who: Who) -> bool:
    return row["said_by_id"] is None or row["confirmed_at"] is not None or about(row, who)


def said_or_about(row: Row, who: Who) -> bool:
    return row["said_by_id"] is not None or about(row, who)


def own_job(row: Row, who: Who) -> bool:
    return row["principal_id"] is None or each(maker, in_person)(row, who)


def of_its_relation(row: Row, who: Who) -> bool:
    return audience_of("network.relation")(the_row("network_relation", row["relation_id"]), who)


def other_side(row: Row, who: Who) -> bool:
    """Whoever employs the first of two like persons, unless they entered the second."""
    there = the_row("network_person", row["other_id"])
    return in_columns("employer_id")(there, who) and not maker(row, who)


def house_of_seat(row: Row, who: Who) -> bool:
    return or_operator(in_columns("institution_id"))(the_row("accounts_membership", row["membership_id"]), who)


def of_its_sign_in(row: Row, who: Who) -> bool:
    houses = fetched("SELECT institution_id FROM accounts_membership WHERE principal_id = %s", row["principal_id"])
    return in_person(row, who) or who.name == "operator" or (who.tenant,) in houses


def ruled_relation(row: Row, who: Who) -> bool:
    return row["relation_id"] is None or of_its_relation(row, who)


def keeps_rules(row: Row, who: Who) -> bool:
    """Of a relation its lead, of all else the operator."""
    if row["relation_id"] is None:
        return who.name == "operator"
    return in_columns("lead_id")(the_row("network_relation", row["relation_id"]), who)


def receives_of(row: Row, who: Who) -> bool:
    """Whoever somebody of the batch was ordered to."""
    sql = "SELECT recipient_id FROM dispatch_posting WHERE batch_id = %s AND state NOT IN ('nominated', 'dropped')"
    with scope.system():
        return (who.tenant,) in fetched(sql, row["id"])


def of_batch(row: Row, who: Who) -> bool:
    return in_columns("sender_id")(row, who) or receives_of(row, who)


def of_oneself_or(other: May) -> May:
    """Whoever a row is about, in whatever seat, and who else may."""

    def holds(row: Row, who: Who) -> bool:
        with scope.system():
            own = fetched("SELECT principal_id FROM network_person WHERE id = %s", row["person_id"])
        return (who.actor is not None and (who.actor.principal_id,) in own) or other(row, who)

    return holds


def of_sender(row: Row, who: Who) -> bool:
    """Whoever sends the batch that a row belongs to."""
    return in_columns("sender_id")(the_row("dispatch_batch", row["batch_id"]), who)


RIGHTS = {
    "records_meaning": Right(maker, maker, maker),
    "papers_issuedpaper": Right(
        audience_of("papers.paper"), maker, each(audience_of("papers.paper"), in_columns("issuer_id"))
    ),
    "papers_template": Right(everyone, maker, in_columns("holder_id")),
    "network_ruleset": Right(ruled_relation, each(maker, keeps_rules), keeps_rules),
    "dispatch_batch": Right(audience_of("dispatch.batch"), maker, each(audience_of("dispatch.batch"), of_batch)),
    "dispatch_posting": Right(
        of_oneself_or(audience_of("dispatch.posting")),
        maker,
        each(of_oneself_or(audience_of("dispatch.posting")), in_columns("sender_id", "recipient_id")),
    ),
    "dispatch_candidate": Right(in_columns("sender_id"), nobody, in_columns("sender_id")),
    "dispatch_quota": Right(*[of_sender] * 4),
    "dispatch_pastservice": Right(
        audience_of("dispatch.past"), maker, each(audience_of("dispatch.past"), in_columns("sender_id", "recipient_id"))
    ),
    "dispatch_checklist": Right(
        audience_of("dispatch.check"),
        maker,
        each(audience_of("dispatch.check"), in_columns("sender_id", "recipient_id")),
    ),
    "dispatch_handover": Right(
        audience_of("dispatch.handover"),
        maker,
        each(audience_of("dispatch.handover"), in_columns("sender_id", "recipient_id")),
    ),
    "dispatch_workstation": Right(
        audience_of("dispatch.workstation"),
        maker,
        each(audience_of("dispatch.workstation"), in_columns("sender_id", "recipient_id")),
    ),
    "dispatch_allowancerate": Right(in_columns("institution_id"), maker, in_columns("institution_id")),
    "dispatch_allowancesheet": Right(in_columns("sender_id"), maker, in_columns("sender_id")),
    "dispatch_houselist": Right(everyone, maker, in_columns("institution_id")),
    "dispatch_carevisit": Right(
        audience_of("dispatch.visit"), maker, each(audience_of("dispatch.visit"), in_columns("tenant_id", "owner_id"))
    ),
    "dispatch_certificate": shared("dispatch.certificate"),
    "dispatch_appraisal": Right(
        audience_of("dispatch.appraisal"),
        maker,
        each(audience_of("dispatch.appraisal"), in_columns("sender_id", "recipient_id")),
    ),
    "dispatch_clinic": Right(
        audience_of("dispatch.clinic"), maker, each(audience_of("dispatch.clinic"), in_columns("recipient_id"))
    ),
    "dispatch_feed": Right(owner, each(maker, owner), owner),
    "dispatch_attendance": Right(
        audience_of("dispatch.attendance"),
        maker,
        each(audience_of("dispatch.attendance"), in_columns("sender_id", "recipient_id")),
    ),
    "dispatch_leaveslip": Right(
        audience_of("dispatch.leave_slip"),
        maker,
        each(audience_of("dispatch.leave_slip"), in_columns("sender_id", "recipient_id")),
    ),
    "dispatch_presencecheck": Right(audience_of("dispatch.presence"), maker, maker),
    "network_figure": Right(
        of_figure(told_figure, everyone),
        of_figure(sayer, sayer),
        of_figure(about, said_or_about),
        of_figure(sayer, sayer),
    ),
    "needs_need": Right(audience_of("needs.need"), maker, in_columns("stater_id", "addressed_id", "tenant_id")),
    "activities_activity": shared("activities.activity"),
    "agreements_agreement": shared("agreements.agreement"),
    "agreements_commitment": shared("agreements.commitment"),
    "agreements_goal": shared("agreements.goal"),
    "agreements_reviewarea": shared("agreements.review_area"),
    "agreements_plan": shared("agreements.plan"),
    "network_relation": shared("network.relation"),
    "network_institution": Right(everyone, everyone, or_operator(maker)),
    "network_person": kept_by("employer_id"),
    "network_pastemployment": Right(everyone, or_operator(nobody)),
    "network_persondoubt": Right(everyone, or_operator(maker), or_operator(other_side)),
    "network_peoplegroup": kept_by("institution_id"),
    "network_department": kept_by("institution_id"),
    "ledger_account": Right(owing, maker, owing),
    "ledger_entry": Right(arbiter, each(maker, arbiter), arbiter),
    "ledger_monthsheet": Right(pair, pair, pair),
    "ledger_sheetprint": Right(pair, each(maker, pair), pair),
    "ledger_link": Right(pair, each(maker, pair), pair),
    "ledger_closing": Right(pair, each(maker, pair), pair),
    "ledger_relationsum": Right(pair, pair, pair),
    "ledger_spotcheck": Right(
        in_columns("giver_id", "receiver_id", "judge_id"), in_columns("judge_id"), in_columns("judge_id")
    ),
    "ledger_publication": Right(in_columns("tenant_id", "authority_id"), maker, maker),
    "intake_document": Right(maker, maker, maker),
    "intake_proposal": Right(maker, maker, maker),
    "intake_remembered": Right(maker, maker, maker),
    "evidence_file": Right(everyone, maker, maker),
    "accounts_membership": kept_by("institution_id"),
    "network_relationconfirmation": Right(
        of_its_relation, each(of_its_relation, or_operator(in_columns("institution_id"))), nobody, of_its_relation
    ),
    "accounts_invitationcode": Right(or_signing_in(house_of_seat), house_of_seat, house_of_seat, house_of_seat),
    "accounts_onetimecode": Right(*[or_signing_in(of_its_sign_in)] * 4),
    **dict.fromkeys(
        ("axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog", "axes_accesslog"),
        Right(*[or_signing_in(or_operator(nobody))] * 4),
    ),
    "django_session": Right(nobody),
    "accounts_seat": Right(or_signing_in(in_person), or_signing_in(in_person), or_signing_in(in_person)),
    **dict.fromkeys(
        ("records_uploadcode", "records_heldfile", "records_keptform"), Right(*[or_signing_in(in_person)] * 4)
    ),
    **dict.fromkeys(("records_sought", "records_savedview"), Right(*[in_person] * 4)),
    "kernel_answer": Right(in_person, in_person),
    "kernel_notice": Right(in_person, nobody, in_person),
    "kernel_journalevent": Right(nobody, each(maker, in_person)),
    "kernel_accessevent": Right(nobody, each(maker, in_person)),
    "kernel_outboxtask": Right(in_person, own_job, each(maker, in_person)),
}
# Rows that belong to a record: the record's table, the column that names it, what its changers may do.
CHILDREN = {
    "dispatch_pastfile": ("dispatch_pastservice", "service_id", "insert"),
    "dispatch_handoverfile": ("dispatch_handover", "handover_id", "insert"),
    "dispatch_stationexpert": ("dispatch_workstation", "station_id", "insert change delete"),
    "dispatch_stationyear": ("dispatch_workstation", "station_id", "insert change"),
    "dispatch_allowanceline": ("dispatch_allowancesheet", "sheet_id", "insert change delete"),
    "dispatch_allowancededuction": ("dispatch_allowancesheet", "sheet_id", "insert change delete"),
    "dispatch_checkitem": ("dispatch_checklist", "of_id", "insert change delete"),
    "dispatch_visited": ("dispatch_carevisit", "visit_id", "insert"),
    "dispatch_certificateseal": ("dispatch_certificate", "certificate_id", "insert change delete"),
    "dispatch_clinicday": ("dispatch_clinic", "clinic_id", "insert change delete"),
    "dispatch_attendancemark": ("dispatch_attendance", "attendance_id", "insert change delete"),
    "dispatch_attendanceline": ("dispatch_attendance", "attendance_id", "insert change delete"),
    "dispatch_leave": ("dispatch_posting", "posting_id", "insert change delete"),
    "needs_needperson": ("needs_need", "need_id", "insert change delete"),
    **{
        f"activities_activity{name}": ("activities_activity", "activity_id", "insert change delete")
        for name in ("receiver", "participant", "person", "account")
    },
    "activities_activityfile": ("activities_activity", "activity_id", "insert"),
    "agreements_agreementparty": ("agreements_agreement", "agreement_id", "insert change delete"),
    "agreements_agreementfile": ("agreements_agreement", "agreement_id", "insert"),
    "ledger_accountsum": ("ledger_account", "account_id", "insert change delete"),
    "ledger_entryperson": ("ledger_entry", "entry_id", "insert change delete"),
    "ledger_posting": ("ledger_entry", "entry_id", "insert change delete"),
    "network_institutionname": ("network_institution", "institution_id", "insert change"),
    "network_pasttitle": ("network_person", "person_id", "insert"),
    "network_groupmember": ("network_peoplegroup", "group_id", "insert change"),
    "network_relationmember": ("network_relation", "relation_id", "insert change delete"),
    "network_relationspecialty": ("network_relation", "relation_id", "insert change delete"),
}
STORIES = {
    table: next(w.table for w in WALLED.values() if w.model is wall.model._meta.get_field("record").related_model)
    for table, wall in WALLED.items()
    if issubclass(wall.model, TransitionRecord)
}
IN_OWN_NAME = {*STORIES, "kernel_journalevent", "kernel_accessevent"}
# Rows that name a record by kind and key: the record's own wall decides.
NAMING = {
    "kernel_audience": Right(everyone, everyone, everyone, everyone),
    "kernel_workitem": Right(everyone, everyone, everyone),
}


def expected(table: str, verb: str, row: Row, who: Who) -> bool:
    """Say whether `who` may do it to this row, by the tables above."""
    if table in STORIES:
        return _of_a_story(STORIES[table], verb, row, who)
    if table in CHILDREN:
        parent, column, may = CHILDREN[table]
        held = the_row(parent, row[column])
        return RIGHTS[parent].read(held, who) if verb == "read" else verb in may and RIGHTS[parent].change(held, who)
    if table in NAMING:
        return getattr(NAMING[table], verb)(row, who) and _of_the_named(table, verb, row, who)
    return getattr(RIGHTS[table], verb)(row, who)


def _of_a_story(parent: str, verb: str, row: Row, who: Who) -> bool:
    held = the_row(parent, row["record_id"])
    if verb == "read":
        return RIGHTS[parent].read(held, who)
    made = verb == "insert" and each(maker, in_person)(row, who)
    return made and (parent == "network_institution" or RIGHTS[parent].change(held, who))


def _of_the_named(table: str, verb: str, row: Row, who: Who) -> bool:
    parent = next(wall.table for wall in WALLED.values() if wall.kind == row["kind"])
    right = RIGHTS[parent]
    if verb == "read":
        return (
            table == "kernel_audience"
            or or_operator(maker)(row, who)
            or right.read(the_row(parent, row["record_pk"]), who)
        )
    if verb == "insert" and table == "kernel_audience" and who.tenant == row["tenant_id"]:
        return maker(the_row(parent, row["record_pk"]), who)  # nobody makes themselves an audience
    mine = table == "kernel_workitem" and verb == "change" and or_operator(maker)(row, who)
    return mine or right.change(the_row(parent, row["record_pk"]), who)


# Trying it --------------------------------------------------------------------------------------


def fetched(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def the_row(table: str, key: int) -> Row:
    with scope.system():
        (row,) = fetched(f"SELECT to_json(t)::text FROM {table} t WHERE {WALLED[table].key} = %s", key)
    return dict(json.loads(row[0]))


def some_rows(table: str) -> list[Row]:
    """Return the first of a table, and the last two."""
    with scope.system():
        all_of_it = f"SELECT to_json(t)::text FROM {table} t ORDER BY {WALLED[table].key}"
        found = [*fetched(f"{all_of_it} LIMIT 1"), *fetched(f"{all_of_it} DESC LIMIT 2")]
    return [dict(json.loads(row)) for row in dict.fromkeys(text for (text,) in found)]


@contextmanager
def asking(who: Who) -> Iterator[None]:
    """Be the web role in the scope of `who`, and undo whatever is done."""
    with transaction.atomic():
        scope._set(who.actor)
        yield
        transaction.set_rollback(True)


def done(who: Who, sql: str, *values: Any) -> bool:
    """Say whether the statement reached a row; refused or filtered away is no."""
    with asking(who), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(sql, values)
                return cursor.rowcount == 1
        except ProgrammingError as refused:
            if not any(said in str(refused) for said in ("permission denied", "violates row-level security")):
                raise
            return False


def inserted(who: Who, table: str, row: Row) -> bool:
    """Say whether this row, gone for the moment, may be put in."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")  # not even jobs remove the past
            cursor.execute(f"DELETE FROM {table} WHERE {WALLED[table].key} = %s", [row[WALLED[table].key]])
            cursor.execute(f"SET LOCAL ROLE {walls.WEB}")
        sql = f"INSERT INTO {table} SELECT * FROM json_populate_record(NULL::{table}, %s)"
        answer = done(who, sql, json.dumps(row))
        transaction.set_rollback(True)
    return answer


def tried(who: Who, table: str, verb: str, row: Row) -> bool:
    key = WALLED[table].key
    if verb == "read":
        return done(who, f"SELECT 1 FROM {table} WHERE {key} = %s", row[key])
    if verb == "change":
        return done(who, f"UPDATE {table} SET {key} = {key} WHERE {key} = %s", row[key])
    if verb == "delete":
        return done(who, f"DELETE FROM {table} WHERE {key} = %s", row[key])
    return inserted(who, table, row)


@pytest.fixture(scope="module", autouse=True)
def _rows(world: World) -> None:
    rows.make(world)
    with scope.system():
        AUDIENCE.update(fetched("SELECT tenant_id, kind, record_pk FROM kernel_audience"))


@pytest.mark.parametrize("table", sorted(WALLED))
def test_the_wall_holds(world: World, table: str) -> None:
    assert table in {*RIGHTS, *CHILDREN, *STORIES, *NAMING}, f"say in {__name__} who may do what to {table}"
    held = some_rows(table)
    assert held, f"the world has no row of {table}: add one to tests/walls/rows.py"
    wrong = []
    for row in held:
        for who in askers(world):
            for verb in walls.VERBS:
                for said in variants(table, verb, row, who):
                    right = expected(table, verb, said, who)
                    if tried(who, table, verb, said) != right:
                        wrong.append(f"{who.name} {verb} {said}: {'may' if right else 'may not'}")
    assert not wrong, "\n".join(wrong)


def variants(table: str, verb: str, row: Row, who: Who) -> Iterator[Row]:
    """Yield the row as it is; where rows are added in one's own name, also under the name of who asks."""
    yield row
    if verb == "insert" and who.actor and table in IN_OWN_NAME:
        yield {**row, "principal_id": who.actor.principal_id, "tenant_id": who.tenant}


# What the test run grants beyond the product (tests/ci_plugin.py).
IN_TESTS = {table: {"SELECT", "INSERT"} for table in ("django_content_type", "auth_permission")}


_MAY = {
    sql: f"SELECT has_{'table' if sql == 'DELETE' else 'any_column'}_privilege(%s, '{sql}')"
    for sql in walls.VERBS.values()
}


@pytest.mark.parametrize("table", sorted(OPEN))
def test_what_is_open_is_open_for_what_it_says(world: World, table: str) -> None:
    rights = {sql for verb, sql in walls.VERBS.items() if verb in OPEN[table].verbs}
    granted = {sql for sql in walls.VERBS.values() if fetched(_MAY[sql], table)[0][0]}
    assert granted - IN_TESTS.get(table, set()) == rights
