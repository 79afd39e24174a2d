"""Makes tests/intake/corpus/raw anew from the gold texts: the page around the story, then the damage, then the bytes.

`corpus/pages/<doc>.txt` is a page's lines; a line '=' stands for the story's next paragraph, '=*' for all that are
left. A document without a page is its story alone. A gold's `noise` says what else happens: names of `damage.DAMAGES`
are done to the page, names of FORMS and CHARSETS decide the file; the others only describe the page. Run
it as `python -m tests.intake.make_corpus`; the same inputs give the same bytes.
"""

import json
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from pathlib import Path
from typing import Any
from zlib import crc32

from lianti.contexts.intake.domain.damage import DAMAGES, damage

Gold = dict[str, Any]

CORPUS = Path(__file__).parent / "corpus"

CHARSETS = {"gb18030": "gb18030", "big5": "big5hkscs", "utf_16": "utf-16"}


def golds() -> list[Gold]:
    """Every gold document, in the order of its name."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((CORPUS / "gold").glob("*.json"))]


def page(gold: Gold) -> str:
    """The document as its page shows it, before any damage."""
    left = gold["clean_text"].split("\n")
    layout = CORPUS / "pages" / f"{gold['doc']}.txt"
    shown: list[str] = []
    for line in layout.read_text(encoding="utf-8").splitlines() if layout.exists() else ["=*"]:
        taken = {"=": 1, "=*": len(left)}.get(line.strip())
        if taken is None:
            shown.append(line)
        else:
            shown += left[:taken]
            del left[:taken]
    if left:
        raise ValueError(f"{gold['doc']}: its page leaves out {left[0][:20]}")
    return "\n".join(shown) + "\n"


def html(gold: Gold, text: str) -> bytes:
    """A saved page that declares another charset than its bytes have ('html_as_gbk': it says gb2312 and is UTF-8)."""
    says, has = ("gb2312", "utf-8") if "html_as_gbk" in gold["noise"] else ("utf-8", "gb18030")
    lines = "\n".join(f'<p style="text-indent:2em">{escape(line)}</p>' for line in text.splitlines() if line.strip())
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={says}"><title>{escape(gold["title"])}</title>'
    script = "<script>var hits = 1; document.title += '';</script><style>p { margin: 0 }</style>"
    return f"<!DOCTYPE html>\n<html><head>{head}{script}</head><body>\n{lines}\n</body></html>\n".encode(has)


def eml(gold: Gold, text: str) -> bytes:
    """A mail whose subject is the title."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = gold["title"]
    mail["From"] = "医务科 <office@hospital.example>"
    mail["To"] = "对外协作办 <liaison@hospital.example>"
    mail["Date"] = datetime.fromisoformat(f"{gold['publish_date']}T09:12:00+08:00")
    mail["Message-ID"] = f"<{gold['doc']}@hospital.example>"
    mail.set_content(text, charset="gb18030" if "gb18030" in gold["noise"] else "utf-8", cte="base64")
    return mail.as_bytes()


FORMS: dict[str, tuple[str, Callable[[Gold, str], bytes]]] = {
    "html_as_gbk": ("html", html),
    "html_as_utf8": ("html", html),
    "eml": ("eml", eml),
}


def raw(gold: Gold) -> tuple[str, bytes]:
    """A document's file name and bytes."""
    kinds = [kind for kind in gold["noise"] if kind in DAMAGES]
    text = damage(page(gold), kinds, seed=crc32(gold["doc"].encode()))
    for kind in gold["noise"]:
        if kind in FORMS:
            suffix, form = FORMS[kind]
            return f"{gold['doc']}.{suffix}", form(gold, text)
    charset = next((CHARSETS[kind] for kind in gold["noise"] if kind in CHARSETS), "utf-8")
    return f"{gold['doc']}.txt", text.encode(charset)


def main() -> None:
    """Write every raw file; one that no gold has any more is removed."""
    made = dict(map(raw, golds()))
    for path in (CORPUS / "raw").iterdir():
        if path.name not in made:
            path.unlink()
    for name, content in made.items():
        (CORPUS / "raw" / name).write_bytes(content)


if __name__ == "__main__":
    main()
