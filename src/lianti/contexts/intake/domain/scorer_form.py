"""One document's result in the form that the scorer reads."""

from dataclasses import asdict
from typing import Any

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.proposals import Proposals


def scorer_form(doc: str, cleaned: Cleaned, proposals: Proposals) -> dict[str, Any]:
    """JSON-ready: the scored fields first, and with them spans, confidence and why."""
    rest = asdict(proposals)
    commitments = [
        {"from": one.pop("giver") or None, "to": one.pop("receiver") or None, **one} for one in rest["commitments"]
    ]
    return {
        "doc": doc,
        "title": cleaned.title,
        "publish_date": cleaned.published.isoformat() if cleaned.published else None,
        "clean_text": cleaned.text,
        "institutions": rest["institutions"],
        "relation": proposals.relation.kind if proposals.relation else None,
        "events": [{**one, "date": one["date"] or None, "place": one["place"] or None} for one in rest["events"]],
        "people": [{**one, "institution": one["institution"] or None} for one in rest["people"]],
        "specialties": rest["specialties"],
        "needs": [{**one, "institution": one["institution"] or None} for one in rest["needs"]],
        "commitments": commitments,
        "figures": rest["figures"],
        "publicity": rest["publicity"],
        "repairs": [asdict(one) for one in cleaned.repairs],
    }
