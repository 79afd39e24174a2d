"""The allow-list: a file is taken when its ending and its bytes say the same thing."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic

NAME_LENGTH = 120


_CONTROLS = [chr(code) for code in range(32) if chr(code) not in "\t\n\r\f"]


class Unfit(ValueError):
    """The file can't be kept; `code` is one of empty, ending, content, macros."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Kind:
    """One kind of file: its media type, the endings it goes by, what its bytes must look like."""

    media_type: str
    endings: frozenset[str]
    magic: frozenset[str] = frozenset()
    inside: str = ""  # for Office files: the part that a zip of this kind holds
    text: bool = False


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = (
    Kind("application/pdf", frozenset({"pdf"}), frozenset({"application/pdf"})),
    Kind("image/jpeg", frozenset({"jpg", "jpeg"}), frozenset({"image/jpeg"})),
    Kind("image/png", frozenset({"png"}), frozenset({"image/png"})),
    Kind("image/webp", frozenset({"webp"}), frozenset({"image/webp"})),
    Kind("image/heic", frozenset({"heic", "heif"}), frozenset({"image/heic", "image/heif"})),
    Kind(_WORD, frozenset({"docx"}), inside="word/document.xml"),
    Kind(_SHEET, frozenset({"xlsx"}), inside="xl/workbook.xml"),
    Kind("text/plain", frozenset({"txt"}), text=True),
    Kind("text/html", frozenset({"html", "htm"}), text=True),
    Kind("message/rfc822", frozenset({"eml"}), text=True),
)
ENDINGS = tuple(sorted(ending for kind in KINDS for ending in kind.endings))


def judge(name: str, content: bytes) -> Kind:
    """Return the kind of the file; raise Unfit when it is empty, of no allowed kind, or not what its name says."""
    if not content:
        raise Unfit("empty")
    ending = PurePosixPath(name.lower()).suffix.removeprefix(".")
    kind = next((k for k in KINDS if ending in k.endings), None)
    if kind is None:
        raise Unfit("ending")
    if kind.inside:
        _check_office(kind.inside, content)
    elif not (_is_text(content) if kind.text else _magic(content) & kind.magic):
        raise Unfit("content")
    return kind


def _magic(content: bytes) -> set[str]:
    try:
        return {match.mime_type for match in puremagic.magic_string(content[:4096])}
    except (puremagic.PureError, ValueError):
        return set()


def _is_text(content: bytes) -> bool:
    """Say whether the bytes are text as people here write it: UTF-8, UTF-16 with a mark, or GB 18030.

    A page that came through many hands may hold some bytes that are none of these; it proves what it proves.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in content:
        return False
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return "utf-16" not in encodings and _nearly_text(content)


def _nearly_text(content: bytes) -> bool:
    """Say whether all but a twentieth of the bytes can be read, and hardly any controls a machine."""
    text = content.decode("gb18030", "replace")
    odd = text.count("\N{REPLACEMENT CHARACTER}") + sum(map(text.count, _CONTROLS))
    return odd * 20 <= len(text)


def _check_office(part: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unfit("content") from error
    if not {"[Content_Types].xml", part} <= names:
        raise Unfit("content")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unfit("macros")


def clean_name(name: str) -> str:
    """Return the name without folders, control characters and reading-direction marks, at most 120 characters."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c for c in base if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    shown = " ".join(shown.split()).strip(". ")
    stem, dot, ending = shown.rpartition(".")
    if not dot:
        return shown[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}"[:NAME_LENGTH]
