"""A second load of a changed file: updates, conflicts, and what is left alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from lianti.contexts.activities.models import Activity
from lianti.contexts.agreements import queries as agreements
from lianti.contexts.agreements.models import Agreement, Commitment
from lianti.contexts.ledger.models import Account
from lianti.contexts.needs import queries as needs
from lianti.contexts.needs.models import Need
from lianti.contexts.network import queries as network
from lianti.contexts.network import services
from lianti.contexts.network.models import Figure, Institution, Relation
from lianti.journeys import loader
from lianti.kernel import journal, scope
from lianti.kernel.models import Principal
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

pytestmark = pytest.mark.turns

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "examples" / "networks"

Reload = Callable[..., loader.FileReport]


@pytest.fixture
def reload(db: None, tmp_path: Path) -> Reload:
    """Load an example, then load it again with pieces of its text replaced."""

    def again(name: str, *pieces: tuple[str, str], between: Callable[[], object] | None = None) -> loader.FileReport:
        text = (EXAMPLES / f"{name}.yaml").read_text("utf-8")
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, "utf-8")
        first = loader.load([path], at=AT)
        assert first.ok, first.lines()
        if between is not None:
            with scope.system():
                between()
        for old, new in pieces:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        return loader.load([path], at=AT).files[0]

    return again


def system() -> Actor:
    principal = Principal.objects.get(kind=Principal.Kind.JOB, name="文件导入")
    return Actor(principal.pk, Institution.objects.order_by("pk")[0].pk, Role.SYSTEM)


def keeper() -> Actor:
    principal, _made = Principal.objects.get_or_create(name="管理员", phone="13800000000")
    return Actor(principal.pk, Institution.objects.order_by("pk")[0].pk, Role.ADMINISTRATOR)


def updated(report: loader.FileReport, kind: str) -> int:
    assert report.ok, list(report.lines(dry_run=False))
    with scope.system():
        assert journal.verify(engine.records()).faults == []
    return report.count("updated", kind)


def test_a_changed_region_is_an_update(reload: Reload) -> None:
    report = reload("laoling-2024", ("region: 山东省/德州市/乐陵市", "region: 山东省/德州市"))
    assert updated(report, "institution") == 1
    assert report.count("created") == 0
    assert Institution.objects.get(code="LLRM").region == "山东省/德州市"
    assert any("region" in line for line in report.lines(dry_run=False))


def test_a_field_changed_here_and_in_the_file_is_a_conflict(reload: Reload) -> None:
    def mend() -> None:
        public_id = Institution.objects.get(code="LLRM").public_id
        services.edit_institution(
            actor=keeper(), at=AT, key=None, institution_id=public_id, fields={"region": "山东省/乐陵市"}
        )

    report = reload(
        "laoling-2024",
        ("region: 山东省/德州市/乐陵市", "region: 山东省/德州市"),
        ("text: 学科建设", "text: 学科建设与共建"),
        between=mend,
    )
    assert not report.ok
    assert len(report.conflicts) == 1
    assert Institution.objects.get(code="LLRM").region == "山东省/乐陵市"
    assert not Commitment.objects.filter(text="学科建设与共建").exists()
    assert "山东省/乐陵市" in "\n".join(report.lines(dry_run=False))


def test_a_field_changed_here_alone_stays(reload: Reload) -> None:
    def mend() -> None:
        public_id = Institution.objects.get(code="LLRM").public_id
        services.edit_institution(
            actor=keeper(), at=AT, key=None, institution_id=public_id, fields={"level": "2a", "short_name": "乐陵人民"}
        )

    report = reload("laoling-2024", ("region: 山东省/德州市/乐陵市", "region: 山东省/德州市"), between=mend)
    assert updated(report, "institution") == 1
    here = Institution.objects.get(code="LLRM")
    assert (here.region, here.level, here.short_name) == ("山东省/德州市", "2a", "乐陵人民")


def test_a_renamed_institution_is_still_the_same(reload: Reload) -> None:
    def rename() -> None:
        services.rename_institution(
            actor=keeper(),
            at=AT,
            key=None,
            institution_id=Institution.objects.get(code="LLRM").public_id,
            name="乐陵市中心医院",
            from_date=date(2025, 1, 1),
        )

    report = reload("laoling-2024", between=rename)
    assert report.ok
    assert report.count("unchanged", "institution") == 2
    assert Institution.objects.get(code="LLRM").name == "乐陵市中心医院"


def test_a_relation_moves_on_and_its_accounts_open(reload: Reload) -> None:
    report = reload("kunming-2023", ("specialties: [肝胆外科, 皮肤科], status: requested", "status: in_force"))
    assert updated(report, "relation") == 1
    relation = Relation.objects.get(code="KM-R3")
    assert relation.state == "in_force"
    assert network.relation_by_id(relation.pk).specialties == ()


def test_promises_of_a_requested_relation_open_when_it_comes_in_force(reload: Reload, tmp_path: Path) -> None:
    promise = "  - {relation: KM-R3, from: KYFY, to: YUL, kind: dispatch, text: 派肝胆专家}\n"
    text = (EXAMPLES / "kunming-2023.yaml").read_text("utf-8").replace("commitments:\n", "commitments:\n" + promise)
    path = tmp_path / "kunming.yaml"
    path.write_text(text, "utf-8")
    assert loader.load([path], at=AT).ok
    assert Account.objects.count() == 50
    path.write_text(text.replace("status: requested", "status: in_force"), "utf-8")
    assert loader.load([path], at=AT).ok
    assert Account.objects.count() == 51


def test_a_relation_does_not_go_back(reload: Reload) -> None:
    report = reload("laoling-2024", ("status: in_force", "status: requested"))
    assert not report.ok
    assert len(report.conflicts) == 1
    assert Relation.objects.get(code="LL-R1").state == "in_force"


def test_a_new_member_joins(reload: Reload) -> None:
    report = reload(
        "laoling-2024",
        ("relations:\n", "  - {code: QYRM, name: 庆云县人民医院, kind: hospital}\nrelations:\n"),
        ("members: [LLRM]", "members: [LLRM, QYRM]"),
    )
    assert updated(report, "relation") == 1
    assert report.count("created", "institution") == 1
    found = network.relation_by_id(Relation.objects.get(code="LL-R1").pk)
    assert [m.code for m in found.members] == ["LLRM", "QYRM"]


def test_a_signing_is_dated_anew(reload: Reload) -> None:
    report = reload(
        "dezhou-mch-2023",
        (
            "authority: DZWJ, status: in_force, signed: 2023-06-21",
            "authority: DZWJ, status: in_force, signed: 2023-06-20",
        ),
    )
    assert updated(report, "agreement") == 1
    with scope.system():
        paper = Agreement.objects.get(signed_date=date(2023, 6, 20))
        assert paper.from_date == date(2023, 6, 20)
        assert set(Account.objects.values_list("from_date", flat=True)) == {date(2023, 6, 20)}


def test_an_event_is_told_better(reload: Reload) -> None:
    report = reload(
        "qingtian-2021",
        ("attendance: 40", "attendance: 42"),
        ("visited: [急诊科, 儿科, 外科]", "visited: [急诊科, 儿科, 外科, 内科]"),
        ("region: 浙江省/丽水市/青田县}\nrelations", "region: 浙江省/丽水市/青田县}\nrelations"),
    )
    assert updated(report, "event") == 2
    with scope.system():
        assert sorted(a.attendance or 0 for a in Activity.objects.all()) == [0, 42]


def test_an_event_changed_here_too_is_a_conflict(reload: Reload) -> None:
    report = reload(
        "qingtian-2021",
        ("attendance: 40", "attendance: 42"),
        between=lambda: Activity.objects.filter(attendance=40).update(attendance=41),
    )
    assert not report.ok
    assert "41" in report.conflicts[0].line("x")


def test_a_need_gets_another_specialty(reload: Reload) -> None:
    report = reload("kunming-2023", ("specialty: 心血管内科", "specialty: 心内科"))
    assert updated(report, "need") == 1
    with scope.system():
        found = Need.objects.get(specialty="心内科")
        assert needs.need(system(), found.public_id).text == "心血管介入水平不高"


def test_figures_are_counted_anew(reload: Reload) -> None:
    report = reload("kunming-2023", ("value: 40", "value: 43.5"), ("颈内静脉穿刺, ", ""))
    assert updated(report, "figure") == 1
    assert Figure.objects.filter(value="43.5").count() == 1


def test_road_map_and_review_areas_are_replaced(reload: Reload) -> None:
    report = reload(
        "zhongshan-2017",
        ("must_have: [时间表, 路线图, 各阶段时间节点, 快速决策机制]", "must_have: [时间表, 路线图]"),
        ("考核评价, 院感管控]", "考核评价]"),
    )
    assert updated(report, "plan") == 1
    assert report.count("updated", "review_areas") == 1
    with scope.system():
        found = agreements.road_map(system(), Relation.objects.get(code="ZS-R1").pk)
    assert found.must_have == ("时间表", "路线图")
    assert found.review_areas == ("组织管理", "合作模式", "技术帮扶", "人员教学培训", "考核评价")


def test_the_report_behind_a_file_is_named_better(reload: Reload) -> None:
    report = reload("laoling-2024", ("title: 对口支援工作座谈会", "title: 城乡对口支援工作座谈会"))
    assert report.count("updated", "source") == 1
    found = network.sources()
    assert [s.document.title for s in found] == ["城乡对口支援工作座谈会"]


def test_another_text_is_another_record_and_the_old_one_stays(reload: Reload) -> None:
    report = reload("laoling-2024", ("text: 上下转诊", "text: 双向转诊"))
    assert report.ok
    assert (report.count("created"), report.gone) == (1, 1)
    assert Commitment.objects.count() == 14


def test_a_list_that_grows_keeps_its_group(reload: Reload) -> None:
    report = reload(
        "zhongshan-2017",
        (
            "institution: [YLWJ, SSLWJ, SSLSQ], category: facility",
            "institution: [YLWJ, SSLWJ, SSLSQ, SGZY], category: facility",
        ),
    )
    assert report.ok
    assert report.count("created", "need") == 1
    assert Need.objects.filter(category="facility").values("group").distinct().count() == 1


def test_two_files_may_speak_of_one_institution(db: None, tmp_path: Path) -> None:
    assert loader.load([EXAMPLES / "laoling-2024.yaml"], at=AT).ok
    other = tmp_path / "other.yaml"
    text = """format: lianti-network/1
