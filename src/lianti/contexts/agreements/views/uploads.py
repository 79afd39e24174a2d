"""Files that come with a form."""

from typing import Any

from lianti.contexts.agreements import services


def uploads_of(form: Any) -> tuple[services.Upload, ...]:
    """Return the files that came with a form as the services take them."""
    return tuple(services.Upload(file.name, file.read()) for file in form.cleaned_data.get("uploads") or ())
