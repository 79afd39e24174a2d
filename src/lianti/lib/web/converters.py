"""The path converter `<ulid:public_id>`; a malformed id is a page that does not exist."""

from django.urls import register_converter
from django.urls.converters import get_converters


class UlidConverter:
    regex = "[0-7][0-9A-HJKMNP-TV-Z]{25}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


def register() -> None:
    """Make `<ulid:…>` known to every URL list; calling it twice does no harm."""
    if "ulid" not in get_converters():
        register_converter(UlidConverter, "ulid")
