"""Serve the pages. Refuses a database that is not up to date, and missing secrets."""

import argparse
import hashlib
import os
from pathlib import Path
from typing import Any

from lianti.cli import folder, start
from lianti.config import env, machine


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer address and size; the settings are used where nothing is said."""
    parser.add_argument("--host", help="address to listen on (LIANTI_WEB_HOST)")
    parser.add_argument("--port", type=int, help="port to listen on (LIANTI_WEB_PORT)")
    parser.add_argument("--prepared", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Check, collect the browser files and serve until told to stop; return 1 when it cannot start."""
    os.environ.setdefault(env.DATABASE_ROLE.name, "lianti_web")
    if options.host:  # also for the processes that answer, and for the names that the site answers to
        os.environ[env.WEB_HOST.name] = options.host
    host, port = env.WEB_HOST.value(), env.WEB_PORT.value() if options.port is None else options.port
    if not options.prepared:
        try:
            start.django(serving=True)
            folder.refuse_taken(host, port, "./lianti web --port")
            start.refuse_unmigrated()
        except (folder.Unusable, start.Unready) as problem:
            return start.complain(problem)
        collect()
        _let_go()
        greet(host, port)
    serve(host, port)
    return 0


def greet(host: str, port: int) -> None:
    """Say where the pages are, and what is unwise about it."""
    print(f"Lianti serves {folder.address(host, port)}/ - stop with Ctrl-C.", flush=True)
    if machine.is_local(host) or env.HTTPS.value():
        return
    others = [name for name in env.HOSTS.value() if not machine.is_local(name) and name != "*"]
    for name in others:
        print(f"  from elsewhere: http://{name}:{port}/")
    print("Without HTTPS others in the network can read along. See LIANTI_ORIGINS in docs/settings.md.", flush=True)


def serve(host: str, port: int) -> None:
    """Run granian in this process until it is told to stop."""
    from granian import Granian
    from granian.constants import Interfaces

    start.follow()
    Granian(
        "lianti.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=env.WEB_WORKERS.value(),
        blocking_threads=env.WEB_THREADS.value(),
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_access=False,
    ).serve()


def _let_go() -> None:
    """Close the connection of this process: the workers open their own."""
    from django.db import connection

    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]


def collect() -> bool:
    """Collect the browser files under names with hashes when any changed; tell whether it was needed."""
    from django.conf import settings

    if settings.DEBUG:
        return False
    root = Path(settings.STATIC_ROOT)
    stamp, wanted = root / ".stamp", fingerprint()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return False
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, clear=root.exists(), verbosity=0)
    stamp.write_text(wanted, encoding="utf-8")
    return True


def fingerprint() -> str:
    """Return a hash over path, size and time of every file that is to be collected."""
    from django.contrib.staticfiles.finders import get_finders

    whole = hashlib.sha256()
    for finder in get_finders():
        found: Any = finder.list(None)
        for name, storage in found:
            about = Path(storage.path(name)).stat()
            whole.update(f"{storage.path(name)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return whole.hexdigest()
