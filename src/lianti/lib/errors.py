"""What can be refused. Every refusal carries a sentence for the user and an HTTP status."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


class Refused(Exception):
    """A service did nothing, for a reason that the user can read."""

    status = 400
    default: Sentence = _("This could not be done.")

    def __init__(self, message: Sentence | None = None) -> None:
        self.message: Sentence = self.default if message is None else message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class NotFound(Refused):
    """There is no such record, or the actor may not know of it."""

    status = 404
    default = _("There is nothing here that you can see.")


class NotAllowed(Refused):
    """The actor sees the record but may not do this to it."""

    status = 403
    default = _("Your role at this institution does not allow this.")


class Conflict(Refused):
    """The record is no longer in a state in which this can be done. Nothing was changed."""

    status = 409
    default = _("Somebody was faster: the record has changed in the meantime. Nothing was changed by you.")


class KeyReused(Refused):
    """One idempotency key came with two different requests."""

    status = 422
    default = _("This form was already sent with other content. Open it again to send a new one.")

    def __init__(self, message: Sentence | None = None, *, record: str = "") -> None:
        self.record = record  # public id of what the first of the two made or moved
        super().__init__(message)


class Invalid(Refused):
    """Input that cannot be taken; `fields` maps a field's name ('' for the whole) to a sentence."""

    status = 422
    default = _("Please mend the marked fields.")

    def __init__(self, fields: Mapping[str, Sentence], message: Sentence | None = None) -> None:
        self.fields = dict(fields)
        super().__init__(message)

    def __str__(self) -> str:
        return "; ".join(f"{name}: {text}" if name else str(text) for name, text in self.fields.items())
