"""Every word on screen has its Chinese, and the tool finds what lacks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianti.lib.web import messages

PY = 'from django.utils.translation import gettext as _, pgettext\nA = _("Accept")\nB = pgettext("state", "Open")\n'
HTML = """{% load i18n %}
    <p>{% translate "It's here" %} {% translate 'Due' context "deadline" as d %}
  {% blocktranslate count n=n trimmed %}
      {{ n }} day
  {% plural %}
      {{ n }} days
  {% endblocktranslate %}</p>{# translate "not this" #}"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for app in ("lib/web", "contexts/needs"):
        (tmp_path / app / "templates" / "x").mkdir(parents=True)
        (tmp_path / app / "apps.py").write_text("")
    (tmp_path / "contexts/needs/labels.py").write_text(PY)
    (tmp_path / "contexts/needs/templates/x/a.html").write_text(HTML)
    (tmp_path / "lib/web/parts.py").write_text(PY.replace("pgettext(", "print("))
    return tmp_path


def say(root: Path, **changes: str) -> None:
    messages.update(root)
    for path in root.rglob("django.po"):
        text = path.read_text()
        for old, new in changes.items():
            text = text.replace(f'msgid "{old}"\nmsgstr ""', f'msgid "{old}"\nmsgstr "{new}"')
        path.write_text(text.replace('msgstr[0] ""', 'msgstr[0] "%(n)s 天"'))


def test_every_catalogue_of_the_product_is_complete() -> None:
    assert messages.missing() == []


def test_ids_are_found_in_code_and_templates(root: Path) -> None:
    found = {(f.id[0], f.id[1], f.id[2]) for f in messages.used(root).values()}
    assert found == {
        ("Accept", None, None),
        ("Open", None, "state"),
        ("It's here", None, None),
        ("Due", None, "deadline"),
        ("%(n)s day", "%(n)s days", None),
    }


def test_an_id_that_two_apps_use_lives_in_the_lower_one(root: Path) -> None:
    added = messages.update(root)
    assert added == {root / "lib/web": 1, root / "contexts/needs": 4}
    assert messages.update(root) == {}


def test_a_complete_catalogue_compiles_and_has_no_fault(root: Path) -> None:
    say(root, Accept="受理", Open="开放", Due="截止", **{"It's here": "在这里"})
    assert messages.missing(root) == []
    assert len(messages.compile_all(root)) == 2
    assert messages.compile_all(root) == []


def test_what_lacks_chinese_is_named_with_its_place(root: Path) -> None:
    say(root, Accept="受理")
    assert "contexts/needs/labels.py:3: no Chinese for 'Open'" in messages.missing(root)


def test_other_placeholders_fuzzy_and_double_texts_are_faults(root: Path) -> None:
    say(root, Accept="受理", Open="开放", Due="截止", **{"It's here": "在这里"})
    po = root / "contexts/needs" / messages.PO
    text = po.read_text().replace("%(n)s 天", "%(m)s 天").replace('msgctxt "state"', '#, fuzzy\nmsgctxt "state"')
    po.write_text(text + '\nmsgid "Accept"\nmsgstr "接受"\n')
    faults = "\n".join(messages.missing(root))
    assert "other placeholders: '%(n)s day'" in faults
    assert "fuzzy: 'Open'" in faults
    assert "two Chinese texts" in faults


def test_half_width_punctuation_is_a_fault_that_is_mended(root: Path) -> None:
    say(root, Accept="请看(甲),如无误;见 11:30,(A4)", Open="开放", Due="截止", **{"It's here": "在这里"})
    assert "half-width punctuation" in "".join(messages.missing(root))
    assert len(messages.tidy(root)) == 1
    assert "请看（甲），如无误；见 11:30,(A4)" in (root / "lib/web" / messages.PO).read_text()
    assert messages.missing(root) == []


def test_chinese_in_ids_and_templates_is_a_fault(root: Path) -> None:
    (root / "lib/web/parts.py").write_text('from x import gettext\ngettext("受理")\n')
    (root / "lib/web/templates/x/b.html").write_text('<p>受理</p>\n<b lang="zh-Hans">中文</b>')
    faults = messages.missing(root)
    assert "lib/web/parts.py:2: Chinese in a message id: '受理'" in faults
    assert "lib/web/templates/x/b.html:1: Chinese in a template" in faults
    assert not any("b.html:2" in fault for fault in faults)


@pytest.mark.parametrize(("verb", "code"), [("", 2), ("nonsense", 2)])
def test_an_unknown_verb_says_how_to_call(verb: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main([verb] if verb else []) == code
    assert "update" in capsys.readouterr().out
