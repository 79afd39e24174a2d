"""What one institution takes in about another is its own saying until the other confirms it."""

from decimal import Decimal

import pytest

from lianti.contexts.network import queries, services
from lianti.contexts.network.tests.conftest import AT, Cast
from lianti.kernel import scope
from lianti.kernel.models import OutboxTask
from lianti.lib.actor import Actor
from lianti.lib.errors import NotAllowed, NotFound
from lianti.lib.roles import Role


def said(net: Cast, by: Actor, **about: int) -> str:
    paper = services.DocumentDraft(title="工作简报", kind="report")
    source = services.adopt_source(actor=by, at=AT, code="said", document=paper)
    draft = services.FigureDraft(label="院内死亡（例）", value=Decimal(99), **about)
    return services.adopt_figure(actor=by, at=AT, figure=draft, source_id=source.pk).public_id


def shown(net: Cast, house: str, role: Role = Role.OFFICE) -> list[str]:
    reader = net.actor(getattr(net, house), role)
    return [one.public_id for one in queries.figures_of(reader, institution_id=net.county.pk)]


def test_v15_what_is_said_of_another_house_is_seen_by_the_sayer_alone(net: Cast) -> None:
    figure = said(net, net.actor(net.city), institution_id=net.county.pk)
    assert shown(net, "city") == [figure]
    assert shown(net, "county") == [figure], "whom it is about sees it, to confirm it"
    for house in ("stranger", "authority"):
        assert shown(net, house) == []
        assert shown(net, house, Role.ADMINISTRATOR) == []
        with pytest.raises(NotFound):
            queries.figure(net.actor(getattr(net, house)), figure)
    with scope.system():
        (task,) = OutboxTask.objects.filter(payload__text="network.figure.said")
    assert task.payload["tenant"] == net.county.pk


def test_v15_only_whom_it_is_about_confirms_it(net: Cast) -> None:
    figure = said(net, net.actor(net.city), institution_id=net.county.pk)
    given = {"at": AT, "key": None, "figure_id": figure}
    with pytest.raises(NotFound):
        services.confirm_figure(actor=net.actor(net.stranger), **given)
    for actor in (net.actor(net.city), net.actor(net.county, Role.CLINICIAN)):
        with pytest.raises(NotAllowed):
            services.confirm_figure(actor=actor, **given)
    services.confirm_figure(actor=net.actor(net.county, Role.COORDINATOR), **given)
    assert shown(net, "stranger") == [figure]
    with pytest.raises(NotFound):
        services.confirm_figure(actor=net.actor(net.county), **given)


def test_v15_what_a_house_says_of_itself_and_what_a_source_says_is_seen_by_all(net: Cast) -> None:
    own = said(net, net.actor(net.county), institution_id=net.county.pk)
    with scope.system():
        loaded = said(net, net.system, institution_id=net.county.pk)
    assert shown(net, "stranger") == [own, loaded]


def test_v15_nobody_changes_or_drops_what_others_say(net: Cast) -> None:
    figure = said(net, net.actor(net.city), institution_id=net.county.pk)
    for other in (net.actor(net.stranger), net.actor(net.county)):
        with pytest.raises(NotAllowed):
            services.edit_figure(actor=other, at=AT, figure_id=figure, fields={"value": Decimal(1)})
        with pytest.raises(NotAllowed):
            services.drop_figure(actor=other, at=AT, figure_id=figure)
    services.drop_figure(actor=net.actor(net.city), at=AT, figure_id=figure)
    assert shown(net, "city") == []
