"""The life of a service certificate and of an appraisal: whose seal comes after whose (users.md, 'More habits')."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, SAME, Transition, Workflow


class CertificateState(StrEnum):
    DRAFTED = "drafted"
    CONFIRMED = "confirmed"
    ENDORSED = "endorsed"
    APPROVED = "approved"
    PUBLICISED = "publicised"
    ISSUED = "issued"
    REPORTED = "reported"  # as a source tells of one: no paper of it is here
    WITHDRAWN = "withdrawn"


class SealSide(StrEnum):
    """Whose seal it is, in the order in which a promotion board wants them."""

    RECIPIENT = "recipient"
    BUREAU = "bureau"
    SUPPORTER = "supporter"


class AppraisalState(StrEnum):
    BEGUN = "begun"
    WRITTEN = "written"
    REVIEWED = "reviewed"
    GRADED = "graded"
    CONCLUDED = "concluded"
    FILED = "filed"
    WITHDRAWN = "withdrawn"


class Grade(StrEnum):
    EXCELLENT = "excellent"
    PASS = "pass"  # noqa: S105 - a grade
    BASIC = "basic"
    FAIL = "fail"


C, A = CertificateState, AppraisalState
UNISSUED = frozenset({C.DRAFTED, C.CONFIRMED, C.ENDORSED, C.APPROVED, C.PUBLICISED})
OVER = frozenset({C.ISSUED, C.REPORTED, C.WITHDRAWN})  # beside it another may be drafted

CERTIFICATE = Workflow(
    name="dispatch.certificate",
    states=CertificateState,
    final=frozenset({C.WITHDRAWN}),
    adoptable=frozenset({C.REPORTED}),
    only_adopted=frozenset({C.REPORTED}),
    transitions=(
        Transition(name="draft", sources=frozenset({NEW}), target=C.DRAFTED, action="dispatch.certify"),
        # Counted anew: what was sealed over other figures is to be sealed again.
        Transition(name="recount", sources=UNISSUED, target=C.DRAFTED, action="dispatch.certify"),
        Transition(
            name="seal",
            sources=frozenset({C.DRAFTED}),
            target=SAME,
            action="dispatch.confirm_service",
            notices=("dispatch.service_confirmed",),
            primary=True,
        ),
        Transition(
            name="book_seal",
            sources=frozenset({C.DRAFTED, C.CONFIRMED, C.ENDORSED}),
            target=SAME,
            action="dispatch.certify",
        ),
        Transition(
            name="confirmed", sources=frozenset({C.DRAFTED}), target=C.CONFIRMED, action="dispatch.complete_seals"
        ),
        Transition(
            name="endorse",
            sources=frozenset({C.CONFIRMED}),
            target=SAME,
            action="dispatch.endorse",
            notices=("dispatch.service_endorsed",),
            primary=True,
        ),
        Transition(
            name="endorsed", sources=frozenset({C.CONFIRMED}), target=C.ENDORSED, action="dispatch.complete_seals"
        ),
        Transition(
            name="approve",
            sources=frozenset({C.ENDORSED}),
            target=SAME,
            action="dispatch.approve_service",
            primary=True,
        ),
        Transition(
            name="approved", sources=frozenset({C.ENDORSED}), target=C.APPROVED, action="dispatch.complete_seals"
        ),
        Transition(
            name="publicise",
            sources=frozenset({C.APPROVED}),
            target=C.PUBLICISED,
            action="dispatch.certify",
            required=("public_from", "public_to"),
            primary=True,
        ),
        Transition(
            name="issue",
            sources=frozenset({C.PUBLICISED}),
            target=C.ISSUED,
            action="dispatch.certify",
            notices=("dispatch.certificate_issued",),
            primary=True,
        ),
        Transition(
            name="withdraw",
            sources=UNISSUED | {C.ISSUED, C.REPORTED},
            target=C.WITHDRAWN,
            action="dispatch.certify",
            required=("note",),
            danger=True,
        ),
    ),
)

APPRAISAL = Workflow(
    name="dispatch.appraisal",
    states=AppraisalState,
    final=frozenset({A.FILED, A.WITHDRAWN}),
    transitions=(
        Transition(name="begin", sources=frozenset({NEW}), target=A.BEGUN, action="dispatch.appraise"),
        Transition(
            name="write_self",
            sources=frozenset({A.BEGUN, A.WRITTEN}),
            target=A.WRITTEN,
            action="dispatch.write_self",
            required=("self_text",),
            notices=("dispatch.self_written",),
            primary=True,
        ),
        Transition(
            name="review",
            sources=frozenset({A.WRITTEN, A.REVIEWED}),
            target=A.REVIEWED,
            action="dispatch.review",
            primary=True,
        ),
        Transition(
            name="grade",
            sources=frozenset({A.REVIEWED}),
            target=A.GRADED,
            action="dispatch.grade",
            required=("recipient_grade",),
            notices=("dispatch.graded",),
            primary=True,
        ),
        # Where the receiving hospital has no account, its stamped form is booked.
        Transition(
            name="book_grade",
            sources=frozenset({A.WRITTEN, A.REVIEWED}),
            target=A.GRADED,
            action="dispatch.book_grade",
            required=("recipient_grade",),
        ),
        Transition(
            name="conclude",
            sources=frozenset({A.GRADED}),
            target=A.CONCLUDED,
            action="dispatch.conclude",
            required=("supporter_grade",),
            notices=("dispatch.concluded",),
            primary=True,
        ),
        Transition(name="file", sources=frozenset({A.CONCLUDED}), target=A.FILED, action="dispatch.conclude"),
        Transition(
            name="withdraw",
            sources=frozenset({A.BEGUN, A.WRITTEN, A.REVIEWED, A.GRADED}),
            target=A.WITHDRAWN,
            action="dispatch.appraise",
            required=("note",),
            danger=True,
        ),
    ),
)
