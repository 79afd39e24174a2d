"""How things are strung together in a sentence, in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import get_language


def listed(parts: Iterable[object]) -> str:
    """Return things in a row as people write them: with 、 in Chinese, with commas elsewhere."""
    between = "、" if (get_language() or "zh").startswith("zh") else ", "
    return between.join(map(str, parts))
