"""How bytes go out to a browser: as a download that it neither shows nor guesses about."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from lianti.contexts.evidence.services.files import Held


def response(held: Held) -> HttpResponse:
    """Return the answer that downloads the file."""
    answer = HttpResponse(held.content, content_type=held.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=held.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
