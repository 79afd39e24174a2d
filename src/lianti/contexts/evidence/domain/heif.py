"""HEIF and HEIC pictures: the EXIF and XMP items are blanked where they lie (ISO/IEC 23008-12, 14496-12).

Nothing moves, so that no offset has to be rewritten; which way is up is a property of its own there.
"""

import struct
from collections.abc import Iterator

_REMARKS = frozenset({b"Exif", b"mime"})
_NO_EXIF = bytes(4) + b"MM\0*" + struct.pack(">IHI", 8, 0, 0)  # an EXIF block without a single tag


def blank(content: bytes) -> bytes:
    """Return the picture with every EXIF item emptied and every XMP item set to spaces."""
    out, left = bytearray(content), len(content)
    for name, start, end in _boxes(content, 0, len(content)):
        if name == b"meta":
            parts = {n: (s, e) for n, s, e in _boxes(content, start + 4, end)}
            if b"iinf" in parts and b"iloc" in parts:
                items = _remark_items(content, *parts[b"iinf"])
                idat = parts.get(b"idat", (0, 0))[0]
                for kind, first, given in _extents(content, parts[b"iloc"][0], items, idat):
                    length = max(min(given or len(out), len(out) - first), 0)
                    left -= length
                    if left < 0:
                        raise ValueError("the pieces overlap")
                    out[first : first + length] = _nothing(kind, length)
    return bytes(out)


def _nothing(kind: bytes, length: int) -> bytes:
    if kind == b"mime":
        return b" " * length
    return _NO_EXIF.ljust(length, b"\0") if length >= len(_NO_EXIF) else bytes(length)


def _boxes(content: bytes, at: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    while at + 8 <= stop:
        size, name = struct.unpack_from(">I4s", content, at)
        start = at + 8
        if size == 1:
            size, start = struct.unpack_from(">Q", content, start)[0], at + 16
        end = stop if size == 0 else at + size
        if end > stop or end < start:
            raise ValueError("a box runs past the end")
        yield name, start, end
        at = end


def _remark_items(content: bytes, start: int, end: int) -> dict[int, bytes]:
    """Return the items that hold remarks, number -> kind, from the item information box."""
    found = {}
    first = start + (6 if content[start] == 0 else 8)
    for name, at, _ in _boxes(content, first, end):
        version = content[at]
        if name == b"infe" and version >= 2:
            number = struct.unpack_from(">H" if version == 2 else ">I", content, at + 4)[0]
            kind = at + (8 if version == 2 else 10)
            if content[kind : kind + 4] in _REMARKS:
                found[number] = content[kind : kind + 4]
    return found


class _Reader:
    """Reads big-endian numbers of given widths one after the other."""

    def __init__(self, content: bytes, at: int) -> None:
        self.content, self.at = content, at

    def take(self, width: int) -> int:
        part = self.content[self.at : self.at + width]
        if len(part) < width:
            raise ValueError("a number runs past the end")
        self.at += width
        return int.from_bytes(part, "big")


def _extents(content: bytes, start: int, items: dict[int, bytes], idat: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield (kind, offset in the file, length) for each piece of the wanted items, from the item location box."""
    read = _Reader(content, start)
    version = read.take(4) >> 24
    widths = read.take(2)
    offset, length, base, index = (widths >> shift & 15 for shift in (12, 8, 4, 0))
    if not offset + length:
        raise ValueError("the pieces have no place")
    wide = 4 if version == 2 else 2
    for _ in range(read.take(wide)):
        number = read.take(wide)
        method = read.take(2) & 15 if version else 0
        read.take(2)  # where the data is: this file
        origin = read.take(base) + (idat if method == 1 else 0)
        for _ in range(read.take(2)):
            read.take(index if version else 0)
            first, size = origin + read.take(offset), read.take(length)
            if number in items:
                yield items[number], first, size
