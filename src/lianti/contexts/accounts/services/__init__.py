"""What is done to memberships and to the sign-in behind them."""

from lianti.contexts.accounts.services.flow import MEMBERSHIP_FLOW
from lianti.contexts.accounts.services.members import (
    Invitation,
    Issued,
    accept,
    adopt,
    ask_reset,
    decline,
    end_membership,
    invite,
    renew_code,
    reset_password,
    unlock,
)
from lianti.contexts.accounts.services.own import change_password, choose_language, set_first_password, take_seat
from lianti.contexts.accounts.services.phone import change_own_phone, change_phone
from lianti.contexts.accounts.services.sign_in import PhoneAndPassword

__all__ = [
    "MEMBERSHIP_FLOW",
    "Invitation",
    "Issued",
    "PhoneAndPassword",
    "accept",
    "adopt",
    "ask_reset",
    "change_own_phone",
    "change_password",
    "change_phone",
    "choose_language",
    "decline",
    "end_membership",
    "invite",
    "renew_code",
    "reset_password",
    "set_first_password",
    "take_seat",
    "unlock",
]
