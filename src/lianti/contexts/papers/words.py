"""How people speak of papers and templates."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.papers.states import IssuedPaperState, TemplateState
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

PAPER = Words(
    one=pgettext_lazy("papers", "Numbered paper"),
    many=pgettext_lazy("papers", "Numbered papers"),
    states={
        IssuedPaperState.VALID: (pgettext_lazy("paper state", "Valid"), "done"),
        IssuedPaperState.WITHDRAWN: (pgettext_lazy("paper state", "Withdrawn"), "stopped"),
        IssuedPaperState.REPLACED: (pgettext_lazy("paper state", "Replaced"), "waiting"),
    },
    moves={
        "issue": Say(pgettext_lazy("move of a paper", "Issued"), _("Issued.")),
        "hand_out": Say(pgettext_lazy("move of a paper", "Issued"), _("Issued.")),
        "withdraw": Say(
            pgettext_lazy("move of a paper", "Withdrawn"),
            _("Withdrawn. Whoever checks its code is told so."),
            _("Withdraw the paper"),
        ),
        "replace": Say(pgettext_lazy("move of a paper", "Replaced by another"), _("Replaced."), _("Replace the paper")),
    },
)
TEMPLATE = Words(
    one=pgettext_lazy("papers", "Template"),
    many=pgettext_lazy("papers", "Templates of papers"),
    states={
        TemplateState.KEPT: (pgettext_lazy("template state", "Kept"), "done"),
        TemplateState.ENDED: (pgettext_lazy("template state", "No longer used"), "stopped"),
    },
    moves={
        "bring": Say(_("Template brought"), _("The template is kept. From its first day on papers are drawn by it.")),
        "end": Say(_("Template ended"), _("Ended."), _("End the template")),
    },
)
SHOWN: dict[str, Sentence] = {
    "valid": pgettext_lazy("papers", "Valid ones"),
    "ended": pgettext_lazy("papers", "Withdrawn or replaced"),
    "all": pgettext_lazy("papers", "All"),
}
KEPT: dict[str, Sentence] = {
    "kept": pgettext_lazy("papers", "Kept ones"),
    "ended": pgettext_lazy("papers", "Ended ones"),
    "all": pgettext_lazy("papers", "All"),
}
UNFIT: dict[str, Sentence] = {
    "large": _("The document is too large: at most 2 MB, without large pictures."),
    "broken": _("This is no document that can be filled. Save it as .docx anew and try again."),
    "runs": _("The document holds something that runs or is embedded (%(what)s). Take it out and save it again."),
    "outside": _("The document reaches outside (%(what)s): a link or a linked file. Take it out and save it again."),
    "unknown": _("There is no placeholder “%(what)s” for this paper."),
    "syntax": _("This placeholder cannot be read: %(what)s"),
    "forbidden": _("A template only names placeholders, goes through one table at a time and asks whether something"
                   " is there; this goes beyond: %(what)s"),
    "long": _("Filling the document takes too long or too much memory."),
}  # fmt: skip
NO_FONT = _("No font of this machine has Chinese characters, so a PDF would be blank. Print the page instead.")
NO_PDF = _("PDF files are an extra that this site has not added. An administrator adds it by: ./lianti extra pdf")
NO_SUCH_CODE = _("There is no paper with this code. Compare it with the paper, letter by letter.")
TOO_OFTEN = _("Too many codes that do not exist came from your address. Try again in ten minutes.")
