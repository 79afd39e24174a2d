"""Pictures of text, through tesseract where Debian's package is installed with Chinese."""

import functools
import os
import shutil
import subprocess

from lianti.contexts.intake.domain.reading import bounds
from lianti.contexts.intake.domain.reading.refused import Refused
from lianti.contexts.intake.domain.source import Source

_LANGUAGES = "chi_sim+eng"


@functools.cache
def available() -> str:
    """The program's path when it can read Chinese, else ''."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return program if b"chi_sim" in listed.stdout + listed.stderr else ""


def recognise(picture: bytes, seconds: float = bounds.SCAN_SECONDS) -> str:
    """The text of one picture (PNG, JPEG, PNM); '' when it takes longer or cannot be read."""
    program = available()
    if not program:
        return ""
    command = [program, "stdin", "stdout", "-l", _LANGUAGES, "--psm", "3"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with fixed words
            command,
            input=picture,
            capture_output=True,
            timeout=max(1.0, seconds),
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return tidy(done.stdout.decode("utf-8", "replace")) if done.returncode == 0 else ""


def tidy(text: str) -> str:
    """Recognised text without the blanks that tesseract puts between Chinese signs."""
    out: list[str] = []
    for place, sign in enumerate(text):
        if (
            sign == " "
            and out
            and "\u2e80" <= out[-1] <= "\uffef"
            and "\u2e80" <= text[place + 1 : place + 2] <= "\uffef"
        ):
            continue
        out.append(sign)
    return "".join(out).strip("\n\x0c ")


def read(data: bytes) -> Source:
    """A picture's text. Raises Refused where no program can read it, or nothing is on it."""
    if not available():
        raise Refused("no_ocr")
    text = recognise(data)
    if not text.strip():
        raise Refused("no_text")
    return Source(text, "pdf", notes=(("recognised", {}),))