id: other-2025
source: {published: 2025-01-01, medium: news, title: 另一篇报道}
institutions:
  - {code: LLRM, name: 乐陵市人民医院, kind: hospital, region: 山东省/德州市/乐陵市}
needs:
  - {relation: LL-R1, institution: LLRM, category: training, text: 护理骨干培训}
"""
    other.write_text(text, "utf-8")
    report = loader.load([other], at=AT).files[0]
    assert report.ok
    assert report.count("unchanged", "institution") == 1
    public_id = Institution.objects.get(code="LLRM").public_id
    assert [s.code for s in network.sources_of("institution", public_id)] == ["laoling-2024", "other-2025"]
    other.write_text(text.replace("region: 山东省/德州市/乐陵市", "region: 山东省"), "utf-8")
    disputed = loader.load([other], at=AT).files[0]
    assert disputed.ok  # the file changed its own word, and nobody here had another
    first = loader.load([EXAMPLES / "laoling-2024.yaml"], at=AT).files[0]
    assert first.ok


def test_two_files_that_disagree_are_a_conflict(db: None, tmp_path: Path) -> None:
    assert loader.load([EXAMPLES / "laoling-2024.yaml"], at=AT).ok
    other = tmp_path / "other.yaml"
    other.write_text(
        """format: lianti-network/1
id: other-2025
source: {published: 2025-01-01, medium: news, title: 另一篇报道}
institutions:
  - {code: LLRM, name: 乐陵市人民医院, kind: hospital, region: 山东省}
""",
        "utf-8",
    )
    report = loader.load([other], at=AT).files[0]
    assert len(report.conflicts) == 1
    assert [s.code for s in network.sources()] == ["laoling-2024"]


def test_the_event_page_names_its_source(reload: Reload) -> None:
    reload("qingtian-2021")
    with scope.system():
        public_id = Activity.objects.order_by("pk")[0].public_id
        assert [s.code for s in network.sources_of("event", public_id)] == ["qingtian-2021"]
