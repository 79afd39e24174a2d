"""Many browsers at once, as light as can be: signed in, each with its own connection, cookies and forms."""

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    """What came back, and after how many seconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@dataclass
class Browser:
    """One client with a kept connection. `token` is the CSRF token of the last form it was shown."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def get(self, path: str) -> Answer:
        """Ask for a page."""
        return await self._ask("GET", path, b"")

    async def post(self, path: str, **fields: str) -> Answer:
        """Send a form as the page sends it, token included."""
        return await self._ask("POST", path, urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode())

    async def sign_in(self, phone: str, password: str) -> None:
        """Sign in by phone number."""
        await self.get("/sign-in/")
        answer = await self.post("/sign-in/", name=phone, password=password)
        if answer.status not in {302, 303}:
            raise RuntimeError(f"{phone} could not sign in: {answer.status}")

    async def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
            with contextlib.suppress(OSError):
                await self._writer.wait_closed()
        self._reader = self._writer = None

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        begun = perf_counter()
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Language: zh-CN\r\n"
        head += f"Cookie: {cookie}\r\n" if cookie else ""
        if method == "POST":
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        self._writer.write(head.encode() + b"\r\n" + body)
        answer = await self._answer(begun)
        if found := TOKEN.search(answer.body):
            self.token = found[1].decode()
        return answer

    async def _answer(self, begun: float) -> Answer:
        assert self._reader is not None
        first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in filter(None, lines):
            name, _, value = line.partition(":")
            headers[name.lower()] = value = value.strip()
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        if headers.get("transfer-encoding") == "chunked":
            body = await self._chunks()
        else:
            body = await self._reader.readexactly(int(headers.get("content-length", 0)))
        status = int(first.split()[1])
        if headers.get("connection", "").lower() == "close":
            await self.close()
        return Answer(status, headers, body, perf_counter() - begun)

    async def _chunks(self) -> bytes:
        assert self._reader is not None
        body = b""
        while size := int(await self._reader.readline(), 16):
            body += await self._reader.readexactly(size)
            await self._reader.readexactly(2)
        await self._reader.readline()
        return body
