"""Documents filled by placeholders: what a template may say, and how much. Hostile ones are refused, not survived.

A template may name what its kind of paper has, go through its tables and ask whether something is there. It may not
call, reckon, import, reach into objects or nest loops: so what it makes is bounded by what it is given, and nothing
of the program is within its reach. The sandbox stands behind that once more.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lianti.contexts.papers.domain.kinds import Content, PaperKind

MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 2 * 2**20, 16 * 2**20, 300
FILTERS = frozenset({"default", "upper", "length", "join", "first", "last"})
TESTS = frozenset({"defined"})
# What may stand in a template: text, names, one table at a time, conditions on them.
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Const,
    nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Filter, nodes.Test, nodes.CondExpr,
)  # fmt: skip
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RUNS = re.compile(r"vbaProject|vbaData|activeX|embeddings/|oleObject|attachedToolbars|altChunk|\.bin$", re.IGNORECASE)


class Unfillable(ValueError):
    """A template that cannot be used: `why` is a key of the words for it, `what` names the placeholder or part."""

    def __init__(self, why: str, what: str = "") -> None:
        self.why, self.what = why, what
        super().__init__(f"{why}: {what}")


@dataclass
class _Names:
    """What a template may say at one place of it."""

    plain: frozenset[str]
    tables: dict[str, frozenset[str]]
    lines: dict[str, frozenset[str]] = field(default_factory=dict)  # the names of loops, and the columns behind them


class Filling(ImmutableSandboxedEnvironment):
    """The sandbox in which the parts of a document are filled; each part is looked at before it is compiled."""

    def __init__(self, kind: PaperKind) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()
        self.names = _Names(
            frozenset(one.code for one in kind.placeholders),
            {rows.code: frozenset(column.code for column in rows.columns) for rows in kind.rows},
        )

    def from_string(self, source: Any, *more: Any, **named: Any) -> Any:
        """Compile a part that says nothing but what it may. Raises Unfillable."""
        try:
            tree = self.parse(source)
        except TemplateSyntaxError as error:
            raise Unfillable("syntax", _near(str(source), error)) from error
        _look(tree, self.names)
        return super().from_string(source, *more, **named)


def fill(document: bytes, kind: PaperKind, content: Content) -> bytes:
    """Return the document with each placeholder filled. Raises Unfillable."""
    from docxtpl import DocxTemplate  # takes its time to load; only who draws a paper needs it

    look_inside(document)
    template, made = DocxTemplate(io.BytesIO(document)), io.BytesIO()
    try:
        template.render(dict(content), Filling(kind), autoescape=True)
        template.save(made)
    except Unfillable:
        raise
    except UndefinedError as error:
        raise Unfillable("unknown", str(error.message)[:80]) from error
    except Exception as error:  # whatever a damaged document makes of the library
        raise Unfillable("broken") from error
    return made.getvalue()


def look_inside(document: bytes) -> None:
    """Refuse what is too large once unpacked, runs something, or reaches outside. Raises Unfillable."""
    if len(document) > MOST_BYTES:
        raise Unfillable("large")
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            _look_at_parts(archive)
    except Unfillable:
        raise
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unfillable("broken") from error


def _look_at_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unfillable("large")
    if "word/document.xml" not in archive.namelist():
        raise Unfillable("broken")
    for part in parts:
        if _RUNS.search(part.filename):
            raise Unfillable("runs", part.filename)
        if part.filename.lower().endswith((".xml", ".rels")):
            _look_at_part(part.filename, archive.read(part))


def _look_at_part(name: str, content: bytes) -> None:
    if b"\0" in content[:4]:  # UTF-16 would hide from what is looked for
        raise Unfillable("broken", name)
    if _OUTSIDE.search(content):
        raise Unfillable("outside", name)
    if _DECLARED.search(content):
        raise Unfillable("broken", name)


def _look(node: nodes.Node, names: _Names) -> None:
    """Refuse what a template may not say, here and below. Raises Unfillable with the name of the placeholder."""
    if not isinstance(node, ALLOWED):
        raise Unfillable("forbidden", type(node).__name__)
    if isinstance(node, nodes.Getattr):
        _look_at_column(node, names)
        return
    if isinstance(node, nodes.For):
        _look_at_loop(node, names)
        return
    if isinstance(node, nodes.Name) and node.name not in names.plain | names.tables.keys():
        raise Unfillable("unknown", node.name)
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        raise Unfillable("forbidden", node.name)
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        raise Unfillable("forbidden", node.name)
    for child in node.iter_child_nodes():
        _look(child, names)


def _look_at_column(node: nodes.Getattr, names: _Names) -> None:
    base = node.node
    said = f"{base.name}.{node.attr}" if isinstance(base, nodes.Name) else node.attr
    if not isinstance(base, nodes.Name) or base.name not in names.lines:
        # The number of a line is the one thing that a loop says of itself.
        if isinstance(base, nodes.Name) and base.name == "loop" and node.attr == "index" and names.lines:
            return
        raise Unfillable("unknown", said)
    if node.attr not in names.lines[base.name]:
        raise Unfillable("unknown", said)


def _look_at_loop(node: nodes.For, names: _Names) -> None:
    table = node.iter
    if names.lines or node.recursive or node.test is not None:
        raise Unfillable("forbidden", "for … for")
    if not isinstance(table, nodes.Name) or not isinstance(node.target, nodes.Name):
        raise Unfillable("forbidden", "for")
    if table.name not in names.tables:
        raise Unfillable("unknown", table.name)
    inside = _Names(names.plain, names.tables, {node.target.name: names.tables[table.name]})
    for child in (*node.body, *node.else_):
        _look(child, inside)


def _near(source: str, error: TemplateSyntaxError) -> str:
    """Return what stands where the template cannot be read, without its marks."""
    lines = source.splitlines()
    line = lines[min(error.lineno, len(lines)) - 1] if lines else ""
    said = next(iter(re.findall(r"\{[{%].{0,60}", re.sub(r"<[^>]*>", "", line))), "")
    return f"{said} ({error.message})"[:120]


def placeholders_in(document: bytes) -> Iterator[str]:
    """Yield the marks that stand in the body of a document, for a page that lists them."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        text = re.sub(r"<[^>]*>", "", archive.read("word/document.xml").decode("utf-8", "replace"))
    yield from re.findall(r"\{\{\s*([\w.]+)\s*\}\}", text)
