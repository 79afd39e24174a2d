"""Tags, half tags, entities and invisible characters that copying left in a text."""

import html
import re

NAMES = (
    "label|span|strong|font|section|article|center|table|tbody|thead|script|style|iframe|input|button|form|div|img|sub|sup|"
    r"br|hr|tr|td|th|ul|ol|li|em|a|b|i|p|u|h[1-6]|o:p|st1:[a-z]{1,20}|[vwom]:[a-z]{1,20}|!--|\?xml|!\[[a-z]{1,10}\]"
)
WHOLE = re.compile(rf"</?(?:{NAMES})(?=[\s>/\"'=0-9:a-z-])?[^<>\n]{{0,300}}>", re.IGNORECASE)
UNCLOSED = re.compile(rf"<(?:{NAMES})\s[a-z-]{{1,20}}=[^<>\n]{{0,200}}$", re.IGNORECASE)
UNOPENED = re.compile(
    r"(?:(?<![A-Za-z<./])/|(?<![A-Za-z0-9<./]))(?:label|span|strong|font|section|div|o:p|br\s?/)\s?>", re.IGNORECASE
)
ATTRIBUTES = re.compile(r"""(?:(?<![<\w])[a-z][a-z-]{1,14}\s?=\s?(?:"[^"<>\n]{0,120}"|'[^'<>\n]{0,120}')\s?){1,6}/?>""")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|&nbsp\b;?")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# A hard blank between two Chinese characters of a sentence is a leftover; in a list or a heading it parts them.
STRAY = re.compile("(?<=[\u3400-\u9fff])\u00a0{1,4}(?=[\u3400-\u9fff])")
SENTENCE = re.compile("[，。；,]")
BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2002\u2003\u2005\u2007\u2009\u202f", " "))


def _meant(match: re.Match[str]) -> str:
    meant = html.unescape(match[0] if match[0].endswith(";") else match[0] + ";")
    return " " if meant in {"\n", "\r", "\t"} else meant


def strip(line: str) -> tuple[str, int]:
    """The line without them, and how many were taken out or put right. Only what stands within a tag goes."""
    line, taken = INVISIBLE.subn("", line)
    if "&" in line:
        line, count = ENTITY.subn(_meant, line)
        taken += count
    if "<" in line or ">" in line:
        for pattern in (WHOLE, UNOPENED, ATTRIBUTES, UNCLOSED):
            line, count = pattern.subn("", line)
            taken += count
    line, count = INVISIBLE.subn("", line)
    line = CONTROL.sub("", line)
    if "\u00a0" in line and SENTENCE.search(line):
        line = STRAY.sub("", line)
    return line.translate(BLANKS), taken + count
