"""Catalogues of words: find the message ids in code and templates, add new ones, compile, say what is missing.

`python -m lianti.lib.web.messages update | missing | compile`. No gettext tools needed: Babel does it.
A message id lives in the catalogue of its app, or of the lowest app that already has it.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
LOCALE = "zh_Hans"
PO = Path("locale") / LOCALE / "LC_MESSAGES" / "django.po"
ORDER = ("lib/web", "kernel", "records", "contexts", "portal")  # a lower app's catalogue is asked first
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Language: zh_Hans\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
)

_SINGLE = ("gettext", "gettext_lazy", "gettext_noop", "_")
_PLURAL = ("ngettext", "ngettext_lazy")
_CONTEXT = ("pgettext", "pgettext_lazy")
_CONTEXT_PLURAL = ("npgettext", "npgettext_lazy")
_FUNCTIONS = (*_SINGLE, *_PLURAL, *_CONTEXT, *_CONTEXT_PLURAL)
_HOLE = re.compile(r"%\((\w+)\)[a-z]|%%|%[sdr]|\{\w*\}")
_WIDTHS = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_NARROW = re.compile(
    "(?<=[\u3400-\u9fff\u201d])[,;:?!]|[,;:?!](?=[\u3400-\u9fff\u201c])"
    "|[(](?=[^)]*[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[)]"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")

Id = tuple[str, str | None, str | None]  # singular, plural, context


@dataclass
class Found:
    """A message id in the code, and where it stands."""

    id: Id
    app: Path
    places: list[str] = field(default_factory=list)


def apps(root: Path = ROOT) -> list[Path]:
    """Return the folders of all apps, the lower ones first."""

    def height(app: Path) -> tuple[int, str]:
        where = app.relative_to(root).as_posix()
        return next((i for i, part in enumerate(ORDER) if where.startswith(part)), len(ORDER)), where

    return sorted((path.parent for path in root.rglob("apps.py")), key=height)


def used(root: Path = ROOT) -> dict[tuple[str, str | None], Found]:
    """Return every message id in the code and templates, by singular and context."""
    known = apps(root)
    found: dict[tuple[str, str | None], Found] = {}
    for path in _sources(root):
        home = next((app for app in sorted(known, key=lambda a: -len(a.parts)) if app in path.parents), root / "portal")
        for line, identity in _messages(path):
            entry = found.setdefault((identity[0], identity[2]), Found(identity, home))
            entry.places.append(f"{path.relative_to(root).as_posix()}:{line}")
            if known.index(home) < known.index(entry.app):
                entry.app = home
            if identity[1] and not entry.id[1]:
                entry.id = identity
    return found


def _sources(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        inside = path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in parts)
        if inside and path.is_file() and not {"tests", "migrations", "static"} & set(parts):
            yield path


def _messages(path: Path) -> Iterator[tuple[int, Id]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Indentation means nothing in a template but would upset a reader of Python.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).split("\n"))
    for line, function, said, _comments in extract_python(
        io.BytesIO(text.encode()), dict.fromkeys(_FUNCTIONS), [], {"encoding": "utf-8"}
    ):
        identity = _identity(str(function), list(said) if isinstance(said, list | tuple) else [said])
        if identity is not None and identity[0]:
            yield line, identity


def _identity(function: str, said: list[Any]) -> Id | None:
    texts = [one if isinstance(one, str) else None for one in said] + [None, None, None]
    if function in _CONTEXT:
        context, one, many = texts[0], texts[1], None
    elif function in _CONTEXT_PLURAL:
        context, one, many = texts[0], texts[1], texts[2]
    else:
        context, one, many = None, texts[0], texts[1] if function in _PLURAL else None
    return None if one is None else (one, many, context)


def catalogues(root: Path = ROOT) -> dict[Path, Catalog]:
    """Return the Chinese catalogue of every app that has one."""
    read = {}
    for app in apps(root):
        if (app / PO).exists():
            with (app / PO).open("rb") as file:
                read[app] = read_po(file, locale=LOCALE, abort_invalid=True)
    return read


def _entries(catalog: Catalog) -> Iterator[tuple[tuple[str, str | None], Message]]:
    for message in catalog:
        if message.id:
            yield ((message.id if isinstance(message.id, str) else message.id[0], message.context), message)


def update(root: Path = ROOT) -> dict[Path, int]:
    """Add to each app's catalogue the ids that no catalogue has yet; return how many were added where."""
    have = {key for catalog in catalogues(root).values() for key, _message in _entries(catalog)}
    added: dict[Path, list[Found]] = {}
    for key, found in used(root).items():
        if key not in have:
            added.setdefault(found.app, []).append(found)
    for app, entries in added.items():
        target = app / PO
        target.parent.mkdir(parents=True, exist_ok=True)
        text = target.read_text(encoding="utf-8") if target.exists() else HEADER
        target.write_text(text.rstrip("\n") + "\n\n" + "\n".join(_entry(one) for one in entries), encoding="utf-8")
    return {app: len(entries) for app, entries in added.items()}


