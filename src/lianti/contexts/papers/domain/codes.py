"""Verification codes that nobody guesses, and names of which a stranger sees a part."""

from __future__ import annotations

import hashlib
import re
import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH, GROUP = 12, 4  # 60 bits: at a thousand tries a second, a million valid papers are found once in centuries
_NUMBERED = re.compile(r"([A-Z]{2})(\d{4})(\d{4,6})([0-9A-Z]{8})")  # series, year, number, code
_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new() -> str:
    """Return a fresh code in groups, such as 7K4M-Q2XT-9B0D."""
    return grouped("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))


def grouped(code: str) -> str:
    """Return a code as it stands on paper."""
    if (before := numbered(code)) is not None:
        return "-".join(before)
    kept = plain(code)
    return "-".join(kept[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def plain(typed: str) -> str:
    """Return a code as it is compared: capitals without blanks and strokes, letters that look alike as digits.

    '' for what is no code.
    """
    kept = "".join(one for one in typed.upper() if one not in " -–—－　\t").translate(_ALIKE)
    return kept if len(kept) == LENGTH and all(one in LETTERS for one in kept) else ""


def numbered(typed: str) -> tuple[str, str] | None:
    """Return number and code of a paper that bears a short code, which is typed after its number; None for others."""
    kept = "".join(one for one in typed.upper() if one not in " -–—－　\t")
    found = _NUMBERED.fullmatch(kept)
    return (f"{found[1]}-{found[2]}-{found[3]}", found[4].translate(_ALIKE)) if found else None


def hashed(typed: str) -> str:
    """Return what a code is looked up by; '' for what is no code. It is random: a plain hash is enough."""
    kept = plain(typed)
    return hashlib.sha256(kept.encode()).hexdigest() if kept else ""


def masked(name: str) -> str:
    """Return a name of which a stranger sees the first and, from three on, the last character."""
    if len(name) <= 1:
        return name
    return name[0] + "*" * (len(name) - 1) if len(name) == 2 else name[0] + "*" * (len(name) - 2) + name[-1]
