"""The stylesheet and script stay small and within what Chromium 86 understands."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static" / "web"


def test_stylesheet_and_script_stay_small() -> None:
    assert (STATIC / "lianti.css").stat().st_size < 25_000
    assert (STATIC / "touch.css").stat().st_size < 6_000
    assert (STATIC / "lianti.js").stat().st_size < 8_000
    assert (STATIC / "finding.js").stat().st_size < 2_000


def test_stylesheet_asks_nothing_of_newer_browsers() -> None:
    both = "".join((STATIC / name).read_text(encoding="utf-8") for name in ("lianti.css", "touch.css"))
    css = re.sub(r"/\*.*?\*/", "", both, flags=re.S)
    newer = r":has\(|:is\(|:where\(|@container|@layer|\binset:|aspect-ratio|\d[dsl]v[hw]\b|color-mix|text-wrap|&"
    assert re.findall(newer, css) == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in STATIC.iterdir():
        assert not re.findall(r"url\(|@import|https?://(?!www\.w3\.org)", path.read_text(encoding="utf-8"))


def test_colours_of_words_are_readable() -> None:
    css = (STATIC / "lianti.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z]+-?b?\d?):(#[0-9a-f]{6})", css))
    pairs = [(tone, f"{tone}-b") for tone in ("waiting", "moving", "done", "late", "stopped")]
    pairs += [("soft", "wash"), ("ink", "wash"), ("teal2", "tint"), ("teal", "hover")]
    for front, back in pairs:
        assert _contrast(colours[front], colours[back]) >= 4.5, (front, back)


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_light(first), _light(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
