"""Write the generated pages of docs/: settings, and what the contexts register (states, permissions)."""

import argparse
import importlib
from collections.abc import Iterator
from pathlib import Path

from lianti.cli import start
from lianti.config import env

DOCS = env.CHECKOUT / "docs"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer --check."""
    parser.add_argument("--check", action="store_true", help="only tell what is out of date; 1 when anything is")


def run(options: argparse.Namespace) -> int:
    """Write the pages that changed; with --check only name them."""
    start.django()
    changed = [path for path, text in pages() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if options.check:
        for path in changed:
            print(f"{path.relative_to(env.CHECKOUT)} is out of date; run: ./lianti docs")
        return 1 if changed else 0
    for path, text in pages():
        if path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(env.CHECKOUT)}")
    return 0


def pages() -> Iterator[tuple[Path, str]]:
    """Yield path and text of every generated page; the kernel describes workflows and permissions."""
    yield DOCS / "settings.md", settings()
    try:
        described = importlib.import_module("lianti.config.described")
    except ModuleNotFoundError:
        return
    for name, text in described.pages():
        yield DOCS / name, text


def settings() -> str:
    """Return docs/settings.md, written from the table."""
    lines = [
        "# Settings",
        "",
        "Generated from `src/lianti/config/env.py` by `./lianti docs`; change it there.",
        "All settings are environment variables. A wrong or unknown one stops the start with the reason.",
        "Those marked * may also be given as `NAME_FILE`, the path of a file that holds the value.",
        "",
        "| name | what it is for | value | when absent |",
        "|---|---|---|---|",
    ]
    for setting in env.TABLE:
        star = " *" if setting.secret else ""
        lines.append(f"| `{setting.name}`{star} | {setting.says} | {setting.values} | {setting.absent} |")
    lines += ["", "## For the runner and the tests", "", "| name | what it is for |", "|---|---|"]
    lines += [f"| `{name}` | {says} |" for name, says in env.OTHERS.items()]
    return "\n".join(lines) + "\n"
