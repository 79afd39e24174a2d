"""The loader's face: files in, report out."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from lianti.journeys.loader.content import Checker
from lianti.journeys.loader.problems import Problem, Unreadable
from lianti.journeys.loader.reading import read, read_file
from lianti.journeys.loader.report import FileReport, Report
from lianti.journeys.loader.writing import Writer
from lianti.kernel import scope
from lianti.kernel.models import Principal, Tenant
from lianti.lib.actor import Actor
from lianti.lib.errors import NotAllowed
from lianti.lib.roles import Role

NAME = "文件导入"


class _Undo(Exception):
    """Takes back what was written inside a transaction."""


def load(paths: Iterable[str | Path], *, actor: Actor | None = None, at: datetime, dry_run: bool = False) -> Report:
    """Take in each file whole or not at all, and tell what was created, updated, left and disputed.

    Without an actor the loader acts as a job; an actor must be an administrator. Raises NotAllowed.
    """
    if actor is not None and actor.role not in {Role.ADMINISTRATOR, Role.SYSTEM}:
        raise NotAllowed
    report = Report(dry_run=dry_run)
    with scope.system(), _undone(dry_run):
        job = _job(actor)
        for path in paths:
            report.files.append(_load_one(Path(path), job, at))
    return report


@contextmanager
def _undone(dry_run: bool) -> Iterator[None]:
    """In a dry run do everything, then take everything back; files see what those before them wrote."""
    if not dry_run:
        yield
        return
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        return


def _job(actor: Actor | None) -> Actor:
    """Return who writes: the loader's own principal, or the administrator, with the rights of a job."""
    tenant, _made = Tenant.objects.get_or_create(label=NAME)
    if actor is not None:
        return Actor(actor.principal_id, actor.tenant_id, Role.SYSTEM, actor.person_id)
    principal, _made = Principal.objects.get_or_create(kind=Principal.Kind.JOB, name=NAME)
    return Actor(principal.pk, tenant.pk, Role.SYSTEM)


def _load_one(path: Path, job: Actor, at: datetime) -> FileReport:
    report = FileReport(str(path))
    try:
        checker = Checker(read(read_file(path)))
    except Unreadable as refusal:
        report.problems = refusal.problems
        return report
    content = checker.content()
    report.problems = checker.problems
    if checker.problems:
        return report
    try:
        with transaction.atomic():
            Writer(checker, content, job, at, report).write()
            if not report.ok:
                raise _Undo
    except _Undo:
        return report
    except DatabaseError as error:
        text = _("The database refused this file: %(reason)s. If another load was running, load again.")
        report.problems.append(Problem(text % {"reason": str(error).strip().splitlines()[0][:200]}))
    return report
