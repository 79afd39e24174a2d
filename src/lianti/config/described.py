"""The pages of docs/ that are made from the tables the engine itself asks: states and permissions."""

from collections.abc import Iterator
from importlib import import_module

from django.conf import settings
from django.utils import translation

from lianti.kernel import personal, walls
from lianti.kernel.workflow import engine
from lianti.kernel.workflow.spec import SAME, Workflow
from lianti.lib.roles import Role

NOTE = "<!-- Made by `./lianti docs` from the code; a test holds it true. -->\n"


def flows() -> dict[str, engine.Flow]:
    """Return all workflows by kind, every context's services having been imported."""
    for app in settings.INSTALLED_APPS:
        if app.startswith("lianti.contexts."):
            import_module(f"{app}.services")
    return dict(sorted(engine.FLOWS.items()))


def pages() -> Iterator[tuple[str, str]]:
    """Yield name and text of every generated page, in English."""
    with translation.override("en"):
        for kind, flow in flows().items():
            yield f"states/{kind}.md", _states(flow.spec)
        yield "permissions.md", _permissions()
        yield "data-protection.md", _data_protection()


def _states(spec: Workflow) -> str:
    lines = [
        NOTE,
        f"# {spec.name}\n",
        "```mermaid",
        spec.mermaid(),
        "```\n",
        "| move | from | to | asks for | permission |",
    ]
    lines.append("|---|---|---|---|---|")
    for t in spec.transitions:
        sources = ", ".join(sorted(s or "(new)" for s in t.sources))
        target = "(unchanged)" if t.target == SAME else str(t.target)
        lines.append(f"| {t.name} | {sources} | {target} | {', '.join(t.required) or '–'} | {t.action} |")
    return "\n".join(lines) + "\n"


def _permissions() -> str:
    lines = [NOTE, "# Who may do what\n"]
    lines.append(
        "An action needs a role *and* that the institution acted for stands on one of the sides of the record."
    )
    lines.append("When a move is possible at all stands in [states/](states/).\n")
    for kind, flow in flows().items():
        lines += [f"## {kind}\n", "| action | roles | for an institution that is | in words |", "|---|---|---|---|"]
        for action, rule in sorted(flow.table.rules.items()):
            roles = ", ".join(r for r in Role if r in rule.roles)
            lines.append(f"| {action} | {roles} | {', '.join(rule.sides) or 'any'} | {rule.says} |")
        lines.append("")
    return "\n".join(lines)


def _data_protection() -> str:
    """Return which columns are about people, and who reads each table on PostgreSQL."""
    lines = [
        NOTE,
        "# Data about people\n",
        "Every text column that is about people, from `PERSONAL` in each room's `rules.py`; what is not listed says",
        "nothing of people, by the same declaration. It says what erasing and keeping have to do. What is done by a",
        "move today: a person is hidden (`network.hide_person`), a file's bytes are erased (`evidence.erase`); the",
        "rest an operator overwrites by hand. What a phone keeps, and how long: [offline.md](offline.md). What a",
        "calendar has fetched by a feed's address (`dispatch_feed`) stays in that calendar.\n",
        "Levels: " + "; ".join(f"{level.value} {level.name.lower()}" for level in personal.Level) + ".\n",
        "| column | level | what for | kept | erased |",
        "|---|---|---|---|---|",
    ]
    for said in sorted(personal.declared(), key=lambda said: said.table):
        lines += [_personal(f"{said.table}.{name}", column) for name, column in sorted(said.personal.items())]
    lines += [_personal(f"(every story).{name}", column) for name, column in sorted(personal.OF_STORIES.items())]
    lines += ["", *_open_tables()]
    return "\n".join(lines) + "\n"


def _personal(name: str, column: personal.Personal) -> str:
    return f"| {name} | {column.level.value} | {column.purpose} | {column.keep} | {column.erase} |"


def _open_tables() -> list[str]:
    """Return the tables whose rows everyone who is served a page might read, each with its reason."""
    lines = ["## Tables that the wall does not hide\n", "| table | web role may | why |", "|---|---|---|"]
    for wall in sorted(walls.declared(), key=lambda wall: wall.table):
        verbs = [verb for verb in walls.VERBS if verb in wall.verbs]
        if reason := wall.why if isinstance(wall, walls.Wall) else wall.reason:
            limited = " (only `read` every row)" if isinstance(wall, walls.Wall) else ""
            limited = f" (not {wall.hidden})" if getattr(wall, "hidden", "") else limited
            lines.append(f"| {wall.table} | {', '.join(verbs) or 'nothing'}{limited} | {reason} |")
    return lines
