"""Files that cannot be taken: the place, a mend, nothing written, never a crash."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianti.contexts.network.models import Institution, Source
from lianti.journeys import loader
from lianti.journeys.loader.content import Checker
from lianti.journeys.loader.problems import Unreadable
from lianti.journeys.loader.reading import read
from lianti.kernel import scope
from lianti.kernel.models import Principal, Tenant
from lianti.lib.actor import Actor
from lianti.lib.errors import NotAllowed
from lianti.lib.roles import Role

pytestmark = pytest.mark.turns

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "examples" / "networks"

GOOD = """format: lianti-network/1
id: bai-2025
source: {published: 2025-01-01, medium: news, title: 座谈会}
institutions:
  - {code: A, name: 甲医院, kind: hospital}
  - {code: B, name: 乙医院, kind: hospital}
  - {code: C, name: 丙医院, kind: hospital}
relations:
  - {code: R, kind: paired_assistance, name: 对口支援, lead: A, members: [B], status: in_force}
events:
  - {kind: signing, date: 2025-01-01, place: B, relation: R, participants: [A, B]}
needs:
  - {relation: R, institution: B, category: training, text: 培训}
commitments:
  - {relation: R, from: A, to: B, kind: training, text: 培训}
figures:
  - {institution: B, label: 床位, value: 300}
