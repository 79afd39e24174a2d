"""What is told of batches and postings: frozen facts, never tables to write to."""

from lianti.contexts.dispatch.queries.applicants import Applicant, Applicants, NameLine, applicants
from lianti.contexts.dispatch.queries.appraised import (
    APPRAISAL,
    AppraisalAsks,
    AppraisalPage,
    appraisal_content,
    appraisal_page,
    appraisal_rows,
    appraisal_scan,
    appraisals_of,
    may_appraise,
)
from lianti.contexts.dispatch.queries.attendance import told_days
from lianti.contexts.dispatch.queries.batches import (
    BATCH,
    BatchAsks,
    StaffBatchPage,
    batch_page,
    batch_to_fill,
    may_fill,
    may_plan,
    relations_to_send,
)
from lianti.contexts.dispatch.queries.batches import rows as batch_rows
from lianti.contexts.dispatch.queries.candidates import (
    CANDIDATE,
    CandidateAsks,
    CandidatePage,
    candidate_of,
    candidate_page,
    candidate_rows,
    reads_people,
    why,
)
from lianti.contexts.dispatch.queries.carrying import Change, change
from lianti.contexts.dispatch.queries.certificates import (
    CERTIFICATE,
    CHOSEN_AT_MOST,
    CertificateAsks,
    CertificatePage,
    Offered,
    certificate_content,
    certificate_page,
    certificate_rows,
    certificates_chosen,
    certificates_to_choose,
    certificates_to_publicise,
    seal_scan,
)
from lianti.contexts.dispatch.queries.certified import CertificateOf, certificates_of
from lianti.contexts.dispatch.queries.could_go import WhoCouldGo, may_look, need_named, who_could_go
from lianti.contexts.dispatch.queries.counted import CountedFor, counted
from lianti.contexts.dispatch.queries.county import PostedNow, posted_now
from lianti.contexts.dispatch.queries.doubles import DoubleLine, doubles_around, doubles_of
from lianti.contexts.dispatch.queries.drawn import PaperOfBatch, papers_of_batch
from lianti.contexts.dispatch.queries.feeds import FeedLine, calendar_days, calendar_name, feed_lines, may_feed
from lianti.contexts.dispatch.queries.judged import Judged, judged
from lianti.contexts.dispatch.queries.judging import Uncounted
from lianti.contexts.dispatch.queries.letters import Letter, letters
from lianti.contexts.dispatch.queries.mine import OwnPosting, own_days, own_postings
from lianti.contexts.dispatch.queries.past import (
    PAST,
    PastAsks,
    PastPage,
    may_enter_past,
    own_people,
    past_files,
    past_page,
    past_rows,
)
from lianti.contexts.dispatch.queries.people_counted import PersonCounted, Served, counted_of_people
from lianti.contexts.dispatch.queries.postings import KIND, PostingAsks, PostingPage, posting_page, rows
from lianti.contexts.dispatch.queries.quotas import QuotaShown, quotas_of_year
from lianti.contexts.dispatch.queries.reported import report_of_batch
from lianti.contexts.dispatch.queries.rulebook import DISPATCH, PROMOTION, PURPOSES, STATISTICS
from lianti.contexts.dispatch.queries.stations import STATION
from lianti.contexts.dispatch.queries.told import SentRows, told_of_sender

__all__ = [
    "APPRAISAL",
    "BATCH",
    "CANDIDATE",
    "CERTIFICATE",
    "CHOSEN_AT_MOST",
    "DISPATCH",
    "KIND",
    "PAST",
    "PROMOTION",
    "PURPOSES",
    "STATION",
    "STATISTICS",
    "Applicant",
    "Applicants",
    "AppraisalAsks",
    "AppraisalPage",
    "BatchAsks",
    "CandidateAsks",
    "CandidatePage",
    "CertificateAsks",
    "CertificateOf",
    "CertificatePage",
    "Change",
    "CountedFor",
    "DoubleLine",
    "FeedLine",
    "Judged",
    "Letter",
    "NameLine",
    "Offered",
    "OwnPosting",
    "PaperOfBatch",
    "PastAsks",
    "PastPage",
    "PersonCounted",
    "PostedNow",
    "PostingAsks",
    "PostingPage",
    "QuotaShown",
    "SentRows",
    "Served",
    "StaffBatchPage",
    "Uncounted",
    "WhoCouldGo",
    "applicants",
    "appraisal_content",
    "appraisal_page",
    "appraisal_rows",
    "appraisal_scan",
    "appraisals_of",
    "batch_page",
    "batch_rows",
    "batch_to_fill",
    "calendar_days",
    "calendar_name",
    "candidate_of",
    "candidate_page",
    "candidate_rows",
    "certificate_content",
    "certificate_page",
    "certificate_rows",
    "certificates_chosen",
    "certificates_of",
    "certificates_to_choose",
    "certificates_to_publicise",
    "change",
    "counted",
    "counted_of_people",
    "doubles_around",
    "doubles_of",
    "feed_lines",
    "judged",
    "letters",
    "may_appraise",
    "may_enter_past",
    "may_feed",
    "may_fill",
    "may_look",
    "may_plan",
    "need_named",
    "own_days",
    "own_people",
    "own_postings",
    "papers_of_batch",
    "past_files",
    "past_page",
    "past_rows",
    "posted_now",
    "posting_page",
    "quotas_of_year",
    "reads_people",
    "relations_to_send",
    "report_of_batch",
    "rows",
    "seal_scan",
    "told_days",
    "told_of_sender",
    "who_could_go",
    "why",
]
