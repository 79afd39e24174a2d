"""What an institution knows when it reads a document: the registry, and what its corrections taught."""

from __future__ import annotations

from collections import defaultdict

from lianti.contexts.intake.domain.known import Known, KnownInstitution
from lianti.contexts.intake.models import Remembered
from lianti.contexts.intake.states import Word
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor


def known(actor: Actor) -> Known:
    """Return the registry with every name, remembered ones included, for the extractor of the actor's institution."""
    rows = list(Remembered.objects.filter(tenant_id=actor.tenant_id).order_by("pk"))
    aliases: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.kind == Word.ALIAS and row.institution_id is not None:
            aliases[row.institution_id].append(row.written)
    ourselves = ourselves_of(actor.tenant_id)
    everybody = network.every_name()
    return Known(
        institutions=tuple(
            KnownInstitution(
                reference=one.institution.public_id,
                name=one.institution.name,
                aliases=tuple(dict.fromkeys((*one.names[1:], *aliases[one.institution.id]))),
                region=one.institution.region,
            )
            for one in everybody
        ),
        ourselves=next((one.institution.name for one in everybody if one.institution.id == ourselves), ""),
        titles=tuple((row.written, row.meant) for row in rows if row.kind == Word.TITLE),
    )


def ourselves_of(tenant_id: int) -> int | None:
    """Return the institution that 我院 means in the documents of one that took them in; None when nobody has said."""
    rows = Remembered.objects.filter(tenant_id=tenant_id, kind=Word.OURSELVES)
    return rows.values_list("institution", flat=True).first()
