"""The pages of docs/ that are made from the tables the engine itself asks: states and permissions."""

from collections.abc import Iterator
from importlib import import_module

from django.conf import settings
from django.utils import translation

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
