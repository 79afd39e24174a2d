"""Tables of what proves service: certificates with their seals, appraisals of postings."""

from django.db import models

from lianti.contexts.dispatch.models.sending import Posting
from lianti.contexts.dispatch.states import AppraisalState, CertificateState, Grade, SealSide
from lianti.kernel.models import Record, TransitionRecord


class Certificate(Record):
    """Proof of somebody's service over all their postings, as it was counted on a day."""

    number = models.CharField(max_length=24, unique=True)
    # What a source tells of a certificate that was issued elsewhere: the number on it, and its day.
    told_number = models.CharField(max_length=60, blank=True, default="")
    told_on = models.DateField(null=True)
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60, blank=True, default="")  # what the paper is called
    applied_title = models.CharField(max_length=60, blank=True, default="")  # 拟晋升
    sex = models.CharField(max_length=8, blank=True, default="")
    identity_tail = models.CharField(max_length=4, blank=True, default="")  # the last four of the identity number
    until = models.DateField()  # counted up to this day
    days = models.PositiveIntegerField()
    months = models.CharField(max_length=8)
    owed = models.PositiveSmallIntegerField(null=True)  # months that the rules ask for
    lacking = models.PositiveIntegerField(null=True)  # days still wanting
    lines = models.JSONField(default=list)  # each stretch: where, from when to when, days, basis
    ruled = models.CharField(max_length=400, blank=True, default="")  # by which rule sets, in which versions
    public_from = models.DateField(null=True)
    public_to = models.DateField(null=True)
    public_place = models.CharField(max_length=120, blank=True, default="")
    paper = models.ForeignKey("papers.IssuedPaper", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=list(CertificateState)), name="dispatch_certificate_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state="reported", told_on__isnull=False) & ~models.Q(told_number="")
                | ~models.Q(state="reported"),
                name="dispatch_certificate_told",
            ),
            # Nobody has two at once; a withdrawn one makes place for another.
            models.UniqueConstraint(
                fields=("person", "sender"),
                condition=~models.Q(state__in=["issued", "reported", "withdrawn"]),
                name="dispatch_certificate_one_open",
            ),
        )

    def __str__(self) -> str:
        return self.number


class CertificateTransition(TransitionRecord):
    record = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="+")


class CertificateSeal(models.Model):
    """A seal that a certificate needs; `given_on` is empty until it is given, online or on paper."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=16)
    institution = models.ForeignKey("network.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=120, blank=True, default="")  # who it is where no institution is named
    days = models.PositiveIntegerField(null=True)  # which it confirms
    given_on = models.DateField(null=True)
    signatory = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    signatory_name = models.CharField(max_length=80, blank=True, default="")
    scan = models.ForeignKey("evidence.File", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(side__in=list(SealSide)), name="dispatch_seal_side"),
            models.UniqueConstraint(fields=("certificate", "side", "institution"), name="dispatch_seal_once"),
        )

    def __str__(self) -> str:
        return f"{self.certificate_id}/{self.side}"


class Appraisal(Record):
    """What was thought of somebody's posting: by themselves, the department, the receiving and the sending hospital."""

    number = models.CharField(max_length=24, unique=True)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    begun = models.DateField()
    self_text = models.TextField(blank=True, default="")
    figures = models.JSONField(default=list)  # by kind, of the ledger, as they stood when the person wrote
    ethics = models.PositiveSmallIntegerField(null=True)
    ability = models.PositiveSmallIntegerField(null=True)
    workload = models.PositiveSmallIntegerField(null=True)
    teaching = models.PositiveSmallIntegerField(null=True)
    cooperation = models.PositiveSmallIntegerField(null=True)
    department_text = models.TextField(blank=True, default="")
    reviewed_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    days = models.PositiveIntegerField(null=True)  # that the receiving hospital confirms
    recipient_grade = models.CharField(max_length=16, blank=True, default="")
    graded_by = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    graded_on = models.DateField(null=True)
    scan = models.ForeignKey("evidence.File", on_delete=models.PROTECT, null=True, related_name="+")  # stamped form
    supporter_grade = models.CharField(max_length=16, blank=True, default="")
    concluded_on = models.DateField(null=True)
    filed_with = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(AppraisalState)), name="dispatch_appraisal_state"),
            models.CheckConstraint(
                condition=models.Q(recipient_grade__in=["", *Grade], supporter_grade__in=["", *Grade]),
                name="dispatch_appraisal_grades",
            ),
            models.UniqueConstraint(
                fields=("posting",), condition=~models.Q(state="withdrawn"), name="dispatch_appraisal_once"
            ),
        )

    def __str__(self) -> str:
        return self.number


class AppraisalTransition(TransitionRecord):
    record = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="+")
