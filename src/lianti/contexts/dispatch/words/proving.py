"""How people speak of service certificates and appraisals; and their papers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.states import AppraisalState, CertificateState, Grade, SealSide
from lianti.contexts.papers.queries import (
    PaperFacts,
    PaperKind,
    PaperRows,
    PaperTable,
    PaperText,
    Placeholder,
    SealPlaces,
)
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

C, A = CertificateState, AppraisalState
_CONFIRMED = pgettext_lazy("certificate", "Confirmed.")
_ENDORSED = pgettext_lazy("certificate", "Endorsed.")
_SEALED = pgettext_lazy("certificate", "Sealed.")
_WITHDRAWN = pgettext_lazy("certificate", "Withdrawn.")
_KEPT = pgettext_lazy("certificate", "Kept.")
_GRADED = pgettext_lazy("certificate", "Graded.")
_CONCLUDED = pgettext_lazy("certificate", "Concluded.")
_FILED = pgettext_lazy("certificate", "Filed.")

CERTIFICATE = Words(
    one=_("Service certificate"),
    many=_("Service certificates"),
    states={
        C.DRAFTED: (pgettext_lazy("certificate state", "Recipients confirm"), "waiting"),
        C.CONFIRMED: (pgettext_lazy("certificate state", "County bureau endorses"), "waiting"),
        C.ENDORSED: (pgettext_lazy("certificate state", "Own hospital seals"), "waiting"),
        C.APPROVED: (pgettext_lazy("certificate state", "To be made public"), "waiting"),
        C.PUBLICISED: (pgettext_lazy("certificate state", "Made public"), "moving"),
        C.ISSUED: (pgettext_lazy("certificate state", "Issued"), "done"),
        C.REPORTED: (pgettext_lazy("certificate state", "As a source tells"), "moving"),
        C.WITHDRAWN: (pgettext_lazy("certificate state", "Withdrawn"), "stopped"),
    },
    moves={
        "draft": Say(_("Certificate drafted"), _("Drafted. The recipients have it on their to-do lists.")),
        "recount": Say(
            _("Counted anew"), _("Counted anew. What had been sealed is to be sealed again."), _("Count anew")
        ),
        "seal": Say(
            _("The recipient confirmed service"), _CONFIRMED, _("Confirm service"),
            notice=_("%(who)s confirmed the service of %(title)s"),
        ),
        "book_seal": Say(_("Seal on paper booked"), _("The scan is booked."), _("Book a seal on paper")),
        "confirmed": Say(_("All recipients have confirmed"), button=_("All recipients have confirmed")),
        "endorse": Say(
            _("The bureau endorsed"), _ENDORSED, _("Endorse"),
            notice=_("%(who)s endorsed the service of %(title)s"),
        ),
        "endorsed": Say(_("All bureaus have endorsed"), button=_("All bureaus have endorsed")),
        "approve": Say(_("The own hospital sealed"), _SEALED, _("Seal as the own hospital")),
        "approved": Say(_("All seals are there"), button=_("All seals are there")),
        "publicise": Say(pgettext_lazy("move of a certificate", "Made public"), _("Noted."), _("Make public")),
        "issue": Say(
            pgettext_lazy("move of a certificate", "Issued"), _("Issued with number and code."),
            _("Issue the certificate"), notice=_("%(who)s issued a service certificate for %(title)s"),
        ),
        "withdraw": Say(
            pgettext_lazy("move of a certificate", "Withdrawn"), _WITHDRAWN, _("Withdraw the certificate"),
            ask=_("Whoever checks its code is told that it does not count any more."),
        ),
    },
    turns={
        "dispatch.confirm_service": _("Confirm service with your seal"),
        "dispatch.book_seal": _("Have the seal set on paper and book the scan"),
        "dispatch.seal_home": _("Seal as the own hospital"),
        "dispatch.publicise": _("Make the certificate public"),
        "dispatch.issue": _("Issue the certificate"),
    },
    facts={
        "place": pgettext_lazy("certificate", "Seal of"),
        "days": _("Counted days"),
        "number": pgettext_lazy("certificate", "Number"),
        "public": pgettext_lazy("certificate", "Public"),
        "signatory": pgettext_lazy("certificate", "Who signed"),
    },
)  # fmt: skip

APPRAISAL = Words(
    one=pgettext_lazy("dispatch", "Appraisal"),
    many=pgettext_lazy("dispatch", "Appraisals"),
    states={
        A.BEGUN: (pgettext_lazy("appraisal state", "Self part to be written"), "waiting"),
        A.WRITTEN: (pgettext_lazy("appraisal state", "Department reviews"), "waiting"),
        A.REVIEWED: (pgettext_lazy("appraisal state", "Receiving hospital grades"), "waiting"),
        A.GRADED: (pgettext_lazy("appraisal state", "Own hospital concludes"), "moving"),
        A.CONCLUDED: (pgettext_lazy("appraisal state", "Concluded"), "done"),
        A.FILED: (pgettext_lazy("appraisal state", "With the authority"), "done"),
        A.WITHDRAWN: (pgettext_lazy("appraisal state", "Withdrawn"), "stopped"),
    },
    moves={
        "begin": Say(_("Appraisal begun"), _("Begun. The self part is to be written.")),
        "write_self": Say(
            _("Self part written"), _("Kept. The department has it on its to-do list."), _("Write the self part"),
            notice=_("%(who)s: the self part of %(title)s is written"), again=_("Write the self part anew"),
        ),
        "review": Say(
            _("The department reviewed"), _KEPT, _("Review as the department"), again=_("Review anew")
        ),
        "grade": Say(
            _("The receiving hospital graded"), _GRADED, _("Confirm days and grade"),
            notice=_("%(who)s graded the posting of %(title)s"),
        ),
        "book_grade": Say(
            _("Stamped form of the recipient booked"), _("The scan is booked."), _("Book the recipient's stamped form")
        ),
        "conclude": Say(
            _("The own hospital concluded"), _CONCLUDED, _("Conclude"),
            notice=_("%(who)s concluded the appraisal of %(title)s"),
        ),
        "file": Say(_("Filed with the authority"), _FILED, _("File with the authority")),
        "withdraw": Say(
            pgettext_lazy("move of an appraisal", "Withdrawn"), _WITHDRAWN, _("Withdraw the appraisal")
        ),
    },
    turns={
        "dispatch.write_self": _("Write the self part of the appraisal"),
        "dispatch.review": _("Review as the department"),
        "dispatch.grade": _("Confirm days and grade"),
        "dispatch.conclude": _("Conclude the appraisal"),
    },
    facts={
        "days": _("Counted days"),
        "grade": pgettext_lazy("appraisal", "Grade"),
        "filed_with": _("Filed where"),
    },
)  # fmt: skip

SEAL_SIDES: dict[str, Sentence] = {
    SealSide.RECIPIENT: pgettext_lazy("seal", "Recipient"),
    SealSide.BUREAU: pgettext_lazy("seal", "County bureau"),
    SealSide.SUPPORTER: pgettext_lazy("seal", "Supporter's personnel office"),
}
GRADES: dict[str, Sentence] = {
    Grade.EXCELLENT: pgettext_lazy("grade", "Excellent"),
    Grade.PASS: pgettext_lazy("grade", "Pass"),
    Grade.BASIC: pgettext_lazy("grade", "Basic"),
    Grade.FAIL: pgettext_lazy("grade", "Fail"),
}
ITEMS: dict[str, Sentence] = {
    "ethics": _("Ethics and discipline"),
    "ability": _("Professional ability"),
    "workload": pgettext_lazy("appraisal", "Workload"),
    "teaching": pgettext_lazy("appraisal", "Teaching"),
    "cooperation": pgettext_lazy("appraisal", "Cooperation"),
}
CERTIFICATES_SHOWN: dict[str, Sentence] = {
    "open": pgettext_lazy("certificates shown", "Under way"),
    "issued": pgettext_lazy("certificates shown", "Issued"),
    "all": pgettext_lazy("certificates shown", "All"),
}
APPRAISALS_SHOWN: dict[str, Sentence] = {
    "open": pgettext_lazy("certificates shown", "Under way"),
    "done": pgettext_lazy("appraisals shown", "Concluded"),
    "all": pgettext_lazy("certificates shown", "All"),
}
SEAL_WANTING = _("Seal wanting: %(seal)s")
ON_PAPER = pgettext_lazy("certificate", "on paper")
TOTAL = _("%(days)s days, %(months)s months")

CERTIFICATE_PAPER, APPRAISAL_PAPER = "service-certificate", "appraisal"
_NAME = Placeholder("name", pgettext_lazy("papers", "Name"), "王晓明")
_UNIT = Placeholder("unit", pgettext_lazy("papers", "Employer"), "云岭省人民医院")
_DEPARTMENT = Placeholder("department", pgettext_lazy("papers", "Department"), "心血管内科")
_PERSON_TITLE = Placeholder("person_title", pgettext_lazy("papers", "Professional title"), "主治医师")

PAPERS_OF_SERVICE = (
    PaperKind(
        CERTIFICATE_PAPER,
        (
            _("Certificate of service at primary level"),
            _("Certificate of paired assistance"),
            _("Certificate of medical support to the countryside"),
        ),
        (
            _NAME,
            Placeholder("sex", pgettext_lazy("papers", "Sex"), "女"),
            Placeholder("identity", _("Identity number (last four)"), "**************1234"),
            _UNIT,
            _DEPARTMENT,
            _PERSON_TITLE,
            Placeholder("applied_title", _("Title applied for"), "副主任医师"),
            Placeholder("days", _("Counted days"), "372"),
            Placeholder("months", _("Counted months"), "12"),
            Placeholder("until", _("Counted up to"), "2026-11-30"),
            Placeholder("rules", _("Rules by which days were counted"), "晋升前基层服务：一年 v1"),
            Placeholder("grade", _("Grade of the appraisal"), "合格"),
            Placeholder("recipient_seal", _("Seal of the recipients"), "石舟县人民医院 2026-12-02 李洁"),
            Placeholder("bureau_seal", _("Seal of the county bureau"), "石舟县卫生健康局 2026-12-05（纸质）"),
            Placeholder("supporter_seal", _("Seal of the supporter's personnel office"), "云岭省人民医院 2026-12-08"),
            Placeholder("public", _("Public notice"), "2026-12-09 – 2026-12-15 院内公示栏"),
        ),
        (
            PaperFacts(("name", "sex", "identity", "unit", "department", "person_title", "applied_title")),
            PaperTable("stretches"),
            PaperText(
                _("In all %(days)s counted days, %(months)s months, up to %(until)s, by these rules: %(rules)s")
            ),
            PaperFacts(("grade", "public")),
            SealPlaces(("recipient_seal", "bureau_seal", "supporter_seal")),
        ),
        (
            PaperRows(
                "stretches",
                pgettext_lazy("certificate", "Service"),
                (
                    Placeholder("no", pgettext_lazy("papers", "No."), "1"),
                    Placeholder("place", pgettext_lazy("dispatch", "Place of service"), "石舟县人民医院"),
                    Placeholder("level", _("Level of the place"), "二级甲等"),
                    Placeholder("department", _("Department there"), "心内科"),
                    Placeholder("first", _("From"), "2026-01-01"),
                    Placeholder("last", _("To"), "2026-06-30"),
                    Placeholder("days", _("Counted days"), "175"),
                    Placeholder("basis", _("Basis of the letter"), "云省医函〔2025〕41号"),
                    Placeholder("kind", _("Kind of posting"), "长期派驻"),
                    Placeholder("remark", pgettext_lazy("papers", "Remark"), "历史补录"),
                ),
            ),
        ),
        series="FZ",
    ),
    PaperKind(
        APPRAISAL_PAPER,
        (_("Appraisal of posted staff"),),
        (
            _NAME, _UNIT, _DEPARTMENT, _PERSON_TITLE,
            Placeholder("recipient", _("Receiving institution"), "石舟县人民医院"),
            Placeholder("there", _("Department there"), "心内科"),
            Placeholder("first", _("From"), "2026-01-01"),
            Placeholder("last", _("To"), "2026-06-30"),
            Placeholder("days", _("Days that the recipient confirms"), "175"),
            Placeholder("self_text", _("Summary of one's own work"), "半年来坚持每周坐诊、查房……"),
            *(Placeholder(code, means, "5") for code, means in ITEMS.items()),
            Placeholder("department_text", _("Opinion of the department"), "工作认真，带教得法。"),
            Placeholder("reviewed_by", _("Signed for the department"), "李洁"),
            Placeholder("recipient_grade", _("Grade of the recipient"), "优秀"),
            Placeholder("graded", _("Seal of the recipient"), "石舟县人民医院 2026-07-03"),
            Placeholder("supporter_grade", _("Grade of the own hospital"), "优秀"),
            Placeholder("concluded", _("Seal of the own hospital"), "云岭省人民医院 2026-07-10"),
            Placeholder("filed", _("Filed with the authority"), "石舟县卫生健康局 2026-07-20"),
        ),
        (
            PaperFacts(("name", "unit", "department", "person_title", "recipient", "there", "first", "last", "days")),
            PaperTable("figures"),
            PaperFacts(("self_text", *ITEMS, "department_text", "reviewed_by", "recipient_grade", "supporter_grade")),
            SealPlaces(("graded", "concluded", "filed")),
        ),
        (
            PaperRows(
                "figures",
                _("Work done, own shares"),
                (
                    Placeholder("kind", pgettext_lazy("papers", "Kind of work"), "教学查房"),
                    Placeholder("amount", pgettext_lazy("papers", "Quantity"), "24"),
                    Placeholder("unit", pgettext_lazy("papers", "Unit"), "次"),
                ),
            ),
        ),
    ),
)  # fmt: skip
