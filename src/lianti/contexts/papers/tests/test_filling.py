"""What a template may say, and what becomes of one that says more."""

import time

import pytest

from lianti.contexts.papers.domain import starting
from lianti.contexts.papers.domain.alone import tried
from lianti.contexts.papers.domain.filling import MOST_BYTES, Unfillable, fill
from lianti.contexts.papers.tests.builders import CONTENT, TRIAL, a_docx, text_of

FILLED = {
    **CONTENT,
    "title": "试用证明",
    "number": "SY-1",
    "code": "C",
    "address": "A",
    "issuer": "省医",
    "issued_on": "D",
}


def why(*paragraphs: str, **parts: str) -> tuple[str, str]:
    with pytest.raises(Unfillable) as found:
        fill(a_docx(*paragraphs, **parts), TRIAL, FILLED)
    return found.value.why, found.value.what


def test_our_own_document_holds_every_word_of_the_paper() -> None:
    made = text_of(fill(starting.document(TRIAL), TRIAL, FILLED))
    for said in ("欧阳某某", "200 天", "甲县", "120", "乙县", "80", "SY-1", "省医"):
        assert said in made
    assert "{" not in made


def test_placeholders_conditions_and_lines_are_filled_and_markup_in_them_is_text() -> None:
    document = a_docx("{{ name }}", "{% for row in lines %}{{ loop.index }}{{ row.place }};{% endfor %}",
                      "{% if total and name == 'x' %}A{% else %}B{% endif %}", "{{ total|default('—') }}")  # fmt: skip
    made = text_of(fill(document, TRIAL, {**FILLED, "name": "<w:p>&{{ total }}</w:p>"}))
    assert "&lt;w:p&gt;&amp;{{ total }}&lt;/w:p&gt;" in made
    assert "1甲县;2乙县;" in made
    assert "B" in made


def test_an_unknown_placeholder_is_named() -> None:
    assert why("{{ nmae }}") == ("unknown", "nmae")
    assert why("{% for row in lines %}{{ row.plcae }}{% endfor %}") == ("unknown", "row.plcae")
    assert why("{% for row in people %}{% endfor %}") == ("unknown", "people")
    assert why("{{ row.place }}") == ("unknown", "row.place")
    assert why("{{ name ") == ("syntax", why("{{ name ")[1])


@pytest.mark.parametrize(
    "said",
    [
        "{{ name.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ name['__class__'] }}",
        "{{ name|attr('__class__') }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum.__globals__.os.popen('id').read() }}",
        "{{ name.format(1) }}",
        "{{ '%s'|format(name) }}",
        "{% for n in range(1000000000) %}x{% endfor %}",
        "{% for a in lines %}{% for b in lines %}x{% endfor %}{% endfor %}",
        "{% for row in lines recursive %}{{ loop(lines) }}{% endfor %}",
        "{{ 'x' * 1000000000 }}",
        "{{ 10 ** 1000000000 }}",
        "{{ name ~ name }}",
        "{% set name = 'y' %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'secret.xml' %}",
        "{% import 'os' as os %}",
        "{% extends 'base' %}",
        "{% block b %}{% endblock %}",
        "{% call name() %}{% endcall %}",
        "{{ name|map('upper')|list }}",
        "{% filter upper %}x{% endfilter %}",
        "{{ [1] }}",
        "{{ {'a': 1} }}",
    ],
)
def test_a_template_reaches_nothing_and_reckons_nothing(said: str) -> None:
    began = time.monotonic()
    assert why(said)[0] in {"forbidden", "unknown", "syntax"}
    assert time.monotonic() - began < 2


def test_macros_links_embedded_objects_and_entities_are_refused() -> None:
    rels = '<Relationships><Relationship TargetMode="External" Target="http://x.example/t.dotm"/></Relationships>'
    assert why("a", **{"word/_rels/settings.xml.rels": rels}) == ("outside", "word/_rels/settings.xml.rels")
    assert why("a", **{"word/vbaProject.bin": "x"}) == ("runs", "word/vbaProject.bin")
    assert why("a", **{"word/embeddings/oleObject1.bin": "x"})[0] == "runs"
    assert why("a", **{"word/activeX/activeX1.xml": "<a/>"})[0] == "runs"
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert why("a", **{"word/more.xml": laughs}) == ("broken", "word/more.xml")


def test_what_is_too_large_once_unpacked_is_refused_before_it_is() -> None:
    assert why("a", **{"word/media/blank.xml": " " * 20_000_000})[0] == "large"
    with pytest.raises(Unfillable, match="large"):
        fill(b"x" * (MOST_BYTES + 1), TRIAL, FILLED)
    with pytest.raises(Unfillable, match="broken"):
        fill(b"not a zip", TRIAL, FILLED)


def test_a_template_is_tried_apart_with_an_example() -> None:
    tried(starting.document(TRIAL), TRIAL)
    with pytest.raises(Unfillable, match="unknown: nmae"):
        tried(a_docx("{{ nmae }}"), TRIAL)
