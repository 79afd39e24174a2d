"""What people type about batches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain.facts import BatchFacts, LetterFacts, Nominee
from lianti.contexts.dispatch.forms.people import person_of
from lianti.contexts.dispatch.forms.said import Lined, day
from lianti.contexts.dispatch.queries import StaffBatchPage
from lianti.contexts.dispatch.queries.batches import Going
from lianti.contexts.dispatch.states import PostingKind
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts, RelationFacts
from lianti.lib.web.forms import Base
from lianti.records.lines import Lines
from lianti.records.taking_in import Incoming

MOST = 60


class PlanBatch(Base):
    """What a batch is: for whom, of what kind, from when to when."""

    relation = forms.ChoiceField(label=_("Relation"))
    name = forms.CharField(label=_("Name of the batch"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=list(words.KINDS.items()), initial=PostingKind.LONG, widget=forms.RadioSelect
    )
    from_date = day(_("From"))
    to_date = day(_("To"))
    quota_number = forms.CharField(label=_("Number of the quota letter"), max_length=60, required=False)
    quota_due = day(_("Departments name people by"), required=False)

    def __init__(self, data: Any, relations: Sequence[RelationFacts], **more: Any) -> None:
        super().__init__(data, **more)
        self.relations = {relation.public_id: relation for relation in relations}
        self.choose("relation", [(key, relation.name) for key, relation in self.relations.items()])

    def facts(self) -> BatchFacts:
        """Return what was typed as the service takes it."""
        given = dict(self.cleaned_data)
        return BatchFacts(relation_id=self.relations[given.pop("relation")].id, **given)


class EditBatch(PlanBatch):
    """A batch, put right before its letter; the relation stays."""

    @classmethod
    def of(cls, page: StaffBatchPage, data: Any) -> EditBatch:
        """Return the form filled with what the batch is."""
        names = ("name", "kind", "from_date", "to_date", "quota_number", "quota_due")
        now = {name: getattr(page.batch, name) for name in names}
        form = cls(data, [page.relation], initial={**now, "relation": page.relation.public_id})
        form.fields["relation"].widget = forms.HiddenInput()
        return form


class NomineeRow(Base):
    """One line of a list of names (花名册)."""

    person = forms.CharField(label=pgettext_lazy("dispatch", "Person"), max_length=80)
    recipient = forms.ChoiceField(label=_("Whither"))
    department = forms.CharField(label=_("Department there"), max_length=80, required=False)
    duty = forms.ChoiceField(label=_("Duty there"), choices=list(words.DUTIES.items()), required=False)
    specialty = forms.CharField(label=_("Specialty"), max_length=80, required=False)
    from_date = day(_("From"), required=False)
    to_date = day(_("To"), required=False)
    licence_number = forms.CharField(label=_("Licence number"), max_length=40, required=False)
    licence_until = day(_("Licence valid to"), required=False)

    def __init__(
        self, data: Any, *, people: Sequence[PersonFacts], places: Sequence[InstitutionFacts], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.people = people
        self.places = {place.public_id: place for place in places}
        self.choose("recipient", [(key, place.short_name) for key, place in self.places.items()])

    def clean_person(self) -> PersonFacts:
        """Find who is meant: one of the house, by name however its blanks and points are written."""
        return person_of(self.people, self.cleaned_data["person"])

    def nominee(self) -> Nominee:
        """Return the line as the service takes it."""
        given = dict(self.cleaned_data)
        person, place = given.pop("person"), self.places[given.pop("recipient")]
        return Nominee(person_id=person.id, recipient_id=place.id, **given)


class NamePeople(Lined):
    """Who is to be sent, a line each, typed or pasted."""

    lines_in = "people"

    @classmethod
    def of(cls, page: StaffBatchPage, data: Any) -> NamePeople:
        """Return the form; the names are those of the sender's people, the places those of the relation."""
        form = cls(data)
        row = partial(NomineeRow, people=page.colleagues, places=page.recipients)
        form.fields["people"] = Lines(row, label=_("People"), most=MOST)
        return form

    @staticmethod
    def given(_page: StaffBatchPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        return {"people": [row.nominee() for row in form.cleaned_data["people"]]}

    @staticmethod
    def table(page: StaffBatchPage) -> Incoming:
        """Return how a list of names (花名册) from a spreadsheet is taken in."""
        places = {name: place.public_id for place in page.recipients for name in (place.name, place.short_name)}
        return Incoming(
            "dispatch.people",
            partial(NomineeRow, people=page.colleagues, places=page.recipients),
            called={
                "person": ("姓名", "人员姓名", "派驻人员", "派驻人员姓名", "医生姓名", "专家姓名", "专家", "name"),
                "recipient": ("受援医院", "派驻医院", "接收单位", "受援单位", "派驻单位", "派往单位", "派往医院"),
                "department": ("受援科室", "派驻科室", "接收科室", "拟派驻科室", "派往科室"),
                "duty": ("拟任职务", "派驻职务", "在受援医院任职", "受援医院职务"),
                "specialty": ("专业", "诊疗科目", "派驻专业", "学科"),
                "from_date": ("开始日期", "派驻开始时间", "起始时间", "起", "开始时间", "计划开始"),
                "to_date": ("结束日期", "派驻结束时间", "截止时间", "止", "结束时间", "计划结束"),
                "licence_number": ("执业证号", "医师执业证书编号", "执业证书编码", "执业证编号"),
                "licence_until": ("执业证有效期", "有效期至", "证书有效期"),
            },
            words={"recipient": places},
            most=MOST,
        )


class _Excepting(Base):
    """A move of the whole batch, with exceptions and their reason."""

    dropped = forms.MultipleChoiceField(label=_("Leave out"), required=False)
    note = forms.CharField(label=_("Note, or why somebody is left out"), max_length=400, required=False)

    @classmethod
    def of(cls, page: StaffBatchPage, data: Any) -> Any:
        """Return the form with everybody who could be left out."""
        form = cls(data)
        form.choose("dropped", [(one.public_id, _line(one)) for one in page.nominated])
        form.more(page)
        return form

    def more(self, page: StaffBatchPage) -> None:
        """Fill in what else depends on the batch."""


def _line(one: Going) -> str:
    return f"{one.who.name} → {one.where.short_name}"


class Check(_Excepting):
    """Personnel has looked at everybody."""


class Decide(_Excepting):
    """What the leaders decided."""

    field_order = ("minutes_number", "minutes_date")
    minutes_number = forms.CharField(label=_("Number of the minutes"), max_length=60)
    minutes_date = day(_("Day of the meeting"), required=False)


class Publicise(_Excepting):
    """When and where the names were made public."""

    field_order = ("public_from", "public_to", "public_place")
    public_from = day(_("Public from"))
    public_to = day(_("Public to"))
    public_place = forms.CharField(label=_("Where"), max_length=120, required=False)


class IssueLetter(_Excepting):
    """The letter of dispatch."""

    field_order = ("letter_number", "letter_date", "letter_basis", "leader")
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=60)
    letter_date = day(_("Day of the letter"))
    letter_basis = forms.CharField(label=_("Basis of the letter"), max_length=200, required=False)
    leader = forms.ChoiceField(label=_("Leader of the batch"), required=False)

    def more(self, page: StaffBatchPage) -> None:
        """Let the leader be one of the batch."""
        self.leaders = {one.who.public_id: one.who for one in page.nominated}
        self.choose("leader", [("", "—"), *((key, str(who.name)) for key, who in self.leaders.items())])

    @staticmethod
    def given(_page: StaffBatchPage, form: Any) -> dict[str, Any]:
        """Return what was typed as the service takes it."""
        typed = dict(form.cleaned_data)
        leader = form.leaders.get(typed.pop("leader"))
        rest = {name: typed.pop(name) for name in ("dropped", "note")}
        return {"letter": LetterFacts(leader_id=leader.id if leader else None, **typed), **rest}


class Receive(Base):
    """The receipt: everybody has come, but for some."""

    arrived = day(_("Reported in on"))
    receipt_number = forms.CharField(label=_("Number of the receipt"), max_length=60, required=False)
    absent = forms.MultipleChoiceField(label=_("Has not come"), required=False)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    @classmethod
    def of(cls, page: StaffBatchPage, data: Any) -> Receive:
        """Return the form with everybody who is expected here."""
        form = cls(data, initial={"arrived": page.batch.from_date})
        form.choose("absent", [(one.public_id, str(one.who.name)) for one in page.expected])
        return form
