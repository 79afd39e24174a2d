"""Under which names and addresses this machine is known. Standard library only."""

import contextlib
import socket

EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - what may be asked for; nothing listens there by itself
LOCAL = ("127.0.0.1", "localhost")


def is_local(host: str) -> bool:
    """Tell whether only this machine can reach the address."""
    return host in {*LOCAL, "::1", "[::1]"}


def names() -> tuple[str, ...]:
    """Return the names and IPv4 addresses by which this machine and its neighbours know it."""
    found = {*LOCAL, socket.gethostname().lower()}
    with contextlib.suppress(OSError):
        found |= {str(about[4][0]) for about in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # an address for documents: nothing is sent, the way out is looked up
        found.add(probe.getsockname()[0])
    return tuple(sorted(found))
