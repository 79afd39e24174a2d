"""Pages of sign-in and of members."""

from lianti.contexts.accounts.views.members import (
    ask_reset,
    change_phone,
    end_membership,
    invite,
    member,
    members,
    renew_code,
    reset_password,
    unlock,
)
from lianti.contexts.accounts.views.sign_in import (
    accept,
    acting,
    decline,
    first_password,
    language,
    locked_out,
    password,
    phone,
    sign_in,
    sign_out,
)

__all__ = [
    "accept",
    "acting",
    "ask_reset",
    "change_phone",
    "decline",
    "end_membership",
    "first_password",
    "invite",
    "language",
    "locked_out",
    "member",
    "members",
    "password",
    "phone",
    "renew_code",
    "reset_password",
    "sign_in",
    "sign_out",
    "unlock",
]
