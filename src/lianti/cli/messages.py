"""Gather the marked texts into each app's Chinese catalogue and compile the catalogues, by Babel alone.

An id is plain English, so English needs no catalogue. A text may be translated in any app's catalogue; what
none has is added, empty, to the catalogue of the app that uses it.
"""

import argparse
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lianti.config.env import CHECKOUT

PACKAGE = CHECKOUT / "src" / "lianti"
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%\((\w+)\)[sd]")
Key = tuple[str, str]  # context and id


@dataclass(frozen=True)
class Text:
    """One marked text: its id, the plural id if there is one, its context, and where it stands."""

    id: str
    plural: str
    context: str
    where: str

    @property
    def key(self) -> Key:
        return (self.context, self.id)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer --compile and --check."""
    parser.add_argument("--compile", action="store_true", help="only compile what changed")
    parser.add_argument("--check", action="store_true", help="only tell what is missing or wrong; 1 when anything is")


def run(options: argparse.Namespace) -> int:
    """Gather, compile and count; with --check change nothing."""
    if options.compile:
        compile_changed()
        return 0
    if options.check:
        found = problems()
        print("\n".join(found) or "The Chinese catalogues are complete.")
        return 1 if found else 0
    added = gather()
    compile_changed()
    empty = len([line for line in problems() if "no Chinese" in line])
    print(f"{added} texts added, {empty} still without Chinese.")
    return 0


# Reading the sources -------------------------------------------------------------------------


def owner(path: Path) -> Path:
    """Return the app whose catalogue holds the texts of this file."""
    for folder in path.parents:
        if folder == PACKAGE:
            break
        if (folder / "apps.py").exists() or (folder / "locale").exists():
            return folder
    return PACKAGE / "lib" / "web"


def sources() -> Iterator[Path]:
    """Yield every file that may hold marked texts: code and templates, not tests."""
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]):
        if "tests" not in path.relative_to(PACKAGE).parts:
            yield path


def texts_of(path: Path) -> Iterator[Text]:
    """Yield the marked texts of one file."""
    from babel.messages.extract import extract

    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = _as_code(source, path)
    for line, said, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        ids = said if isinstance(said, tuple) else (said,)
        where = f"{path.relative_to(CHECKOUT)}:{line}"
        yield Text(ids[0], ids[1] if len(ids) > 1 else "", context or "", where)


def _as_code(source: str, path: Path) -> str:
    """Turn a template into something the Python extractor reads; Django's own way for xgettext."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    code = templatize(source, origin=str(path))
    # What stands between the marks is blanked out as letters, which Python's tokenizer may not like; keep the calls.
    call = r"""(?:p?n?gettext|_)\((?:u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|[^()'"])*\)"""
    lines = []
    for number, line in enumerate(code.split("\n"), 1):
        del number
        lines.append(";".join(re.findall(call, line)))
    return "\n".join(lines)


def all_texts() -> dict[Path, dict[Key, Text]]:
    """Return the texts of every app, by key."""
    found: dict[Path, dict[Key, Text]] = {}
    for path in sources():
        for text in texts_of(path):
            found.setdefault(owner(path), {}).setdefault(text.key, text)
    return found


# Catalogues ----------------------------------------------------------------------------------


def catalogues() -> list[Path]:
    """Return every Chinese catalogue of the product."""
    return sorted(PACKAGE.glob("**/locale/zh_Hans/LC_MESSAGES/django.po"))


def read(path: Path):  # type: ignore[no-untyped-def]
    """Return the catalogue at this path, or a new one."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    if not path.exists():
        return Catalog(locale="zh_Hans", project="lianti", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def entries(path: Path) -> Iterator[tuple[Key, tuple[str, ...], str]]:
    """Yield key, translations and plural id of every message of a catalogue."""
    for message in read(path):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple | list) else (message.id, "")
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        yield (message.context or "", ids[0]), tuple(said), ids[1]


def translated() -> set[Key]:
    """Return the keys that have a Chinese text anywhere."""
    return {key for path in catalogues() for key, said, _ in entries(path) if all(said)}


def listed() -> set[Key]:
    """Return the keys that stand in a catalogue, translated or not."""
    return {key for path in catalogues() for key, _, _ in entries(path)}


def gather() -> int:
    """Add what no catalogue has, empty, to the app that uses it; return how many."""
    from babel.messages.pofile import write_po

    have, added = listed(), 0
    for app, texts in sorted(all_texts().items()):
        new = [text for key, text in texts.items() if key not in have]
        if not new:
            continue
        catalogue = read(app / CATALOGUE)
        for text in new:
            have.add(text.key)
            catalogue.add((text.id, text.plural) if text.plural else text.id, context=text.context or None)
        added += len(new)
        (app / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
        with (app / CATALOGUE).open("wb") as file:
            write_po(file, catalogue, width=120, omit_header=False)
    return added


def compile_changed() -> None:
    """Compile the catalogues whose compiled form is missing or older."""
    from babel.messages.mofile import write_mo

    for path in catalogues():
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        fresh = compiled.with_suffix(".new")
        with fresh.open("wb") as file:
            write_mo(file, read(path))
        fresh.replace(compiled)


def problems() -> list[str]:
    """Return one line for each text without Chinese, and each Chinese text with other places than its id."""
    done = translated()
    found = [
        f"{text.where}: no Chinese for “{text.id}”"
        for texts in all_texts().values()
        for key, text in texts.items()
        if key not in done
    ]
    for path in catalogues():
        for (_, id_), said, plural in entries(path):
            places = set(PLACE.findall(id_)) | set(PLACE.findall(plural))
            found += [
                f"{path.relative_to(CHECKOUT)}: “{text}” names other places than “{id_}”"
                for text in said
                if text and set(PLACE.findall(text)) - places
            ]
    return found
