"""One world in which every page exists, built once; each probe of it is undone."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

from django.db import transaction
from django.test import Client

from lianti.kernel import scope
from lianti.kernel.models import JournalEvent
from lianti.lib.roles import Role
from tests.cast import Cast, House, signed_in_client

HOSPITAL_ROLES = (
    Role.OFFICE,
    Role.COORDINATOR,
    Role.CLINICIAN,
    Role.EXPERT,
    Role.DEPARTMENT_HEAD,
    Role.LEADER,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
)
AUTHORITY_ROLES = (Role.HEALTH_AUTHORITY, Role.LEADER, Role.ADMINISTRATOR, Role.AUDITOR)
HOUSES = {
    "supporting": HOSPITAL_ROLES,
    "county": HOSPITAL_ROLES,
    "authority": AUTHORITY_ROLES,
    "stranger": HOSPITAL_ROLES,
}
FULL = os.environ.get("LIANTI_DATABASE_URL", "").startswith("postgres")
# What is walked on SQLite, where the same code has only the first wall: one of each sort.
THIN = {
    "supporting": (Role.OFFICE, Role.EXPERT),
    "county": (Role.OFFICE, Role.COORDINATOR, Role.CLINICIAN),
    "authority": (Role.HEALTH_AUTHORITY,),
    "stranger": (Role.OFFICE,),
}


def actors() -> Iterator[tuple[str, Role]]:
    """Yield each house and role that is tried."""
    for house, roles in (HOUSES if FULL else THIN).items():
        for role in roles:
            yield house, role


@dataclass(frozen=True)
class Answer:
    """What came back, and how many changes the journal had of it."""

    status: int
    place: str
    written: int
    text: str = ""

    @property
    def turned_away(self) -> bool:
        """Say whether the reader was sent to sign in or to choose an institution."""
        return self.status == 302 and self.place.startswith(("/sign-in/?", "/acting/?"))

    def __str__(self) -> str:
        return f"{self.status} {self.place}".strip()


def _events() -> int:
    with scope.system():
        return JournalEvent.objects.count()


@dataclass
class World:
    """The cast, a browser for each of them, and the records that pages show."""

    cast: Cast
    _clients: dict[tuple[str, Role], Client] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def house(self, name: str) -> House:
        """Return a house of the cast by name."""
        found: House = getattr(self.cast, name)
        return found

    def client(self, house: str, role: Role) -> Client:
        """Return the browser of whoever bears the role there."""
        if (house, role) not in self._clients:
            client = signed_in_client(self.house(house).actor(role), raise_request_exception=False)
            self._clients[house, role] = client
        return self._clients[house, role]

    @cached_property
    def nobody(self) -> Client:
        """Return the browser of nobody."""
        return Client(raise_request_exception=False)

    def complete(self) -> Self:
        """Make every record and sign everybody in."""
        from tests.permissions import things

        for name, make in things.MAKE.items():
            self.things[name] = make(self)
        for house, role in actors():
            self.client(house, role)
        return self

    def probe(self, client: Client, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
        """Ask, count what the journal says of it, and undo whatever it changed."""
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        with transaction.atomic():
            before = _events()
            ask = client.get if method == "GET" else client.post
            answer = ask(path, body or {})
            written = _events() - before
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.load(cookies)
        # Reading a stream to its end closes it, as the test client has arranged.
        content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = content.decode("utf-8", "replace")
        return Answer(answer.status_code, answer.headers.get("Location", ""), written, text)
