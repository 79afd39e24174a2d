"""Write a new room: a context with one record, whole but plain, to be filled with what its law says.

What it writes works at once: list, page, form, panel, walls, words in both languages, a row in the permission
matrix. What it cannot know stands as tests that fail until they are replaced (tests/test_filled.py of the room).
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Template

from lianti.config.env import CHECKOUT

ROOM = Path(__file__).resolve().parent / "new_room"
NAME = re.compile(r"[a-z][a-z]{2,19}")
COPIED = ("src", "tests", "docs", "bench", "examples", "pyproject.toml", "conftest.py", "package.json", "README.md")
UNCOPIED = shutil.ignore_patterns(".git", "__pycache__", "*.pyc", "data", "node_modules", ".mypy_cache")
# Where the tree lists its rooms: file, the line before which (or in which) the new one is said, and what is said.
PLACES = (
    ("src/lianti/config/settings.py", '    "lianti.journeys",\n', '    "lianti.contexts.$context",\n'),
    ("src/lianti/config/urls.py", '    "lianti.portal": "",\n', '    "lianti.contexts.$context": "$context/",\n'),
    ("pyproject.toml", '"intake", "needs", "agreements"', '"$context", '),
    ("tests/architecture/test_cut.py", '"intake", "needs", "agreements"', '"$context", '),
    ("tests/permissions/bodies.py", "def draft(world", "def $context(world: World) -> Body:\n"
     "    relation, party = world.cast.relation.public_id, world.cast.supporting.institution.public_id\n"
     '    return {"address": f"{relation}-{party}", "text": "请协助"}\n\n\n'),
    ("tests/permissions/things.py", "from lianti.contexts.network.models import",
     "from lianti.contexts.$context.tests.builders import a_$record\n"),
    ("tests/permissions/things.py", '    "need": lambda w:',
     '    "$record": lambda w: a_$record(w.cast, text=f"请协助，{SECRET}").public_id,\n'),
    ("tests/permissions/expected.py", "EXPECTED: dict[str, Row] = {\n", ""),
    ("tests/permissions/expected.py", "**INTAKE\n}", "**$CONTEXT, "),
)  # fmt: skip
MATRIX = """$CONTEXT = {
    **of_list(
        "$context:list", bulk=refused_elsewhere(OFFICE | {Role.LEADER}, NONE, body=bodies.bulk("accept", "$record"))
    ),
    "GET $context:new": page(),
    "POST $context:new": Row(
        _houses(NONE, SPEAKERS, NONE, NONE),
        body=bodies.$context,
        done=SENT,
        otherwise={"supporting": 422, "authority": 422, "stranger": 422},
    ),
    **of_record(
        "$context:$record",
        {"public_id": "$record"},
        "$context:move",
        between(
            {"public_id": "$record", "name": "=accept"}, OFFICE | {Role.LEADER}, NONE, body=bodies.reason, done=SENT
        ),
    ),
}

"""


class CannotWrite(Exception):
    """Why nothing was written, with the mend."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Take the names of the room and of its record."""
    parser.add_argument("context", metavar="CONTEXT", help="the room, a plural: visits")
    parser.add_argument("record", metavar="RECORD", help="its record, a singular: visit")
    parser.add_argument("--chinese", metavar="WORD", default="", help="the record's word in Chinese: 巡诊")
    parser.add_argument("--into", metavar="FOLDER", type=Path, help="write into a copy of the tree, made there")


def run(options: argparse.Namespace) -> int:
    """Write the room and say what is left to do; 1 with a sentence when it cannot be."""
    try:
        root = write(options.context, options.record, chinese=options.chinese or options.record, into=options.into)
    except CannotWrite as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Written: {root / 'src/lianti/contexts' / options.context}")
    print("Next: docs/where-to-change.md, 'A new record'; then ./lianti messages, docs, fix, test.")
    return 0


def write(context: str, record: str, *, chinese: str, into: Path | None = None) -> Path:
    """Write the room into this tree, or into a copy of it, and return that tree's folder. Raises CannotWrite."""
    if not NAME.fullmatch(context) or not NAME.fullmatch(record) or context == record:
        raise CannotWrite("CONTEXT and RECORD are two English words in small letters: visits visit")
    if (CHECKOUT / "src/lianti/contexts" / context).exists():
        raise CannotWrite(f"There is a room {context} already.")
    root = CHECKOUT if into is None else copied(into)
    words = {
        "context": context, "Context": context.capitalize(), "CONTEXT": context.upper(), "zh": chinese,
        "record": record, "Record": record.capitalize(), "RECORD": record.upper(), "SERIES": record[:4].upper(),
    }  # fmt: skip
    room = root / "src/lianti/contexts" / context
    for path in sorted(ROOM.rglob("*.py.txt")):
        target = room / path.relative_to(ROOM).with_suffix("")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(path.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
    for folder in (room, room / "tests", room / "migrations"):
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
    catalogue = room / "locale/zh_Hans/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("\n".join(messages(words)), encoding="utf-8")
    _say_where(root, words)
    _finish(root, context)
    return root


def copied(into: Path) -> Path:
    """Copy what is needed of this tree into a folder that is not there yet, and return it."""
    if into.exists() and any(into.iterdir()):
        raise CannotWrite(f"{into} is not empty.")
    into.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, into / name, ignore=UNCOPIED)
        elif source.exists():
            shutil.copy(source, into / name)
    return into


def messages(words: dict[str, str]) -> Iterator[str]:
    """Yield the lines of the room's Chinese catalogue."""
    yield 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: zh_Hans\\n"'
    yield '"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    for line in (ROOM / "chinese.txt").read_text(encoding="utf-8").splitlines():
        said, chinese = Template(line).substitute(words).split(" => ")
        context, _bar, text = said.rpartition("|")
        yield f'msgctxt "{context}"' if context else f"#: contexts/{words['context']}"
        yield f'msgid "{text}"\nmsgstr "{chinese}"\n'


def _say_where(root: Path, words: dict[str, str]) -> None:
    for name, mark, said in PLACES:
        path = root / name
        text = path.read_text(encoding="utf-8")
        if mark not in text:
            raise CannotWrite(f"{name} has no line {mark!r} any more: mend PLACES in {__file__}")
        new = Template(said or MATRIX).substitute(words)
        path.write_text(text.replace(mark, new + mark, 1), encoding="utf-8")


def _finish(root: Path, context: str) -> None:
    """Lay the lines out as the style tool does, and make the first migration."""
    surroundings = {**os.environ, "PYTHONPATH": str(root / "src"), "DJANGO_SETTINGS_MODULE": "lianti.config.settings"}
    surroundings["PYTHONWARNINGS"] = "ignore::RuntimeWarning"  # that there is no database yet
    python = [sys.executable, "-P", "-m"]
    said_in = {str(root / name) for name, _mark, _said in PLACES if name.endswith(".py")}
    changed = [str(root / "src/lianti/contexts" / context), *said_in]
    for command in (
        [*python, "ruff", "format", "--quiet", *changed],
        [*python, "ruff", "check", "--quiet", "--fix-only", *changed],
        [*python, "django", "makemigrations", context, "--verbosity", "0"],
    ):
        subprocess.run(command, cwd=root, env=surroundings, check=True)
