"""Text decoded by the wrong charset, where the bytes can still be had back."""

import re

from ftfy import fix_encoding

from lianti.contexts.intake.domain.cleaning.hanzi import HAN, weight

LATIN = re.compile("[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc]")
_CP1252 = {bytes([n]).decode("cp1252"): n for n in range(0x80, 0xA0) if n not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}}
PLAINLY = 0.7


def _bytes(text: str) -> bytes | None:
    """The bytes of a text that was decoded as Latin-1 or Windows-1252, strictly or not; None when it was not."""
    out = bytearray()
    for one in text:
        number = _CP1252.get(one, ord(one))
        if number > 0xFF:
            return None
        out.append(number)
    return bytes(out)


def _readable(text: str) -> float:
    """The share of common Chinese among the characters that are not ASCII."""
    others = [one for one in text if not one.isascii()]
    good = sum(1 for one in others if weight(one) > -2.2 and (HAN.match(one) or weight(one) == 0.0))
    return good / len(others) if others else 0.0


def _decoded(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return None


def _from_latin(line: str) -> str | None:
    data = _bytes(line)
    if data is not None:
        for charset in ("utf-8", "gb18030"):
            found = _decoded(data, charset)
            if found and "\n" not in found and _readable(found) >= PLAINLY:
                return found
    fixed = str(fix_encoding(line))
    return fixed if fixed != line and _readable(fixed) >= PLAINLY and fixed.count("\n") == line.count("\n") else None


def _from_gbk(line: str) -> str | None:
    """UTF-8 that was read as GBK. Nearly no real Chinese line is valid UTF-8 when encoded so."""
    try:
        data = line.encode("gb18030")
    except UnicodeEncodeError:
        return None
    found = _decoded(data, "utf-8")
    if found is None:
        found = data.decode("utf-8", "replace")
        if found.count("\ufffd") * 5 > len(found):
            return None
        found = re.sub("\ufffd[?\ufffd]{0,3}", "□", found)
    return found if found != line and "\n" not in found and _readable(found.replace("□", "")) >= PLAINLY else None


def mend(line: str) -> str | None:
    """What the line meant, or None when it is no mojibake or cannot be undone. A lost character is shown as □."""
    if line.isascii():
        return None
    if len(LATIN.findall(line)) >= 3 and _readable(line) < 0.5:
        return _from_latin(line)
    if sum(1 for one in line if weight(one) < -1.7) * 4 > sum(1 for one in line if not one.isascii()):
        return _from_gbk(line)
    return None
