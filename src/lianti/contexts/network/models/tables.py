"""Tables of the network: institutions, people, relations, figures."""

from collections.abc import Iterable

from django.db import models

from lianti.contexts.network.models.sources import Document, Source
from lianti.contexts.network.states import (
    Behaviour,
    Comparison,
    DoubtState,
    GroupKind,
    GroupState,
    InstitutionKind,
    InstitutionState,
    PersonState,
    RelationState,
)
from lianti.kernel.models import Record, TransitionRecord
from lianti.lib import ids
from lianti.lib.pinyin import LONGEST


class Institution(Record):
    """A hospital, a health centre, an authority: one to one with a kernel tenant, sharing its key.

    Its record's `tenant` is itself: an institution is kept in its own name.
    """

    tenant = models.OneToOneField("kernel.Tenant", on_delete=models.PROTECT, primary_key=True, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=8, blank=True, default="")
    region = models.CharField(max_length=200, blank=True, default="")
    initials = models.CharField(max_length=LONGEST, blank=True, default="")  # of both names (lib.pinyin)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=list(InstitutionKind)), name="network_institution_kind"),
            models.CheckConstraint(
                condition=models.Q(state__in=list(InstitutionState)), name="network_institution_state"
            ),
        )
        indexes = (models.Index(fields=("name",), name="network_institution_name"),)

    def __str__(self) -> str:
        return self.short_name


class InstitutionTransition(TransitionRecord):
    record = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")


class InstitutionName(models.Model):
    """A name that an institution carried, with its days; the present name stands on the institution."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    public_id = models.CharField(max_length=26, unique=True, default=ids.new, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("institution", "name"), name="network_department_once"),)

    def __str__(self) -> str:
        return self.name


class Person(Record):
    """Somebody who works at an institution; their employer decides whose side they are on."""

    name = models.CharField(max_length=80)
    duty = models.CharField(max_length=120, blank=True, default="")
    title_level = models.CharField(max_length=20, blank=True, default="")
    employer = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    phone = models.CharField(max_length=32, blank=True, default="")
    initials = models.CharField(max_length=LONGEST, blank=True, default="")  # of the name (lib.pinyin)
    principal = models.ForeignKey(
        "kernel.Principal", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("principal",), condition=models.Q(principal__isnull=False), name="network_person_one_sign_in"
            ),
            models.CheckConstraint(
                condition=models.Q(state=PersonState.LISTED, hidden_at__isnull=True)
                | models.Q(state=PersonState.HIDDEN, hidden_at__isnull=False),
                name="network_person_hidden_at",
            ),
        )

    def __str__(self) -> str:
        """The reference, never the name: a hidden person must not surface through a log or a page."""
        return self.public_id


class PersonTransition(TransitionRecord):
    record = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")


class PastTitle(models.Model):
    """The title that somebody bore until the day before `until`; the present one stands on the person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    title_level = models.CharField(max_length=20, blank=True, default="")  # empty: none, or it was not known
    until = models.DateField()  # the first day of the title that came after it

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "until"), name="network_past_title_once"),)

    def __str__(self) -> str:
        return f"{self.person_id}/{self.until}"


class PastEmployment(models.Model):
    """Where somebody worked before, with its days; the present employer stands on the person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(from_date=None) | models.Q(from_date__lte=models.F("to_date")),
                name="network_employment_dates",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} until {self.to_date}"


class PersonDoubt(Record):
    """Two entries of the directory that may be one person; its record's `tenant` is the side that entered `person`.

    Until it is settled, and when both are one, whoever verifies must pass as both.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "other"), name="network_doubt_once"),
            models.CheckConstraint(condition=~models.Q(person=models.F("other")), name="network_doubt_of_two"),
            models.CheckConstraint(condition=models.Q(state__in=list(DoubtState)), name="network_doubt_state"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} = {self.other_id}?"


class PersonDoubtTransition(TransitionRecord):
    record = models.ForeignKey(PersonDoubt, on_delete=models.CASCADE, related_name="+")


