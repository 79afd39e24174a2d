"""The data folder with its keys, and the address of the pages. Nobody but their owner may look into the folder."""

import os
import secrets
import socket
from collections.abc import Iterable
from pathlib import Path

from lianti.config import env, machine

KEYS = (env.SECRET_KEY, env.JOURNAL_KEY)


class Unusable(Exception):
    """Why a folder or a port cannot be used, with the mend."""


def private() -> None:
    """Let this process and its children make files for nobody but their owner."""
    os.umask(0o077)


def make(data: Path, mend: str = "Name another by LIANTI_DATA.") -> None:
    """Make the folder, or shut it to others when it is there. Raises Unusable."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        data.chmod(0o700)
    except OSError as problem:
        raise Unusable(f"The folder {data} cannot be used: {problem.strerror}. {mend}") from None


def make_keys(data: Path, wanted: Iterable[env.Setting[str]] = KEYS) -> list[str]:
    """Make the keys that the folder lacks; return the names of their files. Raises Unusable."""
    made = []
    for key in wanted:
        path = data / key.kept
        try:
            if path.exists() and path.stat().st_size >= 32:
                continue
            path.unlink(missing_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as problem:
            raise Unusable(f"The key {path} cannot be made: {problem.strerror}.") from None
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        made.append(key.kept)
    return made


def address(host: str, port: int) -> str:
    """Return the address of the pages for a browser on this machine."""
    host = "127.0.0.1" if host in machine.EVERYWHERE else host
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def refuse_taken(host: str, port: int, again: str) -> None:
    """Raise Unusable when somebody listens there already, or nobody may; `again`: the words before another port."""
    if not 1 <= port <= 65535:
        raise Unusable(f"{port} is no port; choose one from 1024 to 65535.")
    try:
        family, kind, _protocol, _name, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as problem:
        other = port + 1 if port < 65535 else 8000
        raise Unusable(
            f"Port {port} on {host} cannot be used ({problem.strerror}). Try another: {again} {other}"
        ) from None
