"""The papers of sending people: what each may name, and how ours is laid out. Letters, lists, later certificates."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.papers.queries import (
    PaperFacts,
    PaperKind,
    PaperRows,
    PaperTable,
    PaperText,
    Placeholder,
    SealPlaces,
)

LETTER, RECEIPT, CHANGE, NAMES = "dispatch-letter", "dispatch-receipt", "dispatch-change", "dispatch-names"
REPORT = "dispatch-report"

_SENDER = Placeholder("sender", _("Sending institution"), "云岭省人民医院")
_RECIPIENT = Placeholder("recipient", _("Receiving institution"), "石舟县人民医院")
_BATCH = Placeholder("batch", _("Name of the batch"), "2026年下半年对口支援派驻医疗队")
_LETTER_NUMBER = Placeholder("letter_number", _("Number of the letter"), "云省医函〔2026〕21号")
_LETTER_DATE = Placeholder("letter_date", _("Day of the letter"), "2026-06-22")
_BASIS = Placeholder("basis", _("Basis of the letter"), "对口支援协议、年度派驻计划")
_LEADER = Placeholder("leader", _("Leader of the batch"), "王晓明")
_COUNT = Placeholder("count", _("Number of people"), "5")
_FIRST = Placeholder("first", _("First planned day"), "2026-07-01")
_LAST = Placeholder("last", _("Last planned day"), "2026-12-31")

_LINE = (
    Placeholder("no", pgettext_lazy("papers", "No."), "1"),
    Placeholder("name", pgettext_lazy("papers", "Name"), "王晓明"),
    Placeholder("title", pgettext_lazy("papers", "Professional title"), "副主任医师"),
    Placeholder("unit", _("Department at home"), "心血管内科"),
    Placeholder("department", _("Department there"), "心内科"),
    Placeholder("duty", _("Duty there"), "科主任"),
    Placeholder("specialty", _("Specialty"), "心血管内科"),
    Placeholder("first", _("First planned day"), "2026-07-01"),
    Placeholder("last", _("Last planned day"), "2026-12-31"),
    Placeholder("licence", _("Licence number"), "110530000012345"),
)
_ARRIVED = Placeholder("arrived", _("Reported in on"), "2026-07-01")
_LEFT = Placeholder("left", pgettext_lazy("dispatch", "Last day"), "2026-12-31")

KINDS_OF_PAPER = (
    PaperKind(
        LETTER,
        (_("Letter of dispatch"),),
        (_SENDER, _RECIPIENT, _BATCH, _LETTER_NUMBER, _LETTER_DATE, _BASIS, _LEADER, _COUNT, _FIRST, _LAST),
        (
            PaperText("%(letter_number)s"),
            PaperText("%(recipient)s："),
            PaperText(
                _(
                    "On the basis of %(basis)s we send %(count)s of our staff to work with you from %(first)s to"
                    " %(last)s. Please receive them; their names stand below. Leader of the batch: %(leader)s"
                )
            ),
            PaperTable("people", ("no", "name", "title", "unit", "department", "duty", "first", "last", "licence")),
            SealPlaces(("sender", "letter_date")),
        ),
        (PaperRows("people", _("People sent"), _LINE),),
    ),
    PaperKind(
        RECEIPT,
        (_("Receipt of posted staff"),),
        (
            _SENDER, _RECIPIENT, _BATCH, _LETTER_NUMBER,
            Placeholder("receipt_number", _("Number of the receipt"), "接收函〔2026〕03号"), _COUNT,
            Placeholder("absent", _("Who has not reported in"), "李洁（未到）"),
        ),
        (
            PaperText("%(receipt_number)s"),
            PaperText("%(sender)s："),
            PaperText(
                _("In answer to your letter %(letter_number)s: %(count)s of your staff have reported in as below.")
            ),
            PaperTable("people"),
            PaperFacts(("absent",)),
            SealPlaces(("recipient",)),
        ),
        (PaperRows("people", _("People who reported in"), (*_LINE[:6], _ARRIVED)),),
    ),
    PaperKind(
        CHANGE,
        (_("Letter on a change of posted staff"),),
        (_SENDER, _RECIPIENT, _BATCH, _LETTER_NUMBER, _LETTER_DATE),
        (
            PaperText("%(letter_number)s"),
            PaperText("%(recipient)s："),
            PaperText(_("We change who is posted with you as below. Please take note and support the handover.")),
            PaperTable("changes"),
            SealPlaces(("sender", "letter_date")),
        ),
        (
            PaperRows(
                "changes",
                _("Outgoing and incoming"),
                (
                    Placeholder("no", pgettext_lazy("papers", "No."), "1"),
                    Placeholder("change", _("Change"), "轮换"),
                    Placeholder("specialty", _("Specialty"), "心血管内科"),
                    Placeholder("outgoing", _("Outgoing"), "王晓明"),
                    Placeholder("left", pgettext_lazy("dispatch", "Last day"), "2026-09-30"),
                    Placeholder("incoming", _("Incoming"), "李洁"),
                    Placeholder("incoming_title", _("Title of who comes"), "主治医师"),
                    Placeholder("comes", _("Comes on"), "2026-10-01"),
                    Placeholder("reason", _("Reason"), "原单位工作需要"),
                ),
            ),
        ),
    ),
    PaperKind(
        REPORT,
        (_("Report of a batch"),),
        (
            _SENDER, _BATCH, _LETTER_NUMBER, _LEADER, _COUNT, _FIRST, _LAST,
            Placeholder("until", _("Told up to"), "2026-12-31"),
            Placeholder("days", _("Counted days of all"), "856"),
        ),
        (
            PaperFacts(("sender", "batch", "letter_number", "leader", "count", "first", "last", "until", "days")),
            PaperTable("people"),
            PaperTable("work"),
        ),
        (
            PaperRows(
                "people",
                _("People of the batch"),
                (
                    _LINE[0], _LINE[1], _LINE[2],
                    Placeholder("recipient", _("Receiving institution"), "石舟县人民医院"),
                    _LINE[4], _ARRIVED, _LEFT,
                    Placeholder("days", _("Counted days"), "175"),
                    Placeholder("state", _("State"), "在岗"),
                ),
            ),
            PaperRows(
                "work",
                _("Work done, own shares added up"),
                (
                    Placeholder("recipient", _("Receiving institution"), "石舟县人民医院"),
                    Placeholder("kind", pgettext_lazy("papers", "Kind of work"), "教学查房"),
                    Placeholder("amount", pgettext_lazy("papers", "Quantity"), "24"),
                    Placeholder("unit", pgettext_lazy("papers", "Unit"), "次"),
                ),
            ),
        ),
    ),
    PaperKind(
        NAMES,
        (_("List of names of a batch"),),
        (_SENDER, _BATCH, _LETTER_NUMBER, _LETTER_DATE, _LEADER, _COUNT, _FIRST, _LAST),
        (
            PaperFacts(("sender", "batch", "letter_number", "leader", "count")),
            PaperTable(
                "people",
                ("no", "name", "title", "unit", "recipient", "department", "duty", "first", "last"),
            ),
        ),
        (
            PaperRows(
                "people",
                _("People of the batch"),
                (
                    *_LINE[:4], Placeholder("recipient", _("Receiving institution"), "石舟县人民医院"), *_LINE[4:],
                    Placeholder("kind", _("Kind of posting"), "长期派驻"), _ARRIVED, _LEFT,
                    Placeholder("state", _("State"), "在岗"),
                ),
            ),
        ),
    ),
)  # fmt: skip
