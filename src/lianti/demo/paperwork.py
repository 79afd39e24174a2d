"""Small files as offices keep them: a scanned page as PDF, a photograph as PNG, a list as text."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from random import Random


def a_pdf(lines: Iterable[str], *, stamp: bool = True) -> bytes:
    """Return one A4 page with these lines and, as on a stamped paper, a round seal.

    The type is a standard Chinese font that readers bring along, so nothing is embedded.
    """
    drawn = ["BT /F1 15 Tf 72 770 Td 24 TL"]
    drawn += [f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines]
    drawn.append("ET")
    if stamp:
        drawn.append("0.78 0.1 0.1 RG 3 w 430 300 m " + _circle(380, 300, 50) + " S")
    content = "\n".join(drawn).encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    )
    return _assembled(objects)


def _assembled(objects: Iterable[bytes]) -> bytes:
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table)
    return bytes(made)


def _circle(x: int, y: int, r: int) -> str:
    k = round(r * 0.5523)
    return (
        f"{x + r} {y} m {x + r} {y + k} {x + k} {y + r} {x} {y + r} c {x - k} {y + r} {x - r} {y + k} {x - r} {y} c "
        f"{x - r} {y - k} {x - k} {y - r} {x} {y - r} c {x + k} {y - r} {x + r} {y - k} {x + r} {y} c"
    )


def a_picture(seed: int) -> bytes:
    """Return a small picture: a room with a screen and rows of seats, in flat colours, no people in it."""
    rng = Random(seed)  # noqa: S311 - a picture
    wall, floor, screen = ((rng.randint(150, 225), rng.randint(170, 225), rng.randint(180, 230)) for _ in range(3))
    width, height = 120, 80
    left = rng.randint(25, 40)
    rows = []
    for y in range(height):
        row = bytearray(b"\0")
        for x in range(width):
            colour = wall if y < 50 else floor
            if 9 < y < 36 and left < x < left + 50:
                colour = screen if 11 < y < 34 and left + 2 < x < left + 48 else (60, 70, 80)
            elif y > 52 and (y // 7) % 2 and 7 < x < 113 and (x // 9) % 2:
                colour = (70, 96, 110)
            row += bytes(colour)
        rows.append(bytes(row))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"".join(rows), 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def a_list(title: str, names: Iterable[str]) -> bytes:
    """Return a list as a text file, as a typed sign-in sheet."""
    lines = [title, "-" * 24, *(f"{n:>2}  {name}" for n, name in enumerate(names, 1))]
    return "\r\n".join(lines).encode("utf-8")
