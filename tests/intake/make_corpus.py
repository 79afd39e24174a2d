"""Makes tests/intake/corpus/raw anew from the gold texts: the page's furniture around the story, then the damage, then the bytes.

`corpus/pages/<doc>.txt` is a page's lines; a line '=' stands for the story's next paragraph, '=*' for all that are left. A document without
a page is its story alone. Run it as `python -m tests.intake.make_corpus`; the same inputs give the same bytes.
"""

import json
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"


def golds() -> list[dict[str, Any]]:
    """Every gold document, in the order of its name."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((CORPUS / "gold").glob("*.json"))]


def page(gold: dict[str, Any]) -> str:
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


def raw(gold: dict[str, Any]) -> tuple[str, bytes]:
    """A document's file name and bytes."""
    return f"{gold['doc']}.txt", page(gold).encode()


def main() -> None:
    """Write every raw file."""
    for gold in golds():
        name, content = raw(gold)
        (CORPUS / "raw" / name).write_bytes(content)


if __name__ == "__main__":
    main()
