"""Invite somebody from the command line: the first administrator of an empty site, or anybody after a load."""

import argparse
import sys

from lianti.cli import start
from lianti.lib.roles import MEMBER_ROLES, Role

KINDS = ("hospital", "maternal_child_hospital", "township_health_centre", "community_health_centre", "health_authority")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Ask who, in which role, for which institution."""
    parser.add_argument("--phone", required=True, help="the phone number to sign in with")
    parser.add_argument("--name", required=True, help="the person's name")
    parser.add_argument("--role", choices=sorted(MEMBER_ROLES), default=Role.ADMINISTRATOR.value)
    parser.add_argument("--institution", required=True, help="code or full name")
    parser.add_argument(
        "--kind", choices=KINDS, default="", help="make the institution, of this kind, if it is not there"
    )


def run(options: argparse.Namespace) -> int:
    """Invite and print the one-time code; return 1 with the reason when that cannot be."""
    try:
        start.django(serving=True, role="lianti_jobs")
        start.refuse_unmigrated()
    except start.Unready as problem:
        return start.complain(problem)
    from django.utils import timezone

    from lianti.journeys import inviting
    from lianti.lib.errors import Refused

    first = inviting.FirstOne(options.phone, options.name, options.role, options.institution, options.kind)
    try:
        issued = inviting.invite(at=timezone.now(), first=first)
    except Refused as refusal:
        return start.complain(refusal)
    if issued is None:
        print(f"There is no institution “{first.institution}”. Add --kind to make it.", file=sys.stderr)
        return 1
    print(f"{issued.name} can sign in with {issued.phone}.")
    print(f"Code of this invitation, shown only now: {issued.code}")
    return 0
