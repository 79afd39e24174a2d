"""Who gets in where: one row for every address and method, written from the rules, not from the code.

A row names, for each house of the cast, the roles that get in. Everybody else in a house is refused with 403, or
with what `otherwise` says; those in `hidden` get 404, as if there were nothing. Whoever does not get in changes
nothing. Nobody is sent to sign in, unless the address is open.

A page that only shows an empty form opens for everybody who may know the record; sending the form is what decides.

The houses: `supporting` and `county` are bound by a relation under `authority`; `stranger` is bound to nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lianti.lib.roles import MEMBER_ROLES, Role
from tests.permissions import bodies
from tests.permissions.world import World

ALL = MEMBER_ROLES
NONE: frozenset[Role] = frozenset()
OFFICE = frozenset({Role.OFFICE})
DESK = frozenset({Role.OFFICE, Role.COORDINATOR})
OPERATOR = frozenset({Role.ADMINISTRATOR})
KEEPERS = DESK | OPERATOR
SENT = frozenset({303})
Roles = frozenset[Role]


@dataclass(frozen=True)
class Row:
    """What one address does, for whom."""

    lets_in: Mapping[str, Roles]
    given: Mapping[str, str] = field(default_factory=dict)  # argument -> name of a thing, or a text after "="
    hidden: Mapping[str, Roles] = field(default_factory=dict)
    open: bool = False
    nobody: int = 200
    body: Callable[[World], dict[str, Any]] | None = None
    done: frozenset[int] = frozenset({200, 302, 303})
    otherwise: Mapping[str, int] = field(default_factory=dict)  # what others in a house get, when not 403
    query: str = ""  # after the address; {name} is a thing


HOUSES = ("supporting", "county", "authority", "stranger")


def _houses(supporting: Roles, county: Roles, authority: Roles, stranger: Roles) -> dict[str, Roles]:
    return {"supporting": supporting, "county": county, "authority": authority, "stranger": stranger}


EVERYBODY = _houses(ALL, ALL, ALL, ALL)
NOBODY = _houses(NONE, NONE, NONE, NONE)
COUNTY_STRANGERS = _houses(ALL - OPERATOR, NONE, ALL - OPERATOR, ALL - OPERATOR)
OPEN_PAGE = Row(EVERYBODY, open=True)


def page(given: Mapping[str, str] | None = None, **more: Any) -> Row:
    """Return the row of a page that everybody who is signed in may see."""
    return Row(EVERYBODY, given or {}, **more)


SEAT = {"public_id": "county_expert_seat"}
# A member's page: their own desk, the operator, and (for themselves) the member.
MEMBER_SEEN = _houses(OPERATOR, KEEPERS | {Role.EXPERT}, OPERATOR, OPERATOR)
MEMBER_HIDDEN = _houses(ALL - OPERATOR, ALL - KEEPERS - {Role.EXPERT}, ALL - OPERATOR, ALL - OPERATOR)
INVITED_HIDDEN = _houses(ALL - OPERATOR, ALL - KEEPERS, ALL - OPERATOR, ALL - OPERATOR)
AUDITOR_HIDDEN = _houses(ALL - OPERATOR, ALL - KEEPERS - {Role.AUDITOR}, ALL - OPERATOR, ALL - OPERATOR)

ACCOUNTS = {
    "GET accounts:sign_in": Row(EVERYBODY, open=True),
    "POST accounts:sign_in": Row(EVERYBODY, open=True, nobody=422, done=frozenset({422})),
    "GET accounts:first_password": Row(EVERYBODY, open=True, nobody=302),
    "POST accounts:first_password": Row(EVERYBODY, open=True, nobody=302),
    "POST accounts:sign_out": Row(EVERYBODY, open=True, nobody=303),
    "GET accounts:acting": Row(EVERYBODY, open=True, nobody=302),
    "POST accounts:acting": Row(EVERYBODY, open=True, nobody=302, done=frozenset({422})),
    # Nobody of the cast is invited: another's invitation is not there.
    "POST accounts:accept": Row(NOBODY, {"public_id": "county_invited_seat"}, EVERYBODY, open=True, nobody=302),
    "POST accounts:decline": Row(NOBODY, {"public_id": "county_invited_seat"}, EVERYBODY, open=True, nobody=302),
    "POST accounts:language": Row(EVERYBODY, open=True, nobody=303),
    "GET accounts:password": page(),
    "POST accounts:password": page(body=bodies.password),
    "GET accounts:phone": page(),
    "POST accounts:phone": page(body=bodies.own_phone),
    "GET accounts:members": page(),
    "GET accounts:invite": Row(_houses(KEEPERS, KEEPERS, OPERATOR, KEEPERS)),
    "POST accounts:invite": Row(_houses(KEEPERS, KEEPERS, OPERATOR, KEEPERS), body=bodies.invitation),
    "GET accounts:member": Row(MEMBER_SEEN, SEAT, MEMBER_HIDDEN),
    "POST accounts:reset_password": Row(_houses(OPERATOR, KEEPERS, OPERATOR, OPERATOR), SEAT, MEMBER_HIDDEN),
    "POST accounts:renew_code": Row(
        _houses(OPERATOR, KEEPERS, OPERATOR, OPERATOR), {"public_id": "county_invited_seat"}, INVITED_HIDDEN
    ),
    "POST accounts:ask_reset": Row(
        _houses(OPERATOR, OPERATOR, OPERATOR, OPERATOR), {"public_id": "county_auditor_seat"}, AUDITOR_HIDDEN
    ),
    "POST accounts:change_phone": Row(
        _houses(OPERATOR, KEEPERS, OPERATOR, OPERATOR), SEAT, MEMBER_HIDDEN, body=bodies.phone
    ),
    "POST accounts:unlock": Row(_houses(OPERATOR, OPERATOR, OPERATOR, OPERATOR), SEAT, MEMBER_HIDDEN),
    "POST accounts:end_membership": Row(
        _houses(OPERATOR, KEEPERS, OPERATOR, OPERATOR), SEAT, MEMBER_HIDDEN, body=bodies.ending
    ),
}

# What the county's office asked the worker for is there for nobody else.
COUNTY_OFFICE = _houses(NONE, OFFICE, NONE, NONE)
NOT_COUNTY_OFFICE = _houses(ALL, ALL - OFFICE, ALL, ALL)

PORTAL = {
    "GET portal:home": page(),
    "GET portal:inbox": page(),
    "GET portal:badge": Row(EVERYBODY, open=True, nobody=286),
    "POST portal:see": page(),
    "GET portal:jobs": page(),
    "POST portal:stop_job": Row(COUNTY_OFFICE, {"pk": "job"}, NOT_COUNTY_OFFICE),
    "GET portal:job_file": Row(COUNTY_OFFICE, {"pk": "made_job"}, NOT_COUNTY_OFFICE),
    "GET portal:network": page(),
    "GET portal:search": page(),
    "POST portal:search": page(),
    "GET portal:healthz": OPEN_PAGE,
    "GET portal:worker": OPEN_PAGE,  # the same script for everybody
    "GET portal:seat": Row(EVERYBODY, open=True, nobody=401),
}

INSTITUTION = {"public_id": "county"}
DOUBT = {"public_id": "doubt"}
PERSON = {"public_id": "county_expert"}
RELATION = {"public_id": "relation"}
RULE_SET = {"public_id": "rule_set"}
ABOUT_TRIAL = "?use=trial"
OUTSIDE = {"authority": ALL, "stranger": ALL}  # who may not know what two hospitals tell each other
SPEAKERS = DESK | {Role.LEADER}
BINDERS = SPEAKERS | {Role.HEALTH_AUTHORITY}
REGISTRARS = OFFICE | OPERATOR


def between(given: Mapping[str, str], supporting: Roles = ALL, county: Roles = ALL, **more: Any) -> Row:
    """Return the row of a record of the two hospitals, which nobody else may know of."""
    return Row(_houses(supporting, county, NONE, NONE), given, OUTSIDE, **more)


def of_relation(given: Mapping[str, str], lets_in: Roles = ALL, authority: Roles = ALL, **more: Any) -> Row:
    """Return the row of a record of the relation, which its authority knows of and strangers do not."""
    return Row(_houses(lets_in, lets_in, authority, NONE), given, {"stranger": ALL}, **more)


def of_list(name: str, bulk: Row | None = None) -> dict[str, Row]:
    """Return the rows of a list: everybody sees what is theirs and takes it along; `bulk` does one move to many."""
    rows = {f"GET {name}": page(), f"POST {name}-export": page(body=bodies.export)}
    return {**rows, f"POST {name}-bulk": bulk} if bulk else rows


def of_record(name: str, thing: Mapping[str, str], move: str, moved: Row) -> dict[str, Row]:
    """Return the rows of a record of the two hospitals and of one of its moves."""
    return {f"GET {name}": between(thing), f"POST {move}": moved}


def refused_elsewhere(supporting: Roles, county: Roles, **more: Any) -> Row:
    """Return the row of a move to many: whoever may not do it to any of them is told of a conflict."""
    return Row(_houses(supporting, county, NONE, NONE), otherwise=dict.fromkeys(HOUSES, 409), **more)


NETWORK = {
    "GET network:institutions": page(),
    "GET network:institution": page(INSTITUTION),
    "GET network:new_institution": page(),
    "POST network:new_institution": Row(
        _houses(REGISTRARS, REGISTRARS, OPERATOR, REGISTRARS), body=bodies.institution, done=SENT
    ),
    "GET network:new_person": page(INSTITUTION),
    "POST network:new_person": Row(
        _houses(OPERATOR, KEEPERS, OPERATOR, OPERATOR), INSTITUTION, body=bodies.person, done=SENT
    ),
    "GET network:people_table": page(INSTITUTION),
    "POST network:people_table": Row(
        _houses(OPERATOR, KEEPERS, OPERATOR, OPERATOR), INSTITUTION, body=bodies.people_table, done=SENT
    ),
    "POST network:move_institution": Row(
        _houses(OPERATOR, REGISTRARS, OPERATOR, OPERATOR),
        {**INSTITUTION, "name": "=edit_institution"},
        body=bodies.institution_words,
        done=SENT,
    ),
    "GET network:person": page(PERSON),
    "POST network:move_person": Row(
        _houses(OPERATOR, KEEPERS, OPERATOR, OPERATOR),
        {**PERSON, "name": "=hide_person"},
        body=bodies.reason,
        done=SENT,
    ),
    "GET network:doubt": Row(
        _houses(ALL, ALL, OPERATOR, OPERATOR), DOUBT, _houses(NONE, NONE, ALL - OPERATOR, ALL - OPERATOR)
    ),
    "POST network:move_doubt": Row(
        _houses(KEEPERS, NONE, OPERATOR, OPERATOR),
        {**DOUBT, "name": "=settle_another"},
        _houses(NONE, NONE, ALL - OPERATOR, ALL - OPERATOR),
        body=bodies.reason,
        done=SENT,
    ),
    "POST network:confirm_figure": Row(
        _houses(NONE, SPEAKERS, NONE, NONE), {"public_id": "said_figure"}, OUTSIDE, done=SENT
    ),
    "GET network:relations": page(),
    "GET network:relation": of_relation(RELATION),
    "GET network:new_relation": page(),
    "POST network:new_relation": Row(
        _houses(SPEAKERS | OPERATOR, SPEAKERS | OPERATOR, BINDERS | OPERATOR, OPERATOR), body=bodies.relation, done=SENT
    ),
    "POST network:move_relation": of_relation(
        {"public_id": "requested_relation", "name": "=negotiate"}, SPEAKERS, BINDERS, body=bodies.reason, done=SENT
    ),
    **of_list("network:rule_sets"),
    "GET network:rule_set": of_relation(RULE_SET),
    # The lead's desk keeps the rules of its relation; what holds for the country, administrators say.
    "POST network:move_rule_set": Row(
        _houses(DESK, NONE, NONE, NONE),
        {**RULE_SET, "name": "=change_rule_set"},
        {"stranger": ALL},
        body=bodies.new_rules,
        done=SENT,
    ),
    "GET network:new_rule_set": page(query=ABOUT_TRIAL),
    "POST network:new_rule_set": Row(
        _houses(OPERATOR, OPERATOR, OPERATOR, OPERATOR), body=bodies.country_rules, query=ABOUT_TRIAL, done=SENT
    ),
    "GET network:shipped_rules": page({"use": "=trial", "code": "=board"}),
}

DRAFT = {"public_id": "draft"}
IN_RELATION = "?relation={relation}"
NOT_ASKED = {"authority": 200, "stranger": 200}  # they have no relation to choose, and are told so
COMMITMENT = {"public_id": "commitment"}
GOAL = {"public_id": "goal"}
AGREEMENTS = {
    **of_list(
        "agreements:list", bulk=refused_elsewhere(SPEAKERS, SPEAKERS, body=bodies.bulk("agree", "draft", version=2))
    ),
    **of_record(
        "agreements:agreement",
        DRAFT,
        "agreements:move",
        between({**DRAFT, "name": "=agree"}, SPEAKERS, SPEAKERS, body=bodies.reason, done=SENT),
    ),
    **of_list("agreements:promises"),
    **of_record(
        "agreements:commitment",
        COMMITMENT,
        "agreements:move_promise",
        between({**COMMITMENT, "name": "=close"}, SPEAKERS, SPEAKERS, body=bodies.reason, done=SENT),
    ),
    **of_list("agreements:goals"),
    "GET agreements:goal": of_relation(GOAL),
    "POST agreements:move_goal": of_relation({**GOAL, "name": "=reach"}, SPEAKERS, NONE, body=bodies.reason, done=SENT),
    "GET agreements:file": between({**DRAFT, "file_id": "agreement_file"}),
    "GET agreements:new": page(query=IN_RELATION),
    "POST agreements:new": Row(
        _houses(SPEAKERS, SPEAKERS, NONE, NONE), body=bodies.draft, query=IN_RELATION, done=SENT, otherwise=NOT_ASKED
    ),
    "GET agreements:new_signed": page(query=IN_RELATION),
    "POST agreements:new_signed": Row(
        _houses(OFFICE, OFFICE, NONE, NONE), body=bodies.signed, query=IN_RELATION, done=SENT, otherwise=NOT_ASKED
    ),
    "POST agreements:promise": between(DRAFT, SPEAKERS, SPEAKERS, body=bodies.promise, done=SENT),
    "GET agreements:new_goal": page(query=IN_RELATION),
    "POST agreements:new_goal": Row(
        _houses(SPEAKERS, SPEAKERS, NONE, NONE), body=bodies.goal, query=IN_RELATION, done=SENT, otherwise=NOT_ASKED
    ),
}

NEED = {"public_id": "need"}
NEEDS = {
    **of_list("needs:list", bulk=refused_elsewhere(OFFICE | {Role.LEADER}, NONE, body=bodies.bulk("accept", "need"))),
    "GET needs:new": page(),
    # The supporting hospital's office may enter a need on behalf; who is bound to nobody has nobody to ask.
    "POST needs:new": Row(
        _houses(OFFICE, SPEAKERS, NONE, NONE),
        body=bodies.need,
        done=SENT,
        otherwise={"supporting": 422, "authority": 422, "stranger": 422},
    ),
    **of_record(
        "needs:need",
        NEED,
        "needs:move",
        between({**NEED, "name": "=accept"}, OFFICE | {Role.LEADER}, NONE, body=bodies.acceptance, done=SENT),
    ),
}

ACTIVITY = {"public_id": "activity"}  # recorded by an expert who acts for the county hospital
SCRIBES = DESK | {Role.CLINICIAN, Role.EXPERT, Role.DEPARTMENT_HEAD, Role.LEADER}
ACTIVITIES = {
    **of_list("activities:list", bulk=refused_elsewhere(NONE, DESK, body=bodies.bulk("withdraw", "activity", 2))),
    "GET activities:new": page(),
    "POST activities:new": Row(
        _houses(SCRIBES, SCRIBES, NONE, NONE),
        body=bodies.activity,
        done=SENT,
        otherwise={"stranger": 422},  # the two hospitals are not among those they can choose from
    ),
    "GET activities:month": Row(_houses(SCRIBES, SCRIBES, SCRIBES, SCRIBES)),
    "GET activities:week": page(),
    "POST activities:week": page(done=frozenset({422})),  # nobody here has a last week to repeat
    **of_record(
        "activities:activity",
        ACTIVITY,
        "activities:move",
        between({**ACTIVITY, "name": "=withdraw"}, NONE, DESK, body=bodies.reason, done=SENT),
    ),
    "GET activities:file": between({**ACTIVITY, "file_id": "activity_file"}),
    "GET activities:edit": between(ACTIVITY, NONE, DESK, otherwise={"supporting": 409, "county": 409}),
    "POST activities:edit": between(
        ACTIVITY, NONE, DESK, body=bodies.activity, done=SENT, otherwise={"supporting": 409, "county": 409}
    ),
}

ENTRY = {"public_id": "entry"}
SHEET = {"public_id": "sheet"}
PRINT = {"public_id": "print_id"}
VERIFIERS = DESK | {Role.DEPARTMENT_HEAD, Role.LEADER}
NO_NAMES = {"supporting": 422, "county": 422}  # only desks are offered the people with a phone
LEDGER = {
    "GET ledger:home": page(),
    **of_list("ledger:list", bulk=refused_elsewhere(NONE, VERIFIERS, body=bodies.bulk("verify", "entry"))),
    **of_record(
        "ledger:entry", ENTRY, "ledger:move", between({**ENTRY, "name": "=verify"}, NONE, VERIFIERS, done=SENT)
    ),
    **of_list("ledger:accounts"),
    **of_list("ledger:sheets"),
    **of_list("ledger:publications"),
    "GET ledger:person": page({"public_id": "giving_person"}),
    "GET ledger:account": between({"public_id": "account"}),
    "GET ledger:sheet": between(SHEET),
    "GET ledger:together": page(),
    "POST ledger:together": refused_elsewhere(NONE, VERIFIERS, body=bodies.together),
    "POST ledger:verify_sheet": between(SHEET, NONE, VERIFIERS, done=SENT),
    "POST ledger:print_sheet": between(SHEET, SCRIBES, SCRIBES, done=SENT),
    "POST ledger:make_link": between(SHEET, DESK, DESK, body=bodies.link, otherwise=NO_NAMES),
    "POST ledger:withdraw_link": between({**SHEET, "link_id": "link_id"}, DESK, DESK, done=SENT),
    "GET ledger:print": between(PRINT),
    "GET ledger:scan": between(PRINT),
    "POST ledger:scan": between(PRINT, DESK, DESK, body=bodies.scan, done=SENT),
    "GET ledger:scan_file": between({"public_id": "scanned"}),
    "GET ledger:by_number": between({"number": "print_number"}),
    "GET ledger:publish": of_relation(RELATION),
    "POST ledger:publish": of_relation(RELATION, SPEAKERS, NONE, body=bodies.month, done=SENT),
    "GET ledger:publication": Row(
        _houses(NONE, ALL, ALL, NONE), {"public_id": "publication"}, {"supporting": ALL, "stranger": ALL}
    ),
    "GET ledger:link": Row(EVERYBODY, {"token": "token"}, open=True),
    "POST ledger:link": Row(EVERYBODY, {"token": "token"}, open=True, nobody=422, done=frozenset({422})),
}

TAKERS = DESK | {Role.HEALTH_AUTHORITY}
DOCUMENT = {"public_id": "document"}  # taken in by the county hospital's office
PROPOSED = {**DOCUMENT, "proposal_id": "proposal"}
READERS = TAKERS | {Role.LEADER, Role.AUDITOR}
# What an institution took in, others may not know of; nor may its own people who neither work with it nor watch.
UNREAD = {"supporting": ALL, "authority": ALL, "stranger": ALL, "county": ALL - READERS}


def of_document(given: Mapping[str, str], lets_in: Roles, **more: Any) -> Row:
    """Return the row of a document of the county hospital."""
    return Row(_houses(NONE, lets_in, NONE, NONE), given, UNREAD, **more)


INTAKE = {
    "GET intake:list": page(),
    "GET intake:new": page(),
    "POST intake:new": Row(
        _houses(DESK, DESK, frozenset({Role.HEALTH_AUTHORITY}), DESK), body=bodies.document, done=SENT
    ),
    "GET intake:batch": of_document({"batch": "batch"}, READERS),
    "GET intake:batch_progress": of_document({"batch": "batch"}, READERS, done=frozenset({286})),
    "GET intake:document": of_document(DOCUMENT, READERS),
    "GET intake:progress": of_document(DOCUMENT, READERS, done=frozenset({286})),
    "GET intake:file": of_document(DOCUMENT, READERS),
    "POST intake:accept": of_document(DOCUMENT, DESK, body=bodies.ticked, done=SENT),
    "POST intake:move": of_document({**DOCUMENT, "name": "=close"}, DESK, done=SENT),
    "GET intake:correct": of_document(PROPOSED, READERS),
    "POST intake:correct": of_document(PROPOSED, DESK, body=bodies.correction, done=SENT),
    "POST intake:decide": of_document({**PROPOSED, "name": "=reject"}, DESK, done=SENT),
}

CODE = {"public_id": "code"}  # made by the coordinator of the county hospital
VIEW = {"public_id": "view"}  # kept by the coordinator of the county hospital
FORMS = {
    "POST records:sought": page(body=bodies.sought, done=SENT),
    "POST records:views": page(body=bodies.view, done=SENT),
    "GET records:view": Row(
        _houses(NONE, frozenset({Role.COORDINATOR}), NONE, NONE), VIEW, dict.fromkeys(EVERYBODY, ALL), done=SENT
    ),
    "POST records:forget": Row(
        _houses(NONE, frozenset({Role.COORDINATOR}), NONE, NONE), VIEW, dict.fromkeys(EVERYBODY, ALL), done=SENT
    ),
    "POST records:codes": page(body=bodies.new_code, done=SENT),
    "GET records:code": Row(
        _houses(NONE, frozenset({Role.COORDINATOR}), NONE, NONE), CODE, dict.fromkeys(EVERYBODY, ALL)
    ),
    "GET records:upload": Row(EVERYBODY, {"token": "code_word"}, open=True),
    "POST records:upload": Row(
        EVERYBODY, {"token": "code_word"}, open=True, nobody=422, done=frozenset({422})
    ),  # no file came with it
}

CANDIDATE = {"public_id": "candidate"}
PEOPLE_READERS = DESK | {Role.LEADER, Role.DEPARTMENT_HEAD}
NOMINATORS = DESK | {Role.LEADER, Role.DEPARTMENT_HEAD}
PAST = {"public_id": "past"}
NOBODY_OF_THAT_NAME = {"county": 422, "authority": 422, "stranger": 422}
CLINIC = {"public_id": "clinic"}
POSTING, BATCH, MONTH = {"public_id": "posting"}, {"public_id": "sent_batch"}, {"public_id": "month"}
HANDOVER, WORKSTATION = {"public_id": "handover"}, {"public_id": "workstation"}
SIGNERS = DESK | {Role.LEADER}
RATE, SHEET = {"public_id": "rate"}, {"public_id": "allowance"}
OWN_PAY = _houses(ALL - SIGNERS, ALL, ALL, ALL)
UNPAID = _houses(ALL - SIGNERS, ALL, ALL, ALL)
CHECK, VISIT = {"public_id": "check"}, {"public_id": "care_visit"}
HOSTS = DESK | {Role.LEADER, Role.DEPARTMENT_HEAD}
CERTIFICATE, APPRAISAL = {"public_id": "certificate"}, {"public_id": "appraisal"}
PROOF = {
    **of_list(
        "dispatch:certificates",
        bulk=refused_elsewhere(DESK | {Role.LEADER}, NONE, body=bodies.bulk("approve", "endorsed_certificate", 5)),
    ),
    "GET dispatch:notice_certificates": page(),
    # Of a house that sends nobody there is nothing to choose from.
    "POST dispatch:notice_certificates": Row(
        _houses(DESK, NONE, NONE, NONE), body=bodies.notice, done=SENT, otherwise=NOBODY_OF_THAT_NAME
    ),
    "GET dispatch:new_certificate": page(),
    "POST dispatch:new_certificate": Row(
        _houses(DESK, NONE, NONE, NONE),
        body=bodies.certificate,
        done=SENT,
        otherwise={"supporting": 422, **NOBODY_OF_THAT_NAME},
    ),
    "GET dispatch:zip_certificates": page(),
    # Of a house that sends nobody there is nothing to choose from.
    "POST dispatch:zip_certificates": Row(
        _houses(ALL, NONE, NONE, NONE), body=bodies.chosen_certificate, done=SENT, otherwise=NOBODY_OF_THAT_NAME
    ),
    **of_record(
        "dispatch:certificate",
        CERTIFICATE,
        "dispatch:move_certificate",
        between({**CERTIFICATE, "name": "=seal"}, NONE, SPEAKERS, body=bodies.reason, done=SENT),
    ),
    "GET dispatch:certificate_print": between(CERTIFICATE),
    "GET dispatch:certificate_document": between(CERTIFICATE),
    # The bureau knows of it from the recipients' seals on.
    "GET dispatch:seal_scan": of_relation({"public_id": "sealed_certificate", "seal": "paper_seal"}),
    **of_list("dispatch:appraisals"),
    **of_record(
        "dispatch:appraisal",
        APPRAISAL,
        "dispatch:move_appraisal",
        between(
            {**APPRAISAL, "name": "=review"},
            NONE,
            DESK | {Role.LEADER, Role.DEPARTMENT_HEAD},
            body=bodies.marks_of_department,
            done=SENT,
        ),
    ),
    "GET dispatch:appraisal_print": between(APPRAISAL),
    "GET dispatch:appraisal_document": between(APPRAISAL),
    "GET dispatch:appraisal_scan": between({"public_id": "stamped_appraisal"}),
    "POST dispatch:begin_appraisal": between(POSTING, SPEAKERS, SPEAKERS, done=SENT),
}
LEAVE = {"public_id": "leave"}
DISPATCH = {
    **PROOF,
    "GET dispatch:feeds": page(),
    "POST dispatch:feeds": Row(
        _houses(HOSTS, HOSTS, HOSTS & ALL, HOSTS), body=lambda _w: {"of": "place"}, done=frozenset({200})
    ),
    "POST dispatch:revoke_feed": Row(
        _houses(NONE, frozenset({Role.COORDINATOR}), NONE, NONE),
        {"public_id": "feed_id"},
        _houses(ALL, ALL - {Role.COORDINATOR}, ALL, ALL),
        done=SENT,
    ),
    "GET dispatch:feed": Row(EVERYBODY, {"token": "feed_token"}, open=True),  # who has the secret is let in
    **of_list("dispatch:list"),
    **of_list("dispatch:batches"),
    **of_list("dispatch:rota"),
    # Of a house that judges for nobody it is an empty page.
    "GET dispatch:county": Row(_houses(*[DESK | {Role.HEALTH_AUTHORITY, Role.LEADER}] * 4)),
    "GET dispatch:new": page(),
    # Either side of a relation may send people to the other; who is bound to nobody has no relation to choose.
    "POST dispatch:new": Row(
        _houses(DESK, DESK, NONE, NONE), body=bodies.batch, done=SENT, otherwise={"authority": 422, "stranger": 422}
    ),
    **of_record(
        "dispatch:posting",
        POSTING,
        "dispatch:move",
        between({**POSTING, "name": "=finish"}, HOSTS, HOSTS, body=bodies.last_day, done=SENT),
    ),
    "GET dispatch:change": between(POSTING),
    "GET dispatch:applicants": page(),
    # A name of nobody is said at its line: who is not of the desk is refused before.
    "POST dispatch:applicants": Row(_houses(DESK, DESK, NONE, DESK), body=bodies.applicants),
    "POST dispatch:nominate": between(
        {"public_id": "need"}, NOMINATORS, NONE, body=bodies.nomination, done=SENT, otherwise={"county": 404}
    ),
    **of_list("dispatch:candidates"),
    "GET dispatch:quotas": page(),
    "GET dispatch:candidate": Row(
        _houses(PEOPLE_READERS, NONE, NONE, NONE),
        CANDIDATE,
        {**OUTSIDE, "supporting": ALL - PEOPLE_READERS, "county": ALL},
    ),
    "POST dispatch:move_candidate": Row(
        _houses(DESK, NONE, NONE, NONE),
        {**CANDIDATE, "name": "=exempt"},
        {**OUTSIDE, "supporting": ALL - PEOPLE_READERS, "county": ALL},
        body=bodies.exemption,
        done=SENT,
    ),
    **of_list("dispatch:pasts"),
    "GET dispatch:new_past": page(),
    "POST dispatch:new_past": Row(
        _houses(DESK, NONE, NONE, NONE), body=bodies.earlier_service, done=SENT, otherwise=NOBODY_OF_THAT_NAME
    ),
    "GET dispatch:past_lines": page(),
    "POST dispatch:past_lines": Row(
        _houses(DESK, NONE, NONE, NONE), body=bodies.earlier_lines, done=SENT, otherwise=NOBODY_OF_THAT_NAME
    ),
    **of_record(
        "dispatch:past",
        PAST,
        "dispatch:move_past",
        between({**PAST, "name": "=dispute"}, NONE, DESK | {Role.LEADER}, body=bodies.reason, done=SENT),
    ),
    "GET dispatch:past_file": between({**PAST, "file_id": "past_file"}),
    "GET dispatch:letter": between(BATCH),
    "GET dispatch:people_table": between(BATCH),
    # This one is sent: its namers are told so, when every line fits; what they try is looked at.
    "POST dispatch:people_table": between(
        BATCH, DESK | {Role.LEADER, Role.DEPARTMENT_HEAD}, NONE, done=frozenset({200})
    ),
    "GET dispatch:batch_paper": between({**BATCH, "paper": "=dispatch-letter"}),
    "GET dispatch:batch_document": between({**BATCH, "paper": "=dispatch-letter", "number": "=0"}),
    # Who leaves and who comes sign; what the matrix tries is noted for them by the receiving house.
    **of_list("dispatch:handovers"),
    "GET dispatch:new_handover": page(),
    "POST dispatch:new_handover": Row(
        _houses(HOSTS, HOSTS, NONE, NONE), body=bodies.handover, done=SENT, otherwise=dict.fromkeys(HOUSES, 422)
    ),
    **of_record(
        "dispatch:handover",
        HANDOVER,
        "dispatch:move_handover",
        between({**HANDOVER, "name": "=edit_handover"}, HOSTS, HOSTS, body=bodies.handover, done=SENT),
    ),
    "GET dispatch:handover_paper": between(HANDOVER),
    "GET dispatch:handover_file": between({"public_id": "signed_handover", "file_id": "handover_file"}),
    # What an institution pays is for its own desk and leaders.
    **of_list("dispatch:rates"),
    "GET dispatch:new_rate": page(),
    "POST dispatch:new_rate": Row(_houses(DESK, DESK, DESK, DESK), body=bodies.rate, done=SENT),
    "GET dispatch:rate": Row(_houses(SIGNERS, NONE, NONE, NONE), RATE, OWN_PAY),
    "POST dispatch:move_rate": Row(
        _houses(DESK, NONE, NONE, NONE), {**RATE, "name": "=end_rate"}, UNPAID, body=bodies.rate_end, done=SENT
    ),
    **of_list("dispatch:allowances"),
    "GET dispatch:new_allowance": page(),
    # The supporting hospital has a sheet that is not issued yet: whoever may count is told of it.
    "POST dispatch:new_allowance": Row(
        _houses(DESK, DESK, DESK, DESK), body=bodies.allowance_month, done=frozenset({303, 409})
    ),
    "GET dispatch:allowance": Row(_houses(SIGNERS, NONE, NONE, NONE), SHEET, OWN_PAY),
    "POST dispatch:move_allowance": Row(
        _houses(DESK, NONE, NONE, NONE), {**SHEET, "name": "=drop_sheet"}, UNPAID, body=bodies.reason, done=SENT
    ),
    "POST dispatch:allowance_finance": Row(_houses(SIGNERS, NONE, NONE, NONE), SHEET, OWN_PAY),
    "GET dispatch:allowance_paper": Row(_houses(SIGNERS, NONE, NONE, NONE), SHEET, OWN_PAY),
    **of_list("dispatch:workstations"),
    "GET dispatch:new_workstation": page(),
    "POST dispatch:new_workstation": Row(
        _houses(SIGNERS, SIGNERS, NONE, NONE), body=bodies.station, done=SENT, otherwise=dict.fromkeys(HOUSES, 422)
    ),
    **of_record(
        "dispatch:workstation",
        WORKSTATION,
        "dispatch:move_workstation",
        between({**WORKSTATION, "name": "=approve_station"}, SIGNERS, SIGNERS, body=bodies.approval, done=SENT),
    ),
    # Lists and visits are kept by either side; whoever may not has nobody to choose.
    **of_list("dispatch:checks"),
    "GET dispatch:new_check": page(),
    "POST dispatch:new_check": Row(
        _houses(HOSTS, HOSTS, NONE, NONE), body=bodies.check, done=SENT, otherwise=dict.fromkeys(HOUSES, 422)
    ),
    **of_record(
        "dispatch:check",
        CHECK,
        "dispatch:move_check",
        between({**CHECK, "name": "=add_item"}, HOSTS, HOSTS, body=bodies.item, done=SENT),
    ),
    "GET dispatch:house_list": page(),
    "POST dispatch:house_list": Row(_houses(DESK, DESK, DESK, DESK), body=bodies.house, done=SENT),
    **of_list("dispatch:visits"),
    "GET dispatch:new_visit": page(),
    "POST dispatch:new_visit": Row(
        _houses(HOSTS, HOSTS, NONE, NONE), body=bodies.visit, done=SENT, otherwise=dict.fromkeys(HOUSES, 422)
    ),
    **of_record(
        "dispatch:visit",
        VISIT,
        "dispatch:move_visit",
        between({**VISIT, "name": "=settle"}, HOSTS, HOSTS, body=bodies.reason, done=SENT),
    ),
    # The week list is kept where the experts sit; whoever opens a clinic for nobody has nobody to choose.
    **of_list("dispatch:clinics"),
    "GET dispatch:new_clinic": page(),
    "POST dispatch:new_clinic": Row(
        _houses(NONE, HOSTS, NONE, NONE), body=bodies.clinic, done=SENT, otherwise=dict.fromkeys(HOUSES, 422)
    ),
    "GET dispatch:week": page(),
    "GET dispatch:poster": page(),
    **of_record(
        "dispatch:clinic",
        CLINIC,
        "dispatch:move_clinic",
        between({**CLINIC, "name": "=end_clinic"}, NONE, HOSTS, body=bodies.clinic_end, done=SENT),
    ),
    "GET dispatch:reports": page(),
    "GET dispatch:report_print": page({"paper": "=attendance"}),
    "GET dispatch:report_file": page({"paper": "=attendance"}),
    **of_list("dispatch:presences"),
    "GET dispatch:new_presence": page(),
    # An authority checks whom it knows in its county; others find nobody to choose.
    "POST dispatch:new_presence": Row(
        _houses(DESK, NONE, frozenset({Role.HEALTH_AUTHORITY}), NONE),
        body=bodies.presence,
        done=SENT,
        otherwise=dict.fromkeys(HOUSES, 422),
    ),
    **of_record(
        "dispatch:presence",
        {"public_id": "presence"},
        "dispatch:move_presence",
        between({"public_id": "presence", "name": "=withdraw_presence"}, DESK, NONE, body=bodies.why, done=SENT),
    ),
    **of_list("dispatch:leaves"),
    "GET dispatch:new_leave": page(),
    # Who is posted asks for themselves: of the cast nobody is.
    "POST dispatch:new_leave": Row(
        _houses(HOSTS, HOSTS, NONE, NONE), body=bodies.leave, done=SENT, otherwise=dict.fromkeys(HOUSES, 422)
    ),
    **of_record(
        "dispatch:leave", LEAVE, "dispatch:move_leave", between({**LEAVE, "name": "=approve"}, NONE, HOSTS, done=SENT)
    ),
    **of_list("dispatch:attendance"),
    "GET dispatch:new_month": page(),
    "POST dispatch:new_month": Row(
        _houses(HOSTS, HOSTS, NONE, NONE),
        body=bodies.month_to_begin,
        done=SENT,
        otherwise={"authority": 422, "stranger": 422},
    ),
    **of_record(
        "dispatch:month",
        MONTH,
        "dispatch:move_month",
        between({**MONTH, "name": "=mark"}, NONE, HOSTS, body=bodies.marks, done=SENT),
    ),
    "GET dispatch:person_month": between({**MONTH, "posting_id": "posting"}),
    "POST dispatch:person_month": between(
        {**MONTH, "posting_id": "posting"}, NONE, HOSTS, body=bodies.night, done=SENT
    ),
    "GET dispatch:month_print": between(MONTH),
    "GET dispatch:month_import": between(MONTH),
    # Nothing is booked before a table is looked at.
    "POST dispatch:month_import": between(MONTH, NONE, HOSTS, done=frozenset({200})),
    "GET dispatch:month_file": between(MONTH),
    "GET dispatch:month_scan": between({"public_id": "stamped_month"}),
    **of_record(
        "dispatch:batch",
        BATCH,
        "dispatch:move_batch",
        between({**BATCH, "name": "=receive"}, NONE, HOSTS, body=bodies.receipt, done=SENT),
    ),
}

PAPER, TEMPLATE, TRIAL_PAPER = {"public_id": "paper"}, {"public_id": "template"}, {"paper": "=trial-paper"}
BRINGERS = KEEPERS | {Role.HEALTH_AUTHORITY}
PAPERS = {
    # Whoever holds a paper checks its code without an account: a board has none. The codes here do not exist.
    "GET papers:check": OPEN_PAGE,
    "POST papers:check": Row(EVERYBODY, open=True, nobody=422, done=frozenset({422})),
    "GET papers:checked": Row(NOBODY, {"code": "=0000-0000-0000"}, EVERYBODY, open=True, nobody=404),
    "GET papers:kinds": page(),
    "GET papers:kind": page(TRIAL_PAPER),
    "POST papers:kind": Row(
        _houses(BRINGERS, BRINGERS, BRINGERS, BRINGERS), TRIAL_PAPER, body=bodies.own_template, done=SENT
    ),
    "GET papers:ours": page(TRIAL_PAPER),
    **of_list("papers:templates"),
    "GET papers:template": Row(_houses(ALL, NONE, NONE, NONE), TEMPLATE, _houses(NONE, ALL, ALL, ALL)),
    "POST papers:move_template": Row(
        _houses(KEEPERS, NONE, NONE, NONE), {**TEMPLATE, "name": "=end"}, _houses(NONE, ALL, ALL, ALL), done=SENT
    ),
    "GET papers:template_file": Row(_houses(ALL, NONE, NONE, NONE), TEMPLATE, _houses(NONE, ALL, ALL, ALL)),
    **of_list("papers:list"),
    "GET papers:paper": between(PAPER),
    "GET papers:print": between(PAPER),
    "GET papers:document": between(PAPER),
    # The extra is not there where tests run, or it is: whoever may know of the paper is told so.
    "GET papers:pdf": between(PAPER, done=frozenset({200, 409})),
}

EXPECTED: dict[str, Row] = {
    **FORMS, **ACCOUNTS, **PORTAL, **NETWORK, **AGREEMENTS, **NEEDS, **ACTIVITIES, **LEDGER,
    **DISPATCH, **PAPERS, **INTAKE
}  # fmt: skip
