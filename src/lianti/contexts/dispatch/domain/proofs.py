"""What is handed to the services of certificates and appraisals: frozen, checked on the way in."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CertificateFacts:
    """What the desk says of a certificate beside what is counted: what it is called, for which title, who it is."""

    until: date | None = None
    title: str = ""
    applied_title: str = ""
    sex: str = ""
    identity_tail: str = ""


@dataclass(frozen=True)
class PaperSeal:
    """A seal that was set on paper: whose, when, by whom."""

    seal_id: int
    given_on: date
    signatory_id: int | None = None
    signatory_name: str = ""


@dataclass(frozen=True)
class PaperMonth:
    """The recipient's seal on the print of a month: when, who signed, and the code that the print bears."""

    given_on: date
    signatory_id: int
    code: str


@dataclass(frozen=True)
class PaperGrade:
    """What stands on the recipient's stamped form: its grade and days, who signed, when."""

    given_on: date
    signatory_id: int
    days: int
    recipient_grade: str


@dataclass(frozen=True)
class Review:
    """What the department thinks: five items from 1 to 5, and a text."""

    ethics: int
    ability: int
    workload: int
    teaching: int
    cooperation: int
    department_text: str = ""
