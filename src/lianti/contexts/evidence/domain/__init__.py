"""What a file may be, and what is taken out of it before it is kept."""

from lianti.contexts.evidence.domain.images import strip
from lianti.contexts.evidence.domain.types import Kind, Unfit, clean_name, judge

__all__ = ["Kind", "Unfit", "clean_name", "judge", "strip"]
