"""Make a site of your own: data folder, keys, database, and the first administrator, who is also the office.

Asks four questions; what is said by an option is not asked. Run again, it changes nothing.
"""

import argparse
import contextlib
import json
import sqlite3
import sys
from collections.abc import Iterator

from lianti.cli import folder, start
from lianti.cli.invite import KINDS
from lianti.config import env

QUESTIONS = {
    "institution": "Name of your institution (本单位全称): ",
    "kind": f"What kind it is (单位类型), one of {', '.join(KINDS)}: ",
    "name": "Your name (您的姓名): ",
    "phone": "Your phone number, to sign in with (手机号，用于登录): ",
}


class Unanswered(Exception):
    """Which questions are still open, as options."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer the four answers, and JSON."""
    parser.add_argument("--institution", metavar="NAME", help="full name of your institution")
    parser.add_argument("--kind", choices=KINDS, help="what kind of institution it is")
    parser.add_argument("--name", metavar="PERSON", help="name of the first administrator")
    parser.add_argument("--phone", help="their phone number, to sign in with")
    parser.add_argument("--json", action="store_true", help="print url, phone and code as JSON and nothing else")


def run(options: argparse.Namespace) -> int:
    """Make what is missing and print how to go on; return 1 with the reason when that cannot be, 2 without answers."""
    from lianti.lib.errors import Refused

    told = sys.stderr if options.json else sys.stdout
    with contextlib.redirect_stdout(told):
        try:
            for line in prepare():
                print(line)
            code = first_one(options)
        except (folder.Unusable, start.Unready, Refused) as problem:
            return start.complain(problem)
        except Unanswered as missing:
            print(f"\nThe site is prepared, but nobody can sign in yet.\nRun: ./lianti init {missing}", file=sys.stderr)
            return 2
        for line in next_steps(options, code):
            print(line)
    if options.json:
        print(json.dumps({"url": url(), "phone": options.phone, "code": code}, ensure_ascii=False))
    return 0


def prepare() -> Iterator[str]:
    """Make folder, keys and tables where they are missing; yield a line for each that was. Raises Unusable, Unready."""
    env.refuse_bad()
    folder.private()
    data = env.DATA.value()
    new = not data.exists()
    folder.make(data)
    if new:
        yield f"Made the folder {data}."
    lacking = [key for key in folder.KEYS if key.text() is None]
    if env.JOURNAL_KEY in lacking and has_journal(env.DATABASE_URL.value()):
        raise start.Unready(
            f"The database has a journal, but its key is not here.\n"
            f"Put it back as {data / env.JOURNAL_KEY.kept}, or name its file by LIANTI_JOURNAL_KEY_FILE."
        )
    for name in folder.make_keys(data, lacking):
        yield f"Made the key {data / name}; keep a copy elsewhere."
    start.django(serving=True, role="owner")
    from lianti.cli import migrate

    if start.pending(new=True):
        migrate.migrate(quiet=True)
        yield "Made the tables."


def has_journal(where: env.Database) -> bool:
    """Tell whether a database holds events that an earlier key has chained; asked before Django knows any key."""
    begun = "SELECT 1 FROM kernel_journalevent LIMIT 1"
    if where.is_postgresql:
        import psycopg

        try:
            with psycopg.connect(env.DATABASE_URL.text() or "", connect_timeout=start.SECONDS_TO_CONNECT) as server:
                return server.execute(begun).fetchone() is not None
        except psycopg.Error:  # no tables yet; whether it can be reached at all is asked later
            return False
    try:
        with contextlib.closing(sqlite3.connect(f"file:{where.name}?mode=ro", uri=True)) as file:
            return file.execute(begun).fetchone() is not None
    except sqlite3.Error:
        return False


def first_one(options: argparse.Namespace) -> str | None:
    """Invite the first administrator; return the one-time code, None when there is an administrator already.

    Raises Unanswered, Invalid.
    """
    from django.utils import timezone

    from lianti.journeys import inviting
    from lianti.lib.roles import Role

    now = timezone.now()
    if inviting.settled(at=now):
        return None
    ask(options)
    first = inviting.FirstOne(options.phone, options.name, Role.ADMINISTRATOR, options.institution, options.kind)
    issued = inviting.settle(at=now, first=first)
    return issued.code if issued else None


def ask(options: argparse.Namespace) -> None:
    """Ask what no option says. Raises Unanswered when there is nobody to answer."""
    for name, question in QUESTIONS.items():
        while not (getattr(options, name) or "").strip() or (name == "kind" and options.kind not in KINDS):
            try:
                setattr(options, name, input(question).strip())
            except EOFError:
                missing = [f"--{one} …" for one in QUESTIONS if not getattr(options, one)]
                raise Unanswered(" ".join(missing)) from None


def url() -> str:
    """Return the address at which people sign in."""
    secure = [origin for origin in env.ORIGINS.value() if origin.startswith("https://") and "*" not in origin]
    return (secure[0] if secure else folder.address(env.WEB_HOST.value(), env.WEB_PORT.value())) + "/"


def next_steps(options: argparse.Namespace, code: str | None) -> list[str]:
    """Return what to tell the person: the code, and the next command."""
    if code is None:
        said = ["The site is there and has an administrator: nothing was changed.", "To let others in: ./lianti invite"]
    else:
        said = [
            f"{options.name} can sign in at {url()} with {options.phone}, as administrator and as the network office.",
            f"One-time code, shown only now: {code}",
        ]
    return [*said, "Next: ./lianti web    and, in a second window: ./lianti worker"]
