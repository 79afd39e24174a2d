"""扫码上传: a one-time code by which a telephone sends photos to one field of a form that is open elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import segno
from django.core import signing
from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotFound, Sentence
from lianti.lib.roles import Role
from lianti.records import held
from lianti.records.models import HeldFile, UploadCode

LIVES = timedelta(minutes=10)
MOST = 5  # files of one sending
OPEN = 20  # codes of one person in ten minutes
FIELD = "code-"  # before a field's name: its code, as the open form carries it
_SALT = "lianti.upload"


def make(actor: Actor, at: datetime, address: str, field: str) -> UploadCode:
    """Make a code for one field of the form that is sent to this path. Raises Invalid for too many at once."""
    own = UploadCode.objects.filter(principal=actor.principal_id, expires_at__gt=at)
    if own.count() >= OPEN:
        raise Invalid({"": _("Too many codes at once. Try again in ten minutes.")})
    code = UploadCode(
        principal_id=actor.principal_id, tenant_id=actor.tenant_id, address=address, field=field, expires_at=at + LIVES
    )
    code.token = ids.digest(word(code))
    code.save(force_insert=True)
    return code


def word(code: UploadCode) -> str:
    """Return what opens the code: signed, so nobody makes one up, and not to be had from the table."""
    return signing.Signer(salt=_SALT).sign_object([code.principal_id, code.tenant_id, code.public_id])


def own(actor: Actor, public_id: str) -> UploadCode:
    """Return a code of one's own. Raises NotFound."""
    code = UploadCode.objects.filter(principal=actor.principal_id, public_id=public_id).first()
    if code is None:
        raise NotFound
    return code


def of_form(actor: Actor, public_id: str, address: str) -> UploadCode | None:
    """Return a code of one's own for the form that is sent to this path, if it is one."""
    return UploadCode.objects.filter(principal=actor.principal_id, public_id=public_id, address=address).first()


def cancel(code: UploadCode, at: datetime) -> None:
    """Let a code open nothing any more."""
    _open(code, at).update(cancelled_at=at)


@contextmanager
def opened(given: str, at: datetime) -> Iterator[UploadCode | None]:
    """Do what is inside in the scope of the code's maker; None for a word that never was one, or lies long back."""
    try:
        principal, tenant, public_id = signing.Signer(salt=_SALT).unsign_object(given)
    except (signing.BadSignature, ValueError, TypeError):
        yield None
        return
    with scope.acting(Actor(principal, tenant, Role.LINK)):
        yield UploadCode.objects.filter(token=ids.digest(given), principal=principal, public_id=public_id).first()


def refusal(code: UploadCode | None, at: datetime) -> Sentence:
    """Say why a code opens nothing; '' while it does."""
    if code is None:
        return _("This code is not valid. Make a new one on the form.")
    if code.used_at is not None:
        return _("This code was used; each sends once. Make a new one on the form to send more.")
    if code.cancelled_at is not None:
        return _("This code was cancelled on the form.")
    if code.expires_at <= at:
        return _("This code has expired: it holds for ten minutes. Make a new one on the form.")
    return ""


def send(code: UploadCode, files: Sequence[Any], at: datetime) -> Sentence:
    """Hold the files for the code's field and use the code up; '' or why nothing was taken."""
    if not files:
        return _("Choose at least one file.")
    if len(files) > MOST or any(not file.size or file.size > held.limit() for file in files):
        return _("At most %(most)s files, none empty, each up to %(megabytes)s MB.") % {
            "most": MOST,
            "megabytes": held.limit() // 1024**2,
        }
    if not _open(code, at).update(used_at=at):
        return refusal(own(Actor(code.principal_id, code.tenant_id, Role.LINK), code.public_id), at)
    for file in files:
        held.hold(file, code.principal_id, code.address, code.field, at, code=code)
    return ""


def came(code: UploadCode) -> list[HeldFile]:
    """Return what a telephone has sent by this code."""
    return list(HeldFile.objects.filter(code=code, principal=code.principal_id).order_by("pk"))


def drawn(address: str, scale: int = 3) -> SafeString:
    """Draw an address as a code that a phone's camera reads; `scale`: pixels of its smallest square."""
    return mark_safe(segno.make(address, error="m").svg_inline(scale=scale, border=2, svgclass=None, lineclass=None))


def _open(code: UploadCode, at: datetime) -> QuerySet[UploadCode]:
    return UploadCode.objects.filter(pk=code.pk, used_at=None, cancelled_at=None, expires_at__gt=at)
