"""Which format a file is in: by its first bytes, then by its name; what it says of itself is believed last."""

import io
import re
import zipfile

from lianti.contexts.intake.domain.reading.refused import Refused

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.I)
_HEADER = re.compile(
    rb"^(?:From|To|Cc|Subject|Received|MIME-Version|Date|Return-Path|Message-ID|Content-Type|X-[\w-]{1,40}|"
    rb"Delivered-To|Content-Transfer-Encoding|Reply-To|Sender|DKIM-Signature|Snapshot-Content-Location):",
    re.I | re.M,
)
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_OTHERS = (
    b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"{\\rtf", b"BZh", b"\xfd7zXZ", b"\xca\xfe\xba\xbe",
    b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00 ftyp", b"ID3", b"OggS", b"SQLite format 3", b"%!PS",
)  # fmt: skip
_NAMED = {"htm": "html", "html": "html", "xhtml": "html", "eml": "eml", "mht": "eml", "mhtml": "eml"}
_TEXTS = ("txt", "html", "eml", "paste")


def kind_of(data: bytes, name: str = "", kind: str = "") -> str:
    """'txt' 'paste' 'html' 'docx' 'pdf' 'eml' or 'image'. Raises Refused for everything else."""
    if kind == "paste":
        return "paste"
    packed = _by_signature(data, name)
    if packed:
        return packed
    if kind in _TEXTS:
        return kind
    return _by_words(data, name)


def _by_signature(data: bytes, name: str) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_word")
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or _bitmap(data):
        return "image"
    if data.startswith(_OTHERS):
        raise Refused("unknown_format")
    return ""


def _bitmap(data: bytes) -> bool:
    return data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data)


def _packed(data: bytes, name: str) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused("damaged") from None
    if name.lower().endswith((".docm", ".dotm")):
        raise Refused("macros")
    if "word/document.xml" in names or ("[Content_Types].xml" in names and name.lower().endswith(".docx")):
        return "docx"
    raise Refused("unknown_format")


def _by_words(data: bytes, name: str) -> str:
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    head = data[:4096].replace(b"\x00", b"")
    if extension in _NAMED:
        return _NAMED[extension]
    if extension in ("", "txt", "text") and len(_HEADER.findall(head)) >= 3 and _HEADER.match(head.lstrip()):
        return "eml"
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] == b"<" and _HTML.search(head):
        return "html"
    return "txt"
