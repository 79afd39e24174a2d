"""What people type about themselves and their colleagues."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.contexts.accounts import domain
from lianti.lib.web.forms import Base

LONGEST = 128


def _password(label: Any, *, new: bool) -> forms.CharField:
    hint = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": hint})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=LONGEST)


class SignIn(Base):
    name = forms.CharField(
        label=_("Phone number"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "inputmode": "tel"}),
    )
    password = _password(_("Password or one-time code"), new=False)

    def clean_name(self) -> str:
        """Return the number; a name, or a password typed in the wrong place, goes no further."""
        number = domain.phone(self.cleaned_data["name"])
        if number is None:
            raise forms.ValidationError(_("Sign in with your phone number."))
        return number


class NewPassword(Base):
    new = _password(_("New password"), new=True)
    again = _password(_("The same once more"), new=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", _("The two are not the same."))
        return given


class ChangePassword(NewPassword):
    old = _password(_("Present password"), new=False)
    field_order = ("old", "new", "again")


def _number(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"}))


class Number(Base):
    phone = _number(_("New phone number"))


class ChangePhone(Number):
    password = _password(_("Present password"), new=False)


class Invite(Base):
    phone = _number(_("Phone number"))
    name = forms.CharField(label=_("Name"), max_length=80)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    department_id = forms.TypedChoiceField(
        label=_("Department"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("What waits for another department then does not wait for this person. Empty: for all of them."),
    )
    from_date = forms.DateField(label=_("From"))
    to_date = forms.DateField(label=_("Until"), required=False, help_text=_("Empty: until it is ended."))

    def __init__(
        self, *args: Any, roles: list[tuple[str, Any]], departments: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["department_id"].choices = [("", "—"), *departments]  # type: ignore[attr-defined]
        if not departments:
            del self.fields["department_id"]


class TakeSeat(Base):
    code = forms.CharField(
        label=_("Code of the invitation"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class End(Base):
    successor = forms.ChoiceField(
        label=_("Who takes over"),
        required=False,
        help_text=_("What waits for this person moves there at once. Nobody chosen: to you."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args: Any, successors: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].choices = [("", "—"), *successors]  # type: ignore[attr-defined]


class At(Base):
    institution = forms.ChoiceField(label=_("Institution"))

    def __init__(self, *args: Any, institutions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].choices = institutions  # type: ignore[attr-defined]
