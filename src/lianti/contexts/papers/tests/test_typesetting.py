"""PDF is an extra: the content goes in as data, a font with Chinese is asked for, and nothing starts with it."""

import json
import subprocess
import sys
from typing import Any

import pytest

from lianti.contexts.papers.domain import typesetting
from lianti.contexts.papers.tests.builders import TRIAL


class Typst:
    """What is asked of typst, written down in its place."""

    families: tuple[str, ...] = ("Noto Serif CJK SC",)
    asked: dict[str, Any]

    class Fonts:
        def __init__(self, **asked: Any) -> None:
            Typst.asked = asked

        def families(self) -> list[str]:
            return list(Typst.families)

    class Compiler:
        def __init__(self, source: bytes, **asked: Any) -> None:
            Typst.asked |= asked | {"source": source}

        def compile(self, **_asked: str) -> bytes:
            return b"%PDF"


def test_what_people_typed_is_data_and_never_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", Typst)  # type: ignore[arg-type]
    hostile = '#read("/etc/passwd") $x$ *b* \\'
    content = {**TRIAL.example(), "name": hostile}
    assert typesetting.pdf(TRIAL, content, ["foot"], ["/fonts"]) == b"%PDF"
    assert hostile.encode() not in Typst.asked["source"]
    paper = json.loads(Typst.asked["sys_inputs"]["paper"])
    assert ["姓名", hostile] in paper["blocks"][1]["cells"]
    assert (paper["font"], Typst.asked["include_embedded_fonts"]) == ("Noto Serif CJK SC", False)


def test_without_a_chinese_font_nothing_blank_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", Typst)  # type: ignore[arg-type]
    monkeypatch.setattr(Typst, "families", ("DejaVu Sans",))
    with pytest.raises(typesetting.NoFont):
        typesetting.pdf(TRIAL, TRIAL.example(), [])


def test_nothing_heavy_is_loaded_by_a_start() -> None:
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'lianti.config.settings';"
        "import django; django.setup(); import lianti.config.urls; print({'typst', 'docxtpl'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_a_long_table_goes_on_on_the_next_sheet_and_no_line_is_lost() -> None:
    cells = [[str(n)] for n in range(50)]
    blocks = [{"is": "text"}, {"is": "table", "means": "", "head": ["n"], "cells": cells}, {"is": "seals", "cells": []}]
    for lines in (12, 20, 36, 53, 54, 70, 0):
        sheets = typesetting.paged(blocks, lines)
        assert [cell for sheet in sheets for one in sheet if one["is"] == "table" for cell in one["cells"]] == cells
        assert sheets[-1][-1]["is"] == "seals"
        assert all(sheets)
    assert [len(typesetting.paged(blocks, lines)) for lines in (36, 70, 0)] == [2, 1, 1]
