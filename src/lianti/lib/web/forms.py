"""The form that every page uses: plain Django, with widgets, ids and sections that suit the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from lianti.lib.web.parts import Question

# In the data of a form that is shown again before anything was sent: why.
UNSENT = "unsent"
_WHY = {
    "session": _("You had been signed out, so nothing has been sent yet. Look it over and send it."),
    "phone": _("Nothing has been sent yet; what you typed is kept."),
    "carried": _("Filled in as you moved it; nothing has been changed yet. Look it over and send it."),
    "lines": _("Nothing has been sent yet; what you typed is kept."),
}
_WIDE = (forms.Textarea, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput, forms.SelectMultiple)
_NATIVE: tuple[tuple[type[Any], str, str], ...] = (
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
)


class Base(forms.Form):
    """A form drawn by `{% form form %}`.

    `sections` groups fields under small headings: ((heading or None, ("field", …)), …); what it leaves out
    comes last; the last `folded` of them open when asked. Dates get the browser's own picker; ids carry the form's
    name, so several forms share a page.
    """

    sections: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()
    question: Question | None = None  # what is asked once before the form is taken
    sent_to: str = ""  # where it is sent, when that is not the page that shows it
    folded: ClassVar[int] = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}-%s")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _tickable(field)
            _suit(field)
        self.bring(self.files)

    def bring(self, files: Any) -> None:
        """Take the files that came with the form; a field of which some are kept already asks for none."""
        self.files = files
        for name, field in self.fields.items():
            if isinstance(field, forms.FileField) and self.kept_files(name):
                field.widget.use_required_attribute = _never

    @property
    def unsent(self) -> Any:
        """Why the form stands filled though nothing was sent ('' when it was)."""
        return _WHY.get(self.data.get(UNSENT, ""), "")

    def kept_files(self, name: str) -> list[Any]:
        """Return the files of a field that the site keeps until the form is sent again."""
        return [file for file in self.files.getlist(self.add_prefix(name)) if getattr(file, "held", "")]

    def full_clean(self) -> None:
        """Look at what was typed; a form that nobody has sent yet is never right, and is not blamed either."""
        super().full_clean()
        if self.unsent:
            self.errors.clear()
            self.add_error(None, self.unsent)

    def choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Let the reader choose among what only this page knows."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(choices)

    def refused(self, fields: Mapping[str, Any]) -> None:
        """Take over the sentences of a service's refusal, each at its field ('' = the whole form)."""
        for name, sentence in fields.items():
            self.add_error(name if name in self.fields else None, sentence)

    def grouped(self) -> list[tuple[Any, list[BoundField]]]:
        """Return the visible fields under their section headings."""
        visible = {bound.name: bound for bound in self.visible_fields()}
        groups: list[tuple[Any, list[BoundField]]] = []
        for heading, names in self.sections:
            groups.append((heading, [visible.pop(name) for name in names if name in visible]))
        if visible:
            groups.append((None, list(visible.values())))
        return [group for group in groups if group[1]]


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Any number of files; `cleaned_data` holds a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given: Iterable[Any] = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given if one]
        if self.required and not files:
            raise forms.ValidationError(_("Choose at least one file."), code="required")
        return files


def _never(initial: Any) -> bool:
    return False


def is_wide(field: forms.Field) -> bool:
    """Say whether a field takes the whole width of the form."""
    return isinstance(field.widget, _WIDE) or bool(getattr(field, "wide", False))


def _tickable(field: forms.Field) -> None:
    """Let several be chosen by ticking each: a native list of many wants a key held down, which nobody knows."""
    old = field.widget
    if isinstance(field, forms.MultipleChoiceField) and type(old) is forms.SelectMultiple:
        old.attrs.pop("size", None)
        field.widget = forms.CheckboxSelectMultiple(attrs=old.attrs, choices=old.choices)
        field.widget.is_required = field.required


def _suit(field: forms.Field) -> None:
    widget = field.widget
    for part in widget.widgets if isinstance(widget, forms.MultiWidget) else [widget]:
        _suit_widget(part)


def _suit_widget(widget: forms.Widget) -> None:
    for kind, input_type, shape in _NATIVE:
        if isinstance(widget, kind):
            widget.input_type = input_type
            widget.format = shape
            break
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") in (None, "10", 10):
        widget.attrs["rows"] = 3
        widget.attrs.pop("cols", None)
    if isinstance(widget, forms.NumberInput):
        # A text field keeps what was typed wrongly, a number field throws it away.
        widget.input_type = "text"
        widget.attrs.setdefault("inputmode", "decimal")
    if isinstance(widget, forms.ClearableFileInput):
        widget.template_name = "django/forms/widgets/file.html"
