"""Read documents: clean text and proposed records of each as JSON, without a database."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from lianti.config import env


def add_options(parser: argparse.ArgumentParser) -> None:
    """Ask for files and where the answers go; offer to compare them with labelled documents."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="text, HTML, Word (.docx), PDF or mail (.eml)"
    )
    parser.add_argument("--json", type=Path, metavar="DIR", help="write one JSON a document into this folder")
    parser.add_argument("--score", type=Path, metavar="GOLD_DIR", help="compare with these labelled documents")
    parser.add_argument("--verbose", action="store_true", help="with --score: list what was missed")


def run(options: argparse.Namespace) -> int:
    """Read file after file; return 1 when one was refused."""
    from lianti.contexts.intake.domain.extracting import extractor

    try:
        extractor(env.INTAKE_EXTRACTOR.value())
    except KeyError as unknown:
        print(f"There is no extractor {unknown} here (LIANTI_INTAKE_EXTRACTOR).", file=sys.stderr)
        return 2
    answers: dict[str, dict[str, Any]] = {}
    refused = 0
    if options.json:
        options.json.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(options.files, 1):
        answer, said = _answer(path)
        print(f"{number}/{len(options.files)}  {path.name}: {said}", file=sys.stderr)
        if answer is None:
            refused += 1
            continue
        answers[path.stem] = answer
        _put(options, path.stem, answer)
    if options.score:
        print(_scored(answers, options.score, verbose=options.verbose))
    if refused:
        print(f"{refused} of {len(options.files)} files could not be read.", file=sys.stderr)
    return 1 if refused else 0


def _put(options: argparse.Namespace, name: str, answer: dict[str, Any]) -> None:
    words = json.dumps(answer, ensure_ascii=False, indent=1, default=str)
    if options.json:
        (options.json / f"{name}.json").write_text(words + "\n", encoding="utf-8")
    elif not options.score:
        print(words)


def _answer(path: Path) -> tuple[dict[str, Any] | None, str]:
    """One file's answer and a line about it; None and the reason when it is refused."""
    from lianti.contexts.intake.domain.cleaning import clean
    from lianti.contexts.intake.domain.extracting import extractor
    from lianti.contexts.intake.domain.known import Known
    from lianti.contexts.intake.domain.reading import NOTES, Refused, read
    from lianti.contexts.intake.domain.scorer_form import scorer_form

    started = time.perf_counter()
    try:
        source = read(_bytes(path), name=path.name)
    except Refused as why:
        return None, "refused. " + NOTES[why.reason].format(**why.values)
    except OSError as why:
        return None, f"refused. {why.strerror}."
    cleaned = clean(source)
    proposals = extractor(env.INTAKE_EXTRACTOR.value())(cleaned, Known())
    answer = scorer_form(path.stem, cleaned, proposals)
    answer["notes"] = [NOTES[key].format(**values) for key, values in source.notes]
    said = f"{len(cleaned.text)} characters of text, {time.perf_counter() - started:.2f} s"
    return answer, " ".join([said, *answer["notes"]])


def _bytes(path: Path) -> bytes:
    """A file's bytes, no more than the reader needs to see that it is too big."""
    from lianti.contexts.intake.domain.reading.bounds import FILE_BYTES
    from lianti.contexts.intake.domain.reading.refused import Refused

    size = path.stat().st_size
    if size > FILE_BYTES:
        raise Refused("too_big", megabytes=size // 2**20, most=FILE_BYTES // 2**20)
    return path.read_bytes()


def _scored(answers: dict[str, dict[str, Any]], golds: Path, *, verbose: bool) -> str:
    from lianti.contexts.intake.domain import scoring

    labelled = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(golds.glob("*.json"))}
    asked = {name: gold for name, gold in labelled.items() if name in answers}
    said = json.loads(json.dumps(answers, default=str))
    return scoring.table(scoring.score(said, asked), verbose=verbose)
