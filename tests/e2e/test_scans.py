"""Scanned pages, recognised by Debian's tesseract where it is installed."""

import base64
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from rapidfuzz.distance import Levenshtein

from lianti.contexts.intake.domain.reading import read, scans

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.skipif(not scans.available(), reason="tesseract with Chinese is not installed")
STORY = (
    "霁川市第一人民医院与青川县人民医院签约。2024年5月18日,双方在青川县签署对口支援协议。",
    "今后三年,霁川市第一人民医院将每年派驻8名专家到青川县人民医院坐诊带教。",
)


@pytest.fixture
def photograph(new_page: "Callable[..., Page]") -> tuple[bytes, bytes]:
    """A picture of a text, and a PDF that holds nothing but the picture."""
    page = new_page(width=900, height=500, device_scale_factor=2)
    page.set_content("<body style='font:22px/1.8 Noto Sans CJK SC'>" + "".join(f"<p>{line}</p>" for line in STORY))
    picture = page.screenshot()
    page.set_content(f"<img style='width:100%' src='data:image/png;base64,{base64.b64encode(picture).decode()}'>")
    page.wait_for_function("document.images[0].complete")
    return picture, page.pdf(format="A4")


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize(("which", "note"), [(0, "recognised"), (1, "scans_read")])
def test_what_a_scan_says_is_read_and_said_to_be_recognised(
    photograph: tuple[bytes, bytes], which: int, note: str
) -> None:
    source = read(photograph[which], name=("scan.png", "scan.pdf")[which])
    wanted = plain("".join(STORY))
    assert Levenshtein.distance(plain(source.text), wanted) <= 0.06 * len(wanted)
    assert note in dict(source.notes)
