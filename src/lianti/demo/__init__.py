"""An invented network to try Lianti with: hospitals, people and two years of their work. Never real ones."""

from __future__ import annotations

from lianti.demo.filling import fill
from lianti.demo.signing_in import SignIn, sign_ins

__all__ = ["SignIn", "fill", "sign_ins"]