class PeopleGroup(Record):
    """People who belong together for a time; a dispatch batch is one."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, default=GroupKind.BATCH)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=list(GroupKind)), name="network_group_kind"),
            models.CheckConstraint(condition=models.Q(state__in=list(GroupState)), name="network_group_state"),
        )

    def __str__(self) -> str:
        return self.name


class PeopleGroupTransition(TransitionRecord):
    record = models.ForeignKey(PeopleGroup, on_delete=models.CASCADE, related_name="+")


class GroupMember(models.Model):
    group = models.ForeignKey(PeopleGroup, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("group", "person", "from_date"), name="network_group_member_once"),
        )

    def __str__(self) -> str:
        return f"{self.group_id}/{self.person_id}"


class Specialty(models.Model):
    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """An open list: a government or network programme, with its dates and policy basis."""

    public_id = models.CharField(max_length=26, unique=True, default=ids.new, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    policy_basis = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Relation(Record):
    """A lasting bond of one lead institution with its members; `behaviour` is one of seven."""

    code = models.CharField(max_length=40, unique=True)
    behaviour = models.CharField(max_length=32)
    name = models.CharField(max_length=200)
    lead = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    basis = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    # Members of a record whose rows are not written yet; set by the services before the creating move.
    _members: tuple[int, ...] | None = None
    # Who is let out in the move that is being made: they are told.
    left: frozenset[int] = frozenset()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(RelationState)), name="network_relation_state"),
            models.CheckConstraint(
                condition=models.Q(behaviour__in=list(Behaviour)), name="network_relation_behaviour"
            ),
            models.CheckConstraint(
                condition=models.Q(from_date__isnull=True)
                | models.Q(to_date__isnull=True)
                | models.Q(to_date__gte=models.F("from_date")),
                name="network_relation_dates",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def together(self, members: Iterable[int]) -> None:
        """Say who the members will be, before their rows exist."""
        self._members = tuple(members)

    def member_ids(self) -> set[int]:
        """Return the institutions that the lead is bound to."""
        if self._members is None:
            rows = RelationMember.objects.filter(relation_id=self.pk)
            self._members = tuple(rows.values_list("institution_id", flat=True))
        return set(self._members)

    def party_ids(self, *, authority: bool = False) -> set[int]:
        """Return lead and members, and the named authority when asked for."""
        named = {self.authority_id} if authority and self.authority_id else set()
        return {self.lead_id} | self.member_ids() | named


class RelationTransition(TransitionRecord):
    record = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="+")


class RelationMember(models.Model):
    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("relation", "institution"), name="network_relation_member_once"),
        )

    def __str__(self) -> str:
        return f"{self.relation_id}/{self.institution_id}"


class RelationConfirmation(models.Model):
    """A party of a relation, or its authority, has said yes to it; who has not gives nothing by it and takes nothing.

    `own`: by a move of its own. Otherwise a source says so, or it stood before: enough for accounts and sight, never
    for an authority's powers.
    """

    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    own = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("relation", "institution"), name="network_relation_confirmed_once"),
        )

    def __str__(self) -> str:
        return f"{self.relation_id}/{self.institution_id}"


class RelationSpecialty(models.Model):
    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="+")
    specialty = models.ForeignKey(Specialty, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("relation", "specialty"), name="network_relation_specialty_once"),
        )

    def __str__(self) -> str:
        return f"{self.relation_id}/{self.specialty_id}"


class Figure(models.Model):
    """One number that a source states, of an institution or of a relation.

    What one institution takes in about another is its own saying until the other confirms it.
    """

    public_id = models.CharField(max_length=26, unique=True, default=ids.new, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    label = models.CharField(max_length=120)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    comparison = models.CharField(max_length=12, blank=True, default="")
    examples = models.JSONField(default=list, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Whose desk took it in from a document; none: a loaded source says so.
    said_by = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(institution__isnull=False, relation__isnull=True)
                | models.Q(institution__isnull=True, relation__isnull=False),
                name="network_figure_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(comparison__in=list(Comparison)), name="network_figure_comparison"
            ),
        )

    def __str__(self) -> str:
        return self.label
