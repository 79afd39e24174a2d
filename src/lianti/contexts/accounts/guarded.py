"""Passwords and phone numbers behind their wall, and the functions of PostgreSQL that are its only gates.

The web role may neither read nor change these columns. A function shows a password to its owner and to whoever signs
in (nobody acts then), a number also to the houses of its owner and to operators; it changes them for the owner, for
the houses where they act, and for operators. Which of these may, and when, is the table of `rules.py`: a function
holds what a forgotten rule would let through.
"""

from datetime import datetime

from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Sum

from lianti.kernel import ready, scope
from lianti.kernel.models import Principal
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

_OWN = "pk = lianti_principal()"
_SIGNING_IN = "lianti_principal() IS NULL"
_OPERATOR = "lianti_operator()"
_HOUSE = (
    "EXISTS (SELECT 1 FROM accounts_membership m WHERE m.principal_id = pk AND m.institution_id = lianti_tenant(){})"
)
# Whose number is only asked to come belongs to no house yet, but for somebody who has never come in.
_OF_THEIRS = _HOUSE.format(" AND (m.state = 'active' OR p.last_login IS NULL)")
_GATE = "SECURITY DEFINER SET search_path = public, pg_temp"


def _reads(column: str, *who: str) -> str:
    may = " OR ".join(("lianti_trusted()", *who))
    return (
        f"CREATE OR REPLACE FUNCTION lianti_{column}(pk bigint) RETURNS text LANGUAGE plpgsql STABLE {_GATE} AS"
        f" $f$ BEGIN IF {may} THEN RETURN (SELECT {column} FROM kernel_principal WHERE id = pk); END IF;"
        f" RETURN NULL; END $f$"
    )


def _writes(column: str) -> str:
    may = " OR ".join(("lianti_trusted()", _OWN, _OPERATOR, _OF_THEIRS))
    return (
        f"CREATE OR REPLACE FUNCTION lianti_set_{column}(pk bigint, new text) RETURNS boolean LANGUAGE plpgsql"
        f" {_GATE} AS $f$ BEGIN UPDATE kernel_principal p SET {column} = new WHERE p.id = pk AND ({may});"
        f" RETURN FOUND; END $f$"
    )


_BY_PHONE = (
    "CREATE OR REPLACE FUNCTION lianti_by_phone(number text) RETURNS bigint LANGUAGE sql STABLE"
    f" {_GATE} AS $f$ SELECT id FROM kernel_principal WHERE phone = number $f$"
)
# Within a gate the owner of the tables is who runs; the role taken on says who called it.
_TRUSTED = (
    "CREATE OR REPLACE FUNCTION lianti_trusted() RETURNS boolean LANGUAGE sql STABLE AS"
    f" $f$ SELECT current_setting('role') = '{scope.JOBS}'"
    f" OR (current_setting('role') <> '{scope.WEB}' AND session_user = current_user) $f$"
)
# For a moment nobody acts: so the wall of failures shows them, and of them no more than this is told.
_LOCKED = """CREATE OR REPLACE FUNCTION lianti_locked(since timestamptz, most int) RETURNS SETOF text LANGUAGE plpgsql
    AS $f$ DECLARE who text := current_setting('lianti.principal', true); BEGIN
        PERFORM set_config('lianti.principal', '', true);
        RETURN QUERY SELECT username::text FROM axes_accessattempt WHERE attempt_time > since
            GROUP BY username HAVING sum(failures_since_start) >= most;
        PERFORM set_config('lianti.principal', COALESCE(who, ''), true);
    END $f$"""
GATES = (
    "lianti_password(bigint)",
    "lianti_phone(bigint)",
    "lianti_set_password(bigint, text)",
    "lianti_set_phone(bigint, text)",
    "lianti_by_phone(text)",
)
FUNCTIONS = (
    _TRUSTED,
    _reads("password", _OWN, _SIGNING_IN),
    _reads("phone", _OWN, _SIGNING_IN, _OPERATOR, _HOUSE.format("")),
    _writes("password"),
    _writes("phone"),
    _BY_PHONE,
    _LOCKED,
    *(f"REVOKE ALL ON FUNCTION {gate} FROM PUBLIC" for gate in GATES),
    *(f"GRANT EXECUTE ON FUNCTION {gate} TO {scope.WEB}, {scope.JOBS}" for gate in GATES),
)


def write(principal_id: int, **secret: str) -> None:
    """Set the password's hash or the phone of a sign-in. Raises RuntimeError when the wall does not let it through."""
    ((column, value),) = secret.items()
    if connection.vendor != "postgresql":
        Principal.objects.filter(pk=principal_id).update(**secret)
    elif not ready.fetch(f"SELECT lianti_set_{column}(%s, %s)", [principal_id, value])[0][0]:
        raise RuntimeError(f"the wall does not let this transaction change the {column} of {principal_id}")


def rehash(principal_id: int, raw: str) -> None:
    """Keep a password that has just been right by today's method, in the name of its owner."""
    with scope.acting(Actor(principal_id, 0, Role.LINK)):
        write(principal_id, password=make_password(raw))


def locked(since: datetime, most: int) -> set[str]:
    """Return what the failures of sign-ins are counted under that have failed so often since a moment."""
    if connection.vendor == "postgresql":
        return {name for (name,) in ready.fetch("SELECT lianti_locked(%s, %s)", [since, most])}
    rows = AccessAttempt.objects.filter(attempt_time__gt=since).order_by().values("username")
    full = rows.annotate(failures=Sum("failures_since_start")).filter(failures__gte=most)
    return {str(row["username"]) for row in full}
