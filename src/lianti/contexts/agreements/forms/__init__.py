"""What people type about papers and promises."""

from lianti.contexts.agreements.forms.papers import (
    Attach,
    CorrectPaper,
    Draft,
    Edit,
    EnterSigned,
    Filing,
    Goal,
    Note,
    PickRelation,
    PutInForce,
    Reason,
    Sign,
)
from lianti.contexts.agreements.forms.promises import CorrectPromise, EditPromise, Promise, PromiseRow

__all__ = [
    "Attach",
    "CorrectPaper",
    "CorrectPromise",
    "Draft",
    "Edit",
    "EditPromise",
    "EnterSigned",
    "Filing",
    "Goal",
    "Note",
    "PickRelation",
    "Promise",
    "PromiseRow",
    "PutInForce",
    "Reason",
    "Sign",
]