def tidy(root: Path = ROOT) -> list[Path]:
    """Give the Chinese texts Chinese punctuation (，；：？！（）); return the catalogues that changed."""
    changed = []
    for path in sorted(root.rglob(PO.as_posix())):
        text = path.read_text(encoding="utf-8")
        better = "\n".join(_wide(line) if line.startswith(("msgstr", '"')) else line for line in text.split("\n"))
        if better != text:
            path.write_text(better, encoding="utf-8")
            changed.append(path)
    return changed


def _wide(text: str) -> str:
    return _NARROW.sub(lambda mark: _WIDTHS[mark.group(0)], text)


def _entry(found: Found) -> str:
    one, many, context = found.id
    lines = [f"#: {found.places[0].rsplit(':', 1)[0]}"]
    if context:
        lines.append(f"msgctxt {_quoted(context)}")
    lines.append(f"msgid {_quoted(one)}")
    lines += [f"msgid_plural {_quoted(many)}", 'msgstr[0] ""'] if many else ['msgstr ""']
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


def compile_all(root: Path = ROOT) -> list[Path]:
    """Write the .mo file beside every .po file that is newer; return those written."""
    written = []
    for app, catalog in catalogues(root).items():
        target = (app / PO).with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < (app / PO).stat().st_mtime:
            whole = io.BytesIO()
            write_mo(whole, catalog)
            target.write_bytes(whole.getvalue())
            written.append(target)
    return written


def missing(root: Path = ROOT) -> list[str]:
    """Return one line for each fault: no Chinese, fuzzy, other placeholders, two texts for one id, Chinese in an id."""
    wanted = used(root)
    said: dict[tuple[str, str | None], set[str]] = {}
    faults = []
    for app, catalog in catalogues(root).items():
        for key, message in _entries(catalog):
            faults += [f"{app.relative_to(root).as_posix()}: {fault}: {key[0]!r}" for fault in _faults(message)]
            if all(_texts(message)):
                said.setdefault(key, set()).add("\n".join(_texts(message)))
    for key, found in wanted.items():
        texts = said.get(key, set())
        if _CHINESE.search(key[0]):
            faults.append(f"{found.places[0]}: Chinese in a message id: {key[0]!r}")
        if len(texts) != 1:
            what = f"two Chinese texts ({' / '.join(sorted(texts))})" if texts else "no Chinese"
            faults.append(f"{found.places[0]}: {what} for {key[0]!r}")
    return faults + _bare_chinese(root)


def _faults(message: Message) -> list[str]:
    texts = _texts(message)
    fuzzy = ["fuzzy"] if message.fuzzy else []
    narrow = ["half-width punctuation in the Chinese (mended by update)"] if any(_wide(t) != t for t in texts) else []
    return fuzzy + narrow + ["other placeholders" for text in texts if text and not _agree(message, text)]


def _texts(message: Message) -> list[str]:
    given: Any = message.string
    return [given] if isinstance(given, str) else list(given or [""])


def _agree(message: Message, text: str) -> bool:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    # A Chinese text serves every number, so it may leave out no hole that the English plural has.
    return set(_holes(text)) == set(_holes(ids[-1]))


def _holes(text: str) -> list[str]:
    return [hole.group(0) for hole in _HOLE.finditer(text) if hole.group(0) != "%%"]


def _bare_chinese(root: Path) -> list[str]:
    """Chinese in a template is a text that English readers would see; only what is marked as Chinese may stand."""
    return [
        f"{path.relative_to(root).as_posix()}:{number}: Chinese in a template"
        for path in sorted(root.rglob("templates/**/*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _CHINESE.search(line) and 'lang="zh-Hans"' not in line and "tests" not in path.parts
    ]


def main(arguments: list[str]) -> int:
    """Run one of the three verbs from the command line."""
    verb = arguments[0] if arguments else ""
    lines, code = [__doc__ or ""], 2
    if verb == "update":
        lines, code = [f"{app.relative_to(ROOT).as_posix()}: {count} added" for app, count in update().items()], 0
        lines += [f"{path.relative_to(ROOT).as_posix()}: punctuation mended" for path in tidy()]
    elif verb == "compile":
        lines, code = [f"{len(compile_all())} catalogues compiled"], 0
    elif verb == "missing":
        faults = missing()
        lines, code = faults or ["every message has its Chinese"], int(bool(faults))
    sys.stdout.write("\n".join([*lines, ""]))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
