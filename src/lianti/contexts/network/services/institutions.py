"""The directory of institutions: who is entered, renamed, closed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import domain
from lianti.contexts.network.domain import InstitutionDraft
from lianti.contexts.network.models import Institution, InstitutionName
from lianti.contexts.network.rules import INSTITUTION_FLOW
from lianti.contexts.network.states import InstitutionKind, InstitutionState, Level
from lianti.kernel import numbers, ready
from lianti.kernel.models import Tenant
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotAllowed
from lianti.lib.pinyin import initials
from lianti.lib.roles import Role

_LENGTHS = {"code": 40, "name": 200, "short_name": 80, "region": 200}


def create_institution(*, actor: Actor, at: datetime, key: str | None, institution: InstitutionDraft) -> Institution:
    """Enter an institution into the directory. Raises NotAllowed, Invalid, KeyReused."""
    draft = _checked(institution)
    with transaction.atomic(), _one_code():
        record = _new(draft, at)
        made = engine.create(
            INSTITUTION_FLOW, record, name="create_institution", actor=actor, at=at, key=key, body=asdict(institution)
        )
        if made.pk != record.pk:  # the same form sent twice: the first answer holds
            ready.execute("DELETE FROM kernel_tenant WHERE id = %s", [record.pk])  # nothing hangs on it yet
        return made


def adopt_institution(
    *, actor: Actor, at: datetime, key: str | None = None, institution: InstitutionDraft, source: str
) -> Institution:
    """Take in an institution from a source, in its own name. Raises NotAllowed, Invalid."""
    draft = _checked(institution)
    with transaction.atomic(), _one_code():
        record = _new(draft, at)
        own = replace(actor, tenant_id=record.pk)
        return engine.adopt(
            INSTITUTION_FLOW, record, state=InstitutionState.LISTED, actor=own, at=at, key=key, source=source
        )


def edit_institution(
    *, actor: Actor, at: datetime, key: str | None, institution_id: str, fields: Mapping[str, Any], note: str = ""
) -> Institution:
    """Change short name, level or region, never the name; the kind only for the operator's administrator.

    Raises NotFound, NotAllowed, Invalid.
    """
    allowed = {"short_name", "kind", "level", "region"}
    wrong: dict[str, str | Promise] = dict.fromkeys(set(fields) - allowed, _("This cannot be changed here."))
    given = dict(fields)
    if "region" in given:
        given["region"] = domain.region_of(given["region"])
    wrong |= _code_problems(given)
    if wrong:
        raise Invalid(wrong)
    _kind_stays(actor, institution_id, given.get("kind"))
    if "short_name" in given:
        name = Institution.objects.filter(public_id=institution_id).values_list("name", flat=True).first() or ""
        given["initials"] = initials(name, given["short_name"])
    found: Institution = engine.change(
        INSTITUTION_FLOW, institution_id, actor=actor, at=at, key=key, fields=given, name="edit_institution", note=note
    )
    return found


def _kind_stays(actor: Actor, institution_id: str, kind: str | None) -> None:
    """Refuse another kind: it decides which roles there are, so nobody gives it to themselves."""
    if kind is None or actor.role in {Role.ADMINISTRATOR, Role.SYSTEM}:
        return
    if Institution.objects.filter(public_id=institution_id).exclude(kind=kind).exists():
        raise NotAllowed(_("Only an administrator changes the kind of an institution."))


def rename_institution(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    institution_id: str,
    name: str,
    from_date: date,
    short_name: str = "",
) -> Institution:
    """Give an institution a new name from a day on; the old one is kept with its dates. Raises as an edit does."""
    name, short_name = domain.clean(name), domain.clean(short_name)
    if problems := _length_problems({"name": name, "short_name": short_name or name[:80]}):
        raise Invalid(problems)

    def keep_former(record: Institution) -> dict[str, Any]:
        former = InstitutionName.objects.filter(institution=record).order_by("-to_date", "-pk").first()
        since = former.to_date if former else None
        if since and from_date <= since:
            raise Invalid({"from_date": _("An earlier name already ends later than this day.")})
        if record.name == name:
            raise Invalid({"name": _("This is its name already.")})
        InstitutionName.objects.create(
            institution=record,
            name=record.name,
            from_date=domain.day_after(since) if since else None,
            to_date=domain.day_before(from_date),
        )
        Tenant.objects.filter(pk=record.pk).update(label=short_name or name)
        short = short_name or name[:80]
        return {"name": name, "short_name": short, "initials": initials(name, short)}

    found: Institution = engine.move(
        INSTITUTION_FLOW,
        institution_id,
        name="rename_institution",
        actor=actor,
        at=at,
        key=key,
        effect=keep_former,
        facts={"from_date": from_date.isoformat()},
    )
    return found


def close_institution(
    *, actor: Actor, at: datetime, key: str | None, institution_id: str, note: str = ""
) -> Institution:
    """Take an institution out of use; its records stay. Raises NotFound, NotAllowed, Conflict."""
    found: Institution = engine.move(
        INSTITUTION_FLOW, institution_id, name="close_institution", actor=actor, at=at, key=key, note=note
    )
    return found


@contextmanager
def _one_code() -> Iterator[None]:
    """Turn the database's refusal of a second institution with the same code into a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Invalid({"code": _("Another institution has this code.")}) from error


def _new(draft: InstitutionDraft, at: datetime) -> Institution:
    code = draft.code or numbers.take("IN", at)
    tenant = Tenant.objects.create(label=draft.short_name or draft.name)
    return Institution(
        tenant=tenant,
        code=code,
        name=draft.name,
        short_name=draft.short_name or draft.name[:80],
        initials=initials(draft.name, draft.short_name),
        kind=draft.kind,
        level=draft.level,
        region=draft.region,
    )


def _checked(draft: InstitutionDraft) -> InstitutionDraft:
    tidy = replace(
        draft,
        name=domain.clean(draft.name),
        short_name=domain.clean(draft.short_name),
        code=draft.code.strip(),
        region=domain.region_of(draft.region),
    )
    problems = _length_problems({"name": tidy.name}) | _code_problems(
        {"kind": tidy.kind, "level": tidy.level, "region": tidy.region}
    )
    if len(tidy.short_name) > _LENGTHS["short_name"]:
        problems["short_name"] = _TOO_LONG
    if tidy.code and not domain.CODE.fullmatch(tidy.code):
        problems["code"] = _("A code is made of letters, digits, dots and dashes.")
    if problems:
        raise Invalid(problems)
    return tidy


_TOO_LONG = _("This is too long.")


def _length_problems(texts: Mapping[str, str]) -> dict[str, str | Promise]:
    problems: dict[str, str | Promise] = {}
    for field, text in texts.items():
        if not text:
            problems[field] = _("This is needed.")
        elif len(text) > _LENGTHS[field]:
            problems[field] = _TOO_LONG
    return problems


def _code_problems(given: Mapping[str, str]) -> dict[str, str | Promise]:
    problems: dict[str, str | Promise] = {}
    if "kind" in given and given["kind"] not in set(InstitutionKind):
        problems["kind"] = _("Choose one of the kinds of institution.")
    if "level" in given and given["level"] not in set(Level):
        problems["level"] = _("Choose one of the levels.")
    if len(given.get("region", "")) > _LENGTHS["region"]:
        problems["region"] = _TOO_LONG
    if "short_name" in given:
        problems |= _length_problems({"short_name": given["short_name"]})
    return problems