"""


def report_of(path: Path, text: str | bytes) -> loader.FileReport:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with translation.override("en"):
        return loader.load([path], at=AT).files[0]


def lines_of(report: loader.FileReport) -> str:
    with translation.override("en"):
        return "\n".join(report.lines(dry_run=False))


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("lianti-network/1", "lianti-network/2", "1:9", "The first line must be"),
        ("id: bai-2025\n", "", "1:1", "“id” is missing"),
        ("id: bai-2025", "id: bai 2025", "2:5", "must be a code"),
        ("id: bai-2025", "id: 2025", "2:5", "must be text, but it is a whole number"),
        ("needs:", "need:", "12:1", "Did you mean “needs”?"),
        ("medium: news, ", "", "3:1", "“medium” is missing"),
        ("published: 2025-01-01", "published: 2025-13-01", "3:21", "no date"),
        ("title: 座谈会", "title: ''", "3:54", "This is empty"),
        ("title: 座谈会", "title: 座谈会, author: 某", "3:67", "“author” is not known here"),
        ("name: 甲医院", "nam: 甲医院", "5:20", "Did you mean “name”?"),
        ("name: 甲医院", "name: 2025", "5:21", "must be text"),
        ("name: 甲医院", "name: 甲医院, name: 乙", "5:26", "stands twice"),
        ("code: B,", "code: A,", "6:5", "said already by institutions[1]"),
        ("name: 甲医院, kind: hospital", "name: 甲医院, kind: hospitl", "5:32", "Did you mean “hospital”?"),
        ("kind: paired_assistance", "kind: friendship", "9:21", "“friendship” is not known here"),
        ("lead: A", "lead: X", "9:58", "no institution with the code “X”"),
        ("members: [B]", "members: [B, X]", "9:74", "no institution with the code “X”"),
        ("members: [B]", "members: []", "9:61", "This is empty"),
        ("members: [B]", "members: B", "9:70", "must be a list, but it is text"),
        ("members: [B]", "members: [B, B]", "9:61", "stands twice in this list"),
        ("members: [B]", "members: [A]", "9:61", "cannot be a member of its own relation"),
        ("status: in_force", "status: requested, signed: 2025-01-01", "9:102", "A signed relation is in force"),
        ("status: in_force", "status: maybe", "9:83", "“maybe” is not known here"),
        ("kind: signing", "kind: party", "11:12", "“party” is not known here"),
        ("place: B", "place: X", "11:46", "no institution with the code “X”"),
        ("relation: R, participants", "relation: Q, participants", "11:59", "no relation with the code “Q”"),
        ("category: training", "category: money", "13:45", "“money” is not known here"),
        ("institution: B, category", "institution: C, category", "13:32", "is no party of the relation"),
        ("institution: B, category", "institution: [B, B], category", "13:5", "stands twice in this list"),
        ("from: A, to: B", "from: A, to: A", "15:32", "A promise is made to another institution"),
        ("from: A, to: B", "to: B", "15:5", "“from” is missing"),
        ("kind: training, text", "kind: singing, text", "15:41", "“singing” is not known here"),
        ("value: 300", "value: many", "17:40", "a whole number or a number, but it is text"),
        ("value: 300", "value: 300, comparison: over", "17:57", "“over” is not known here"),
        ("value: 300", "value: 99999999999999", "17:40", "out of range"),
        ("figures:\n", "figures:\n  - {label: 床位, value: 1}\n  - {label: 床位, value: 2}\n", "18:5", "said already"),
        ("needs:\n", "needs: none\nold:\n", "12:8", "This must be a list"),
    ],
)
def test_a_wrong_file_is_told_where_and_how(
    db: None, tmp_path: Path, old: str, new: str, place: str, words: str
) -> None:
    assert old in GOOD
    report = report_of(tmp_path / "net.yaml", GOOD.replace(old, new, 1))
    told = lines_of(report)
    assert f"net.yaml:{place}: " in told, told
    assert words in told, told
    assert not Institution.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"# nothing\n", "The file is empty"),
        (b"- a\n- b\n", "must be a mapping"),
        (b"just words", "must be a mapping"),
        (b"{}", "The first line must be"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a: [1, 2", "not well-formed"),
        (b"a: b: c", "not well-formed"),
        (b"a: \x00", "must not stand"),
        (b"a: &x [1]\nb: *x", "Anchors and aliases"),
        (b"a: !!python/object/apply:os.system [ls]", "Tags"),
        (b"a: 1\n---\nb: 2", "second document"),
        (b"? [a]\n: b", "A name must stand"),
        (b"[" * 50 + b"]" * 50, "nested too deeply"),
        (b"a: [" + b"1," * 100_001 + b"1]", "too many values"),
        (b"x" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_what_is_no_network_at_all_is_refused(db: None, tmp_path: Path, content: bytes, words: str) -> None:
    report = report_of(tmp_path / "net.yaml", content)
    assert not report.ok
    assert words in lines_of(report)


def test_a_bomb_of_aliases_is_refused_at_once(db: None, tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))
    assert "Anchors" in lines_of(report_of(tmp_path / "net.yaml", bomb))


def test_a_file_that_is_not_there_is_named(db: None, tmp_path: Path) -> None:
    report = loader.load([tmp_path / "nowhere.yaml", tmp_path], at=AT)
    assert [len(f.problems) for f in report.files] == [1, 1]
    assert "nowhere.yaml" in report.lines()[0]


def test_words_that_yaml_calls_truth_stay_words(db: None, tmp_path: Path) -> None:
    text = GOOD.replace("code: C,", "code: NO,").replace("丙医院", "on")
    assert report_of(tmp_path / "net.yaml", text).ok
    assert Institution.objects.get(code="NO").name == "on"


def test_all_problems_of_a_file_are_told_together(db: None, tmp_path: Path) -> None:
    text = GOOD.replace("kind: signing", "kind: party").replace("lead: A", "lead: X").replace("value: 300", "value: x")
    text = text.replace("value: x", "value: 3").replace("category: training", "category: money")
    assert len(report_of(tmp_path / "net.yaml", text).problems) >= 3


def test_one_refused_file_does_not_hold_the_others(db: None, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.yaml", tmp_path / "good.yaml"
    bad.write_text(GOOD.replace("lead: A", "lead: X"), "utf-8")
    good.write_text(GOOD.replace("bai-2025", "good-2025"), "utf-8")
    report = loader.load([bad, good], at=AT)
    assert [f.ok for f in report.files] == [False, True]
    assert not report.ok
    assert [s.code for s in Source.objects.all()] == ["good-2025"]


def test_a_code_that_belongs_to_another_is_refused(db: None, tmp_path: Path) -> None:
    assert report_of(tmp_path / "net.yaml", GOOD).ok
    other = GOOD.replace("bai-2025", "other").replace("甲医院", "别的医院").replace("code: R,", "code: S,")
    told = lines_of(report_of(tmp_path / "other.yaml", other.replace("relation: R", "relation: S")))
    assert "The code “A” belongs to “甲医院” here" in told
    assert "other.yaml:5:5:" in told


def test_a_relation_code_of_another_file_is_refused(db: None, tmp_path: Path) -> None:
    assert report_of(tmp_path / "net.yaml", GOOD).ok
    told = lines_of(report_of(tmp_path / "other.yaml", GOOD.replace("bai-2025", "other")))
    assert "The relation code “R” is used already (bai-2025)" in told


def test_problems_are_told_in_the_readers_language(db: None, tmp_path: Path) -> None:
    path = tmp_path / "net.yaml"
    path.write_text(GOOD.replace("lead: A", "lead: X"), "utf-8")
    with translation.override("zh-hans"):
        told = "\n".join(loader.load([path], at=AT).lines())
    assert "没有代码为“X”的机构" in told


def test_only_an_administrator_loads(db: None) -> None:
    with scope.system():
        principal = Principal.objects.create(name="某人", phone="13900000001")
        tenant = Tenant.objects.create(label="某院")
    with pytest.raises(NotAllowed):
        loader.load([], actor=Actor(principal.pk, tenant.pk, Role.OFFICE), at=AT)


def test_an_administrator_loads_in_their_own_name(db: None) -> None:
    with scope.system():
        principal = Principal.objects.create(name="管理员", phone="13900000001")
        tenant = Tenant.objects.create(label="平台")
    actor = Actor(principal.pk, tenant.pk, Role.ADMINISTRATOR)
    assert loader.load([EXAMPLES / "laoling-2024.yaml"], actor=actor, at=AT).ok
    assert set(Institution.objects.values_list("created_by", flat=True)) == {principal.pk}


NASTY = "{}[]:,-#&*!?|>'\"\n aA1é医\t\x00~"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(GOOD)),
            st.integers(0, 12),
            st.text(alphabet="{}[]:,-#&*!?|>'\"\n aA1é医\t\x00~", max_size=6),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_damage_is_refused_or_taken_but_never_a_crash(edits: list[tuple[int, int, str]]) -> None:
    text = GOOD
    for start, length, put in edits:
        text = text[:start] + put + text[start + length :]
    try:
        checker = Checker(read(text.encode()))
    except Unreadable:
        return
    checker.content()
    for problem in checker.problems:
        assert problem.text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read_but_never_a_crash(data: bytes) -> None:
    try:
        tree = read(data)
    except Unreadable:
        return
    Checker(tree).content()
