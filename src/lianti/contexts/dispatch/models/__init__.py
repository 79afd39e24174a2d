"""Tables of dispatch."""

from lianti.contexts.dispatch.models.allowance import (
    AllowanceDeduction,
    AllowanceLine,
    AllowanceRate,
    AllowanceRateTransition,
    AllowanceSheet,
    AllowanceSheetTransition,
)
from lianti.contexts.dispatch.models.attendance import Attendance, AttendanceLine, AttendanceMark, AttendanceTransition
from lianti.contexts.dispatch.models.candidates import NEVER, Candidate, CandidateTransition, Quota
from lianti.contexts.dispatch.models.care import (
    CareVisit,
    CareVisitTransition,
    CheckItem,
    CheckList,
    CheckListTransition,
    HouseList,
    HouseListTransition,
    Visited,
)
from lianti.contexts.dispatch.models.clinics import Clinic, ClinicDay, ClinicTransition
from lianti.contexts.dispatch.models.feeds import Feed, FeedTransition
from lianti.contexts.dispatch.models.handover import Handover, HandoverFile, HandoverTransition
from lianti.contexts.dispatch.models.leave import LeaveSlip, LeaveSlipTransition
from lianti.contexts.dispatch.models.past import PastFile, PastService, PastTransition
from lianti.contexts.dispatch.models.presence import PresenceCheck, PresenceTransition
from lianti.contexts.dispatch.models.proving import (
    Appraisal,
    AppraisalTransition,
    Certificate,
    CertificateSeal,
    CertificateTransition,
)
from lianti.contexts.dispatch.models.sending import Batch, BatchTransition, Leave, Posting, PostingTransition
from lianti.contexts.dispatch.models.stations import StationExpert, StationYear, Workstation, WorkstationTransition

__all__ = [
    "NEVER",
    "AllowanceDeduction",
    "AllowanceLine",
    "AllowanceRate",
    "AllowanceRateTransition",
    "AllowanceSheet",
    "AllowanceSheetTransition",
    "Appraisal",
    "AppraisalTransition",
    "Attendance",
    "AttendanceLine",
    "AttendanceMark",
    "AttendanceTransition",
    "Batch",
    "BatchTransition",
    "Candidate",
    "CandidateTransition",
    "CareVisit",
    "CareVisitTransition",
    "Certificate",
    "CertificateSeal",
    "CertificateTransition",
    "CheckItem",
    "CheckList",
    "CheckListTransition",
    "Clinic",
    "ClinicDay",
    "ClinicTransition",
    "Feed",
    "FeedTransition",
    "Handover",
    "HandoverFile",
    "HandoverTransition",
    "HouseList",
    "HouseListTransition",
    "Leave",
    "LeaveSlip",
    "LeaveSlipTransition",
    "PastFile",
    "PastService",
    "PastTransition",
    "Posting",
    "PostingTransition",
    "PresenceCheck",
    "PresenceTransition",
    "Quota",
    "StationExpert",
    "StationYear",
    "Visited",
    "Workstation",
    "WorkstationTransition",
]
