"""`lianti intake`: files in, JSON out, refusals listed."""

import json
from pathlib import Path

import pytest

from lianti.cli import main

STORY = "青岚县人民医院与云岫市第一医院签约\n"
STORY += "3月5日，青岚县人民医院与云岫市第一医院举行对口支援签约仪式，副县长温如故出席。\n"


def test_each_document_becomes_a_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "d1.txt").write_text(STORY + "编辑：石青禾\n", encoding="gb18030")
    out = tmp_path / "out"
    assert main.main(["intake", str(tmp_path / "d1.txt"), "--json", str(out)]) == 0
    answer = json.loads((out / "d1.json").read_text(encoding="utf-8"))
    assert answer["doc"] == "d1"
    assert answer["clean_text"] == STORY.strip()
    assert "1/1  d1.txt" in capsys.readouterr().err


def test_what_is_refused_is_said_and_the_others_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "d1.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "d2.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 99)
    with (tmp_path / "d3.txt").open("wb") as big:
        big.truncate(200 * 2**20)
    names = [str(tmp_path / name) for name in ("d1.txt", "d2.doc", "d3.txt", "d4.txt")]
    assert main.main(["intake", *names]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["doc"] == "d1"
    assert "d2.doc: refused. Old Word files" in said.err
    assert "d3.txt: refused. The file has 200 MB" in said.err
    assert "d4.txt: refused. No such file" in said.err
    assert "3 of 4 files could not be read." in said.err


def test_answers_are_scored_against_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "d1.txt").write_text(STORY, encoding="utf-8")
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "d1.json").write_text(json.dumps({"doc": "d1", "clean_text": STORY, "boilerplate": []}), encoding="utf-8")
    assert main.main(["intake", str(tmp_path / "d1.txt"), "--score", str(gold)]) == 0
    assert "CER 0.000" in capsys.readouterr().out


def test_an_extractor_that_nobody_offers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANTI_INTAKE_EXTRACTOR", "oracle")
    assert main.main(["intake", str(tmp_path / "d1.txt")]) == 2
    assert "oracle" in capsys.readouterr().err
