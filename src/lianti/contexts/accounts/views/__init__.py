"""Pages of sign-in and of members."""

from lianti.contexts.accounts.views.members import end_membership, invite, member, members, reset_password, unlock
from lianti.contexts.accounts.views.sign_in import (
    acting,
    first_password,
    language,
    locked_out,
    password,
    sign_in,
    sign_out,
)

__all__ = [
    "acting",
    "end_membership",
    "first_password",
    "invite",
    "language",
    "locked_out",
    "member",
    "members",
    "password",
    "reset_password",
    "sign_in",
    "sign_out",
    "unlock",
]
