"""Take place, device and remarks out of pictures, byte by byte: the picture itself is not re-encoded."""

import struct
from collections.abc import Iterator

from lianti.contexts.evidence.domain import heif
from lianti.contexts.evidence.domain.types import Unfit

_PNG_SIGN = b"\x89PNG\r\n\x1a\n"
_PNG_KEEP = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split())
_ORIENTATION = 0x0112
_RIFF_HEAD = 12
_VP8X_NO_REMARKS = 0xFF ^ 0x0C  # the two bits that announce EXIF and XMP


def strip(media_type: str, content: bytes) -> bytes:
    """Return the picture without place and device data; other files as they are. Unfit when it can't be read."""
    work = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp, "image/heic": heif.blank}.get(media_type)
    if work is None:
        return content
    try:
        return work(content)
    except (IndexError, struct.error, ValueError) as error:
        raise Unfit("content") from error


def _jpeg(content: bytes) -> bytes:
    """Keep JFIF, colour profile, Adobe's colour mark and the image; of EXIF keep which way is up."""
    kept, up = [b"\xff\xd8"], 1
    for marker, part, body in _segments(content):
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            up = _orientation(body[6:])
        elif _keeps(marker, body):
            kept.append(part)
    if up != 1:
        kept.insert(1, _only_orientation(up))
    return b"".join([*kept, b"\xff\xd9"])


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield (marker, the whole segment, its body) up to the end mark; compressed data belongs to its scan header."""
    at = 2
    while True:
        while content[at : at + 2] == b"\xff\xff":
            at += 1  # fill bytes
        if content[at] != 0xFF:
            raise ValueError("a marker was expected")
        marker = content[at + 1]
        if marker == 0xD9:
            return
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if end > len(content):
            raise ValueError("a segment runs past the end")
        stop = _scan_end(content, end) if marker == 0xDA else end
        yield marker, content[at:stop], content[at + 4 : end]
        at = stop


def _keeps(marker: int, body: bytes) -> bool:
    if marker == 0xE2:
        return body.startswith(b"ICC_PROFILE\0")
    if marker == 0xE0:
        return body.startswith(b"JFIF\0")
    return marker == 0xEE or not (0xE1 <= marker <= 0xEF or marker == 0xFE)


def _scan_end(content: bytes, at: int) -> int:
    """Return where the compressed data that starts at `at` gives way to the next marker."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        first = struct.unpack_from(order + "I", tiff, 4)[0]
        for n in range(min(struct.unpack_from(order + "H", tiff, first)[0], 512)):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + n * 12)
            if tag == _ORIENTATION and value in range(1, 9):
                return int(value)
    except (KeyError, struct.error):
        pass  # a broken EXIF block goes as a whole
    return 1


def _only_orientation(up: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, up, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(content: bytes) -> bytes:
    kept, at, name = [_PNG_SIGN], len(_PNG_SIGN), b""
    while name != b"IEND":
        size, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + size
        if end > len(content):
            raise ValueError("a chunk runs past the end")
        if name in _PNG_KEEP:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    kept, at = [], _RIFF_HEAD
    stop = min(len(content), 8 + struct.unpack_from("<I", content, 4)[0])
    while at + 8 <= stop:
        name, size = struct.unpack_from("<4sI", content, at)
        end = at + 8 + size + size % 2
        chunk = content[at:end]
        if len(chunk) < 8 + size:
            raise ValueError("a chunk runs past the end")
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & _VP8X_NO_REMARKS]) + chunk[9:]
        if name not in {b"EXIF", b"XMP "}:
            kept.append(chunk)
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
