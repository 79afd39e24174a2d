"""Mails (.eml) and pages saved as one file (.mht): subject, text, date; attachments are named, not opened."""

import email
import re
from datetime import date
from email import policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from lianti.contexts.intake.domain.reading.charsets import decode
from lianti.contexts.intake.domain.reading.refused import Refused
from lianti.contexts.intake.domain.reading.web import from_markup
from lianti.contexts.intake.domain.source import Source

_MOST_PARTS = 200
_SAVED = re.compile(rb"^(?:Snapshot-Content-Location|X-MimeOLE:|From: <Saved by|From: <\xd3\xc9)", re.I | re.M)

Notes = list[tuple[str, dict[str, str | int]]]


def read(data: bytes) -> Source:
    """A mail's subject and body. Raises Refused when it has neither text nor HTML, or is not a mail."""
    try:
        mail = email.message_from_bytes(data, policy=policy.default)
        parts = _parts(mail)
        subject = " ".join(str(mail["subject"] or "").split())
        published = _published(mail)
    except (RecursionError, ValueError, LookupError, AttributeError, IndexError, KeyError, TypeError):
        raise Refused("damaged") from None
    body, charset, notes = _body(parts)
    if not body.text.strip():
        raise Refused("no_text")
    if attached := [name for name in map(_attached, parts) if name]:
        notes.append(("attachments", {"count": len(attached), "names": ", ".join(attached[:10])}))
    saved = bool(_SAVED.search(data[:2000]))
    text = body.text if saved or not subject else f"{subject}\n{body.text}"
    return Source(
        text, "html" if saved else "eml", charset, subject or body.title, published, body.medium, tuple(notes)
    )


def _parts(mail: EmailMessage) -> list[Message]:
    """All leaves, in order, without going into mails that are attached."""
    out: list[Message] = []
    waiting: list[Message] = [mail]
    while waiting and len(out) < _MOST_PARTS:
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = [one for one in part.get_payload() if isinstance(one, Message)]
        else:
            out.append(part)
    return out


def _attached(part: Message) -> str:
    if part.get_content_disposition() == "attachment" or part.get_content_maintype() not in ("text", "multipart"):
        if part.get_content_disposition() == "inline" and part.get_content_maintype() == "image":
            return ""
        return part.get_filename() or part.get_content_type()
    return ""


def _body(parts: list[Message]) -> tuple[Source, str | None, Notes]:
    """The plain text where there is some, else the HTML."""
    open_parts = [part for part in parts if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        for part in open_parts:
            if part.get_content_type() != kind:
                continue
            payload = part.get_payload(decode=True)
            content = payload if isinstance(payload, bytes) else b""
            if not content.strip():
                continue
            decoded = decode(content, part.get_content_charset() or "")
            found = from_markup(decoded.text) if kind == "text/html" else Source(decoded.text)
            if found.text.strip():
                return found, decoded.charset, [*decoded.notes, *found.notes]
    return Source(""), None, []


def _published(mail: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(str(mail["date"])).date() if mail["date"] else None
    except (ValueError, TypeError, IndexError):
        return None
