"""Small files made byte by byte."""

import io
import struct
import zipfile
import zlib

SECRET = b"MAKER-AND-PLACE"


def jpeg(*, up: int = 6) -> bytes:
    """Return a JPEG with EXIF, XMP, a comment and a tail behind its end."""
    tiff = b"II*\0" + struct.pack("<IHHHIHHHHIII", 8, 2, 0x0112, 3, 1, up, 0, 0x010F, 2, len(SECRET), 38, 0) + SECRET
    return (
        b"\xff\xd8"
        + _segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + _segment(0xE1, b"Exif\0\0" + tiff)
        + _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)
        + _segment(0xE2, b"ICC_PROFILE\0\x01\x01profile")
        + _segment(0xED, b"Photoshop 3.0\0" + SECRET)
        + _segment(0xFE, SECRET)
        + _segment(0xDB, bytes(65))
        + _segment(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0")
        + _segment(0xDA, b"\x01\x01\0\0\x3f\0")
        + b"\x12\xff\x00\x34\xff\xd0\x56"
        + b"\xff\xd9"
        + SECRET
    )


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def png() -> bytes:
    """Return a PNG of one pixel with text, EXIF and a time."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
            _chunk(b"tEXt", b"Author\0" + SECRET),
            _chunk(b"eXIf", b"MM\0*" + SECRET),
            _chunk(b"tIME", bytes(7)),
            _chunk(b"IDAT", zlib.compress(b"\0\0")),
            _chunk(b"IEND", b""),
            SECRET,
        ]
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def webp() -> bytes:
    """Return an extended WebP with EXIF and XMP."""
    parts = [(b"VP8X", b"\x0c\0\0\0\0\0\0\0\0\0"), (b"VP8 ", bytes(11)), (b"EXIF", SECRET), (b"XMP ", SECRET)]
    body = b"WEBP" + b"".join(n + struct.pack("<I", len(b)) + b + b"\0" * (len(b) % 2) for n, b in parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def heic() -> bytes:
    """Return a HEIC of two items, a picture and an EXIF block."""
    exif = bytes(4) + b"MM\0*" + SECRET * 2
    picture = b"PICTURE!"
    infe = [_box(b"infe", struct.pack(">IHH4s", 0x02000000, n, 0, k) + b"\0") for n, k in ((1, b"hvc1"), (2, b"Exif"))]
    iinf = _box(b"iinf", struct.pack(">IH", 0, 2) + b"".join(infe))
    head = _box(b"ftyp", b"heic\0\0\0\0mif1heic")

    def meta(at: int) -> bytes:
        places = ((1, at, len(picture)), (2, at + len(picture), len(exif)))
        rows = b"".join(struct.pack(">HHHII", n, 0, 1, first, size) for n, first, size in places)
        return _box(b"meta", bytes(4) + iinf + _box(b"iloc", struct.pack(">IHH", 0, 0x4400, 2) + rows))

    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + _box(b"mdat", picture + exif)


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def office(part: str, *, macros: bool = False) -> bytes:
    """Return the least that a Word or Excel file is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<document/>")
        if macros:
            archive.writestr("word/vbaProject.bin", "x")
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
GOOD = {
    "盖章单.pdf": PDF,
    "a.jpg": jpeg(),
    "b.jpeg": jpeg(up=1),
    "c.png": png(),
    "d.webp": webp(),
    "e.heic": heic(),
    "f.docx": office("word/document.xml"),
    "g.xlsx": office("xl/workbook.xml"),
    "h.txt": "会议纪要".encode(),
    "i.txt": "会议纪要".encode("gb18030"),
    "j.html": b"<!doctype html><p>x",
    "k.eml": b"From: a@example.org\nTo: b@example.org\nSubject: x\n\nhello\n",
}
