"""Whole numbers below ten thousand as Chinese and Arabic writing give them."""

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACE = {"十": 10, "百": 100, "千": 1000}


def whole(text: str, digits: bool = False) -> int:
    """The number written as '12', '十二' or, with `digits`, one by one as in '二〇二二'; 0 when it is none."""
    text = text.strip()
    if not text or not all(c in _DIGIT or c in _PLACE or c.isdecimal() for c in text):
        return 0
    if text.isdecimal():
        return int(text)
    if digits or not any(c in _PLACE for c in text):
        return int("".join(str(_DIGIT.get(c, c)) for c in text))
    total = current = 0
    for c in text:
        if c in _PLACE:
            total, current = total + (current or 1) * _PLACE[c], 0
        else:
            current = _DIGIT[c] if c in _DIGIT else int(c)
    return total + current
