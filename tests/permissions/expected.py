"""Who gets in where: one row for every address and method, written from the rules, not from the code.

A row names, for each house of the cast, the roles that get in. Everybody else in a house is refused with 403; a
house in `hidden` gets 404, as if there were nothing. Nobody is sent to sign in, unless the address is open.

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


def _houses(supporting: Roles, county: Roles, authority: Roles, stranger: Roles) -> dict[str, Roles]:
    return {"supporting": supporting, "county": county, "authority": authority, "stranger": stranger}


EVERYBODY = _houses(ALL, ALL, ALL, ALL)
COUNTY_STRANGERS = _houses(ALL - OPERATOR, NONE, ALL - OPERATOR, ALL - OPERATOR)
OPEN_PAGE = Row(EVERYBODY, open=True)


def page(given: Mapping[str, str] | None = None, **more: Any) -> Row:
    """Return the row of a page that everybody who is signed in may see."""
    return Row(EVERYBODY, given or {}, **more)


SEAT = {"public_id": "county_expert_seat"}
# A member's page: their own desk, the operator, and (for themselves) the member.
MEMBER_SEEN = _houses(OPERATOR, KEEPERS | {Role.EXPERT}, OPERATOR, OPERATOR)
MEMBER_HIDDEN = _houses(ALL - OPERATOR, ALL - KEEPERS - {Role.EXPERT}, ALL - OPERATOR, ALL - OPERATOR)

ACCOUNTS = {
    "GET accounts:sign_in": Row(EVERYBODY, open=True),
    "POST accounts:sign_in": Row(EVERYBODY, open=True, nobody=422, done=frozenset({422})),
    "GET accounts:first_password": Row(EVERYBODY, open=True, nobody=302),
    "POST accounts:first_password": Row(EVERYBODY, open=True, nobody=302),
    "POST accounts:sign_out": Row(EVERYBODY, open=True, nobody=303),
    "GET accounts:acting": Row(EVERYBODY, open=True, nobody=302),
    "POST accounts:acting": Row(EVERYBODY, open=True, nobody=302, done=frozenset({422})),
    "POST accounts:language": Row(EVERYBODY, open=True, nobody=303),
    "GET accounts:password": page(),
    "POST accounts:password": page(body=bodies.password),
    "GET accounts:members": page(),
    "GET accounts:invite": Row(_houses(KEEPERS, KEEPERS, OPERATOR, KEEPERS)),
    "POST accounts:invite": Row(_houses(KEEPERS, KEEPERS, OPERATOR, KEEPERS), body=bodies.invitation),
    "GET accounts:member": Row(MEMBER_SEEN, SEAT, MEMBER_HIDDEN),
    "POST accounts:reset_password": Row(_houses(OPERATOR, KEEPERS, OPERATOR, OPERATOR), SEAT, MEMBER_HIDDEN),
    "POST accounts:unlock": Row(_houses(OPERATOR, OPERATOR, OPERATOR, OPERATOR), SEAT, MEMBER_HIDDEN),
    "POST accounts:end_membership": Row(
        _houses(OPERATOR, KEEPERS, OPERATOR, OPERATOR), SEAT, MEMBER_HIDDEN, body=bodies.ending
    ),
}

PORTAL = {
    "GET portal:home": page(),
    "GET portal:inbox": page(),
    "GET portal:badge": Row(EVERYBODY, open=True, nobody=286),
    "POST portal:see": page(),
    "GET portal:network": page(),
    "GET portal:search": page(),
    "GET portal:healthz": OPEN_PAGE,
}

EXPECTED: dict[str, Row] = {**ACCOUNTS, **PORTAL}
