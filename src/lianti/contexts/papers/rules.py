"""Who issues papers and brings templates, who sees them; the walls, and the one gate by which a code is looked up."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.papers.models import IssuedPaper, IssuedPaperTransition, Template, TemplateTransition
from lianti.kernel import audience, personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import Columns, Level, Personal
from lianti.lib.actor import Actor
from lianti.lib.roles import DESK, EVERYONE, Role

PAPER, TEMPLATE = "papers.paper", "papers.template"
ISSUERS = frozenset({*DESK, Role.HEALTH_AUTHORITY})
BRINGERS = frozenset({*DESK, Role.ADMINISTRATOR, Role.HEALTH_AUTHORITY})


def paper_sides(row: IssuedPaper) -> Mapping[str, set[int]]:
    """Return who issued a paper."""
    return {"issuer": {row.issuer_id}}


def template_sides(row: Template) -> Mapping[str, set[int]]:
    """Return whose template it is."""
    return {"holder": {row.holder_id}}


def _papers(actor: Actor) -> Q:
    return audience.visible(PAPER, actor)


def _templates(actor: Actor) -> Q:
    return audience.visible(TEMPLATE, actor)


PAPERS = Table(
    name=PAPER,
    rules={
        "papers.issue": Rule(
            ISSUERS, ("issuer",), _("The office or a coordinator of the issuing institution issue and withdraw papers.")
        ),
        "papers.hand_out": Rule(
            frozenset(EVERYONE), ("issuer",), _("Whoever may make the record of which a paper tells has the paper too.")
        ),
    },
    sides=paper_sides,
    visible=_papers,
)
TEMPLATES = Table(
    name=TEMPLATE,
    rules={
        "papers.template": Rule(
            BRINGERS, ("holder",), _("Office, coordinator and administrator bring their institution's templates.")
        )
    },
    sides=template_sides,
    visible=_templates,
)

# By its exact key alone, which the function below names for the moment of one statement.
_BY_CODE = "{t}.code_hash = current_setting('lianti.paper', true)"
_PAPER = walls.record(
    IssuedPaper, PAPER, read=walls.either(walls.shared(PAPER), _BY_CODE), change=walls.sides("issuer_id")
)
_TEMPLATE = walls.record(
    Template,
    TEMPLATE,
    read=walls.EVERYONE,
    change=walls.sides("holder_id"),
    why="Whoever is given a paper draws it by its issuer's template; it holds placeholders, nothing of people.",
)
WALLS: walls.Walls = (
    _PAPER,
    walls.story(IssuedPaperTransition, _PAPER),
    _TEMPLATE,
    walls.story(TemplateTransition, _TEMPLATE),
)
# Of a paper whose code somebody types it tells what the page shows, and of no other paper anything.
FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION lianti_paper(secret text)
    RETURNS TABLE (state text, shown jsonb, issued_on date, ended_on date) LANGUAGE plpgsql AS $f$ BEGIN
        PERFORM set_config('lianti.paper', secret, true);
        RETURN QUERY SELECT p.state::text, p.shown, p.issued_on, p.ended_on FROM papers_issuedpaper p
            WHERE p.code_hash = secret;
        PERFORM set_config('lianti.paper', '', true);
    END $f$""",
)

_ISSUED = Personal(
    Level.WORK,
    "prove service to whom it is shown",
    "as long as its record",
    "the paper is withdrawn; what was issued stays with those who have it",
)
PERSONAL: personal.Declared = (
    Columns(
        _PAPER.table,
        "number paper title subject_kind subject_id digest code code_hash",
        {"content": _ISSUED, "shown": _ISSUED},
    ),
    Columns(_TEMPLATE.table, "paper title"),
)
