"""Phone numbers, names and codes as people write them."""

import re
import secrets
import unicodedata
from datetime import timedelta

from lianti.lib.roles import MEMBER_ROLES, Role

CODE_DIGITS = 10
CODE_LIVES = timedelta(days=7)
AUTHORITIES = frozenset({"health_authority", "government", "supervision_institute"})
_PHONE = re.compile(r"\+?[0-9]{6,15}")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]")  # come along when a number or name is copied from a chat
_MOBILE = re.compile(r"1[3-9]")  # in China eleven digits, no fewer and no more


def phone(text: str) -> str | None:
    """Return the number without blanks, dashes and China's prefix; None when it is no phone number."""
    bare = re.sub(r"[\s()\-\u2010-\u2015.]", "", unicodedata.normalize("NFKC", _UNSEEN.sub("", text)))
    bare = re.sub(r"^(\+86|0086|86(?=1[3-9][0-9]{9}$))(?=1[3-9])", "", bare)
    if _MOBILE.match(bare) and len(bare) != 11:
        return None
    return bare if _PHONE.fullmatch(bare) else None


def name(text: str) -> str:
    """Return a person's name with single blanks and in composed form."""
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())


def roles_at(kind: str) -> frozenset[Role]:
    """Return the roles that members of an institution of this kind can have: only an authority has its own."""
    return MEMBER_ROLES if kind in AUTHORITIES else MEMBER_ROLES - {Role.HEALTH_AUTHORITY}


def new_code() -> str:
    """Return a new one-time code: ten digits, easily told by telephone."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


def spaced(code: str) -> str:
    """Return a code in two halves, as it is read out."""
    return f"{code[: CODE_DIGITS // 2]} {code[CODE_DIGITS // 2 :]}"


def bare_code(text: str) -> str:
    """Return what was typed without the blanks and dashes that people put into codes."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))


def safe_next(text: str) -> str:
    """Return a path on this site, or '/' when the text leads anywhere else."""
    if not re.fullmatch(r"/[^\s\\\x00-\x1f]{0,2000}", text) or text.startswith("//"):
        return "/"
    return text
