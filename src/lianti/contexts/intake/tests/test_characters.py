"""Restoring characters: what the simulator damages is undone, and clean text stays clean."""

import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from lianti.contexts.intake.domain.cleaned import Status
from lianti.contexts.intake.domain.cleaning import clean
from lianti.contexts.intake.domain.cleaning.characters import restore
from lianti.contexts.intake.domain.cleaning.lost import mend_dates, moved
from lianti.contexts.intake.domain.damage import ANNOTATED, byte_shift, damage, reading
from lianti.contexts.intake.domain.source import Source

WHO = (
    "青岚县人民医院",
    "云岫市中心医院",
    "省卫生健康委",
    "沧溪县中医医院",
    "院长方远山",
    "副县长柳青",
    "专家组",
    "帮扶医疗队",
    "当地患者",
    "各临床科室",
)
DOES = (
    "签订了对口支援协议",
    "建立专科联盟",
    "开展技术帮扶",
    "在当地举行义诊活动",
    "来到重症医学科教学查房",
    "介绍了医院的发展现状",
    "共同推进医联体建设",
    "带动全院学科发展",
    "为患者开通双向转诊的绿色通道",
    "派驻专家到受援医院坐诊带教",
    "表示将进一步加强合作",
    "调研胸痛中心和卒中中心",
    "参加专业技术培训",
)
EXTRA = (
    "6月30日下午",
    "2024年",
    "共12名专家",
    "心电图(ECG)",
    "培训3100余人次",
    "今后五年",
    "此外",
    "会上",
    "下一步",
    "现在",
    "据了解",
    "ICU",
    "目前",
)
MARKS = ("，", "。", "；", "：", "、", "！")
UNDONE = (
    "traditional",
    "mixed_traditional",
    "pinyin",
    "pinyin_toneless",
    "byte_shift",
    "byte_shift_bare",
    "entities",
    "half_tags",
    "zero_width",
    "private_use",
    "full_width",
    "utf8_as_cp1252",
    "utf8_as_latin1",
    "utf8_as_gbk",
    "gbk_as_latin1",
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """News of this field: lines of clauses from its vocabulary, with digits, Latin words and punctuation."""
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        line = ""
        for _ in range(draw(st.integers(1, 6))):
            parts = draw(st.sampled_from((EXTRA, ("",)))), WHO, DOES
            line += "".join(draw(st.sampled_from(part)) for part in parts) + draw(st.sampled_from(MARKS))
        said = draw(st.booleans())
        lines.append(line[:-1] + ("，他说：“" + draw(st.sampled_from(DOES)) + "。”" if said else "。"))
    return "\n".join(lines)


def bare(text: str) -> str:
    """As the scorer compares: without blanks, punctuation and case, compatibility forms folded."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(one for one in folded if unicodedata.category(one)[0] not in "PZCS")


def error(meant: str, found: str) -> float:
    """Character error rate after normalisation."""
    return Levenshtein.distance(bare(meant), bare(found)) / len(bare(meant))


QUIET = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("kind", UNDONE)
def test_damage_is_undone(kind: str) -> None:
    wrong = [0, 0]

    @QUIET
    @given(texts(), st.integers(0, 9))
    def undone(text: str, seed: int) -> None:
        found = restore(damage(text, [kind], seed)).text
        wrong[0] += Levenshtein.distance(bare(text), bare(found))
        wrong[1] += len(bare(text))
        assert found.count("\n") == text.count("\n")
        assert error(text, found) <= 0.05

    undone()
    assert wrong[0] <= 0.01 * wrong[1]


@QUIET
@given(texts())
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert restore(text).text == text
    assert restore(text).repairs == ()


@QUIET
@given(texts(), st.sampled_from(UNDONE), st.integers(0, 3))
def test_restoring_twice_changes_nothing_more(text: str, kind: str, seed: int) -> None:
    once = restore(damage(text, [kind], seed)).text
    assert restore(once).text == once


@QUIET
@given(st.text(alphabet="专科专?？!;()aāé&<>/ ,的醫專聯坡茙\ue749\u200b€�\n锟闀涓", max_size=60))
def test_nonsense_raises_nothing_and_keeps_its_lines(text: str) -> None:
    found = restore(text)
    assert found.text.count("\n") == text.count("\n")
    for one in found.repairs:
        assert 0 <= one.start <= one.end <= len(found.text)


def test_a_lead_byte_known_by_the_reading_is_exact() -> None:
    found = restore("與省醫(yī)院簽約,醫(yī)療專?？坡?lián)盟成立,醫(yī)院")
    assert "专科联盟成立" in found.text or "科联盟成立" in found.text
    assert any(one.status is Status.EXACT and "联" in found.text[one.start : one.end] for one in found.repairs)


def test_what_context_chose_offers_the_next_candidates() -> None:
    damaged = byte_shift("脊柱外科等专科的技术帮扶，医院开展培训。", ["醫", "開", "術"])
    found = restore(damaged)
    assert found.text == "脊柱外科等专科的技术帮扶，医院开展培训。"
    [chosen] = [one for one in found.repairs if one.status is Status.CHOSEN]
    assert (found.text[chosen.start : chosen.end], chosen.raw, chosen.kind) == ("专", "??", "byte_shift")
    assert chosen.others
    assert "专" not in chosen.others


def test_repairs_stand_at_their_places() -> None:
    found = restore("第一行醫(yī)院。\n當(dāng)?shù)嘏湫l(wèi)生院,醫(yī)生")
    assert "当地" in found.text
    for one in found.repairs:
        assert found.text[one.start : one.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "心电图(ECG)检查",
        "他是谁？真的???",
        "见https://example.org/?id=3;a=1",
        "盖(gě)姓村民来到医院",
        "医院（三级）与学校",
        "李昇、钟鍾与乾隆年间的著名医生",
    ],
)
def test_what_only_looks_like_damage_is_left(text: str) -> None:
    assert restore(text).text == text


def test_worn_is_told_from_famous() -> None:
    found = restore("隨著醫院發展,有著名專家帶著團隊,成效顯著,著力培養").text
    assert found == "随着医院发展，有著名专家带着团队，成效显著，着力培养"


def test_mixed_scripts_become_one() -> None:
    assert restore("隨后與醫院合作后,關於和关于裡面").text == "随后与医院合作后，关于和关于里面"


def test_a_tag_takes_no_words_along() -> None:
    damaged = '院长<label id="a1">方远山</label>说/span>，<o:p></o:p>合作&nbsp;很好&#x3002;<span style="x'
    assert restore(damaged).text.replace(" ", "") == '院长方远山说，合作很好。<spanstyle="x'.replace(
        '<spanstyle="x', ""
    )


@pytest.mark.parametrize(
    ("text", "published", "meant"),
    [
        ("515日上午签约", date(2024, 5, 20), "5月15日上午签约"),
        ("1012日签约", date(2024, 10, 12), "10月12日签约"),
        ("1230日签约", date(2024, 1, 5), "12月30日签约"),
        ("20225月15日签约", None, "2022年5月15日签约"),
    ],
)
def test_a_date_is_put_back_when_the_page_date_leaves_no_choice(text: str, published: date | None, meant: str) -> None:
    found, repairs = mend_dates(text, published)
    assert found == meant
    assert [(one.kind, one.status, one.sensitive) for one in repairs] == [("lost", Status.CHOSEN, True)]


@pytest.mark.parametrize(
    ("text", "published"), [("515日签约", None), ("515日签约", date(2024, 9, 1)), ("111日签约", None)]
)
def test_an_uncertain_date_is_only_pointed_at(text: str, published: date | None) -> None:
    found, repairs = mend_dates(text, published)
    assert found == text
    assert [one.status for one in repairs] == [Status.DOUBTFUL]
    assert repairs[0].others


@pytest.mark.parametrize("text", ["历时515日完工", "共120日", "5月15日签约", "2024年1231日常"])
def test_counts_of_days_are_no_dates(text: str) -> None:
    assert mend_dates(text, date(2024, 5, 20))[0] == text


def test_places_move_with_mended_dates() -> None:
    text = "方院长515日到院，柳县长516日到院"
    found, changes = mend_dates(text, date(2024, 5, 20))
    assert found[moved(text.index("柳"), changes)] == "柳"
    assert found[moved(text.index("方"), changes)] == "方"


def test_cleaning_mends_dates_by_the_page_date() -> None:
    story = "515日，云岫市中心医院与青岚县人民医院签订对口支援协议，双方将在学科建设、人才培养等方面开展合作。"
    found = clean(Source("两院签约\n" + story + "\n", published=date(2024, 5, 20)))
    assert "5月15日" in found.text
    assert any(found.text[one.start : one.end] == "5月15" for one in found.repairs)


def test_every_annotated_character_has_its_reading() -> None:
    assert all(reading(one).isalpha() for one in ANNOTATED)
    with pytest.raises(KeyError):
        damage("文", ["unheard_of"], 1)


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        (
            "醫(yī)院進(jìn)行??茖2〗ㄔO(shè),包括人才",
            "医院进行专科专病建设，包括人才",
        ),  # a full-width 2 shown as 2 holds two bytes
        (
            "醫(yī)生講課或?qū)?浦R(shí)講座,學(xué)習(xí)",
            "医生讲课或专科知识讲座，学习",
        ),  # a pair that is assigned nowhere is not shown
        ("醫(yī)生當(dāng)?shù)弥撔l(wèi)生院缺人,立即(jí)出發(fā)", "医生当得知该卫生院缺人，立即出发"),
        ("醫(yī)生說(shuō)給予支持,?!彼f(shuō)", None),
    ],
)
def test_shifted_bytes_in_forms_seen_on_pages(shown: str, meant: str | None) -> None:
    found = restore(shown).text
    assert found == meant if meant else "。”" in found


def test_what_cannot_be_restored_is_pointed_at() -> None:
    found = restore("醫(yī)院位于省?jìng)€縣,醫(yī)生\ufffd\ufffd到院,醫(yī)療")
    doubtful = [one for one in found.repairs if one.status is Status.DOUBTFUL]
    assert doubtful
    assert all(one.sensitive for one in doubtful)


@pytest.mark.parametrize("broken", ["醫(y&nbsp;ī)療", "醫(y/span>ī)療", "醫(yī&nbsp;)療", "醫(y </b>ī)療"])
def test_a_reading_that_something_stands_in_is_one_reading(broken: str) -> None:
    assert restore(f"對(duì)口支援{broken}隊(duì)到達(dá)，開(kāi)展義診。").text == "对口支援医疗队到达，开展义诊。"


def test_other_brackets_keep_what_they_hold() -> None:
    text = "行冠脉造影（de novo 病变），血管内超声(i vus)检查。"
    assert "de novo" in restore(text).text
    assert "i vus" in restore(text).text
