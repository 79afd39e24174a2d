"""Files that mean harm, or are broken: each is refused with its reason, or read within bounds, and quickly."""

import io
import time
import zipfile
from collections.abc import Callable

import docx
import pypdfium2 as pdfium
import pytest

from lianti.contexts.intake.domain.cleaning import clean
from lianti.contexts.intake.domain.reading import NOTES, Refused, bounds, read
from lianti.contexts.intake.tests.patience import PATIENCE

STORY = "3月5日，青岚县人民医院与云岫市第一医院举行对口支援签约仪式，副县长温如故出席。"


def refusal(data: bytes, **how: str) -> str:
    """The reason for which a file is refused, which people have words for."""
    with pytest.raises(Refused) as caught:
        read(data, **how)
    NOTES[caught.value.reason].format(**caught.value.values)
    return caught.value.reason


def as_it_is(name: str, part: bytes) -> bytes:
    """No change to a part."""
    del name
    return part


def word_file(change: Callable[[str, bytes], bytes] = as_it_is, more: dict[str, bytes] | None = None) -> bytes:
    """A Word file with one paragraph, its parts changed, and more parts."""
    document = docx.Document()
    document.add_paragraph(STORY)
    plain, out = io.BytesIO(), io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def in_document(words: bytes, into: bytes = b"<w:document") -> Callable[[str, bytes], bytes]:
    """A change that puts words before the document's root element."""

    def change(name: str, part: bytes) -> bytes:
        return part.replace(into, words + into, 1) if name == "word/document.xml" else part

    return change


def pdf_file(pages: int) -> bytes:
    """A PDF of empty pages."""
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(100, 100)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


class TestWord:
    """Word files are zip files of XML: bombs, entities, macros."""

    def test_a_good_one_is_read(self) -> None:
        assert read(word_file(), name="a.docx").text.strip() == STORY

    def test_a_bomb_is_not_opened(self) -> None:
        data = word_file(more={"word/media/zeros": bytes(bounds.UNPACKED_BYTES // 2)})
        assert len(data) < 2**20
        assert refusal(data, name="a.docx") == "bomb"

    def test_a_bomb_of_very_many_parts_is_not_opened(self) -> None:
        data = word_file(more={f"p{n}": b"" for n in range(bounds.PACKED_PARTS)})
        assert refusal(data, name="a.docx") == "bomb"

    def test_external_entities_are_refused(self) -> None:
        declared = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        assert refusal(word_file(in_document(declared)), name="a.docx") == "unsafe_xml"

    def test_entities_that_multiply_are_refused(self) -> None:
        laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
        declared = b'<!DOCTYPE w [<!ENTITY l0 "ha">' + laughs + b"]>"
        assert refusal(word_file(in_document(declared)), name="a.docx") == "unsafe_xml"

    def test_a_file_with_macros_in_its_name_is_refused(self) -> None:
        assert refusal(word_file(), name="a.docm") == "macros"

    def test_macros_in_disguise_are_refused(self) -> None:
        data = word_file(lambda _, part: part.replace(b"document.main+xml", b"document.macroEnabled.main+xml"))
        assert refusal(data, name="a.docx") in {"macros", "damaged"}

    def test_macros_that_ride_along_are_not_run_and_told(self) -> None:
        source = read(word_file(more={"word/vbaProject.bin": b"x"}), name="a.docx")
        assert STORY in source.text
        assert ("macros_ignored", {}) in source.notes

    def test_a_cut_off_file_is_damaged(self) -> None:
        assert refusal(word_file()[:3000], name="a.docx") == "damaged"

    def test_a_broken_part_is_damaged(self) -> None:
        data = word_file(lambda name, part: part[:200] if name == "word/document.xml" else part)
        assert refusal(data, name="a.docx") == "damaged"

    def test_another_zip_is_unknown(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("a.exe", b"x")
        assert refusal(out.getvalue(), name="a.zip") == "unknown_format"

    def test_tables_nested_deep_do_no_harm(self) -> None:
        deep = 3000
        table = b"<w:tbl><w:tr><w:tc>" * deep + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * deep
        data = word_file(lambda name, part: part.replace(b"<w:p>", table + b"<w:p>", 1))
        assert refusal(data, name="a.docx") == "damaged"  # deeper than the parser goes


class TestPdf:
    """PDF files: very many pages, passwords, nothing behind the first bytes."""

    def test_of_ten_thousand_pages_the_first_are_read(self) -> None:
        data = pdf_file(10_000)
        started = time.process_time()
        assert refusal(data) == "no_text"
        assert time.process_time() - started < PATIENCE

    def test_a_broken_one(self) -> None:
        assert refusal(b"%PDF-1.7\n" + b"x" * 500) == "damaged"

    def test_a_protected_one(self) -> None:
        data = pdf_file(1)
        place = data.rindex(b"trailer")
        lock = b"/Encrypt <</Filter/Standard/V 1/R 2/O <%s>/U <%s>/P -4>>/ID[<01><01>]" % (b"01" * 32, b"02" * 32)
        assert refusal(data[:place] + data[place:].replace(b"<<", b"<<" + lock, 1)) == "encrypted"


class TestPages:
    """Web pages: depth, scripts, wrong charsets, hidden text."""

    def test_very_deep_nesting(self) -> None:
        deep = 100_000
        page = f"<html><body>{'<div>' * deep}{STORY}{'</div>' * deep}<p>后面的话。</p>"
        started = time.process_time()
        text = read(page.encode(), name="a.html").text
        assert STORY in text
        assert "后面的话" in text
        assert time.process_time() - started < PATIENCE

    def test_scripts_and_styles_are_no_text(self) -> None:
        page = f"<html><script>alert('x')</script><style>p{{}}</style><p>{STORY}</p><noscript>开启脚本</noscript>"
        assert read(page.encode(), name="a.html").text == STORY

    def test_what_is_hidden_is_no_text_unless_all_is(self) -> None:
        page = f"<html><p>{STORY * 3}</p><div style='display: none'>外链</div><p hidden>外链</p></html>"
        assert "外链" not in read(page.encode(), name="a.html").text
        page = f"<html><div style='display:none'>{STORY * 3}</div></html>"
        source = read(page.encode(), name="a.html")
        assert STORY in source.text
        assert ("hidden_read", {}) in source.notes

    @pytest.mark.parametrize("real", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
    @pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "no-such-charset"])
    def test_a_wrongly_declared_charset(self, real: str, declared: str) -> None:
        page = f'<html><head><meta charset="{declared}"><title>签约</title></head><p>{STORY}</p></html>'
        source = read(page.encode(real), name="a.html")
        assert source.text == STORY
        assert source.title == "签约"

    def test_a_declared_entity_is_text(self) -> None:
        page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x;{STORY}</p></html>'
        text = read(page.encode(), name="a.html").text
        assert STORY in text
        assert "root:" not in text


class TestTexts:
    """Text files that are none, or nearly."""

    def test_two_hundred_megabytes_are_refused(self) -> None:
        assert refusal(bytes(200 * 2**20), name="a.txt") == "too_big"

    def test_nothing_is_refused(self) -> None:
        assert refusal(b" \r\n\x00\x00", name="a.txt") == "empty"

    def test_binary_data_in_disguise(self) -> None:
        assert refusal(bytes(range(256)) * 40, name="a.txt") == "binary"

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"MZ\x90\x00" + b"x" * 99, "unknown_format"),
            (b"Rar!\x1a\x07\x00" + b"x" * 99, "unknown_format"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "old_word"),
            (b"\xd0\xcf\x11\xe0" + b"x" * 9 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
            (b"PK\x03\x04" + b"x" * 99, "damaged"),
        ],
    )
    def test_other_formats_are_refused_whatever_their_name(self, data: bytes, reason: str) -> None:
        assert refusal(data, name="a.txt") == reason
        assert refusal(data, kind="html") == reason

    def test_zero_bytes_among_the_text_are_left_out_and_told(self) -> None:
        source = read(STORY.encode().replace(b"\xe3\x80\x82", b"\x00\xe3\x80\x82"), name="a.txt")
        assert source.text == STORY
        assert ("controls_removed", {"count": 1}) in source.notes

    @pytest.mark.parametrize("charset", ["gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "utf-32"])
    def test_charsets_without_declaration(self, charset: str) -> None:
        assert read((STORY * 2).encode(charset), name="a.txt").text == STORY * 2

    def test_big5(self) -> None:
        words = "三月五日，青嵐縣人民醫院與雲岫市第一醫院舉行對口支援簽約儀式，副縣長出席。"
        assert read(words.encode("big5"), name="a.txt").text == words

    def test_a_text_with_some_bytes_lost_is_still_read(self) -> None:
        data = STORY.encode("gb18030")
        source = read(data[:20] + data[21:] + data, name="a.txt")
        assert "云岫市第一医院" in source.text

    def test_a_very_long_text_is_cut_and_told(self) -> None:
        source = read(b"ab " * 700_000, name="a.txt")
        assert len(source.text) == bounds.CHARACTERS
        assert source.notes[0][0] == "text_cut"


class TestMail:
    """Mails: broken structure, attachments."""

    def test_attachments_are_named_not_opened(self) -> None:
        mail = (
            "From: a@hospital.example\nTo: b@hospital.example\nSubject: 签约\nDate: Thu, 25 May 2023 09:12:00 +0800\n"
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
            f"--x\nContent-Type: text/plain; charset=utf-8\n\n{STORY}\n"
            "--x\nContent-Type: application/zip; name=a.zip\nContent-Disposition: attachment; filename=a.zip\n\nPK\n"
            "--x--\n"
        )
        source = read(mail.encode(), name="a.eml")
        assert source.text.startswith(f"签约\n{STORY}")
        assert str(source.published) == "2023-05-25"
        assert ("attachments", {"count": 1, "names": "a.zip"}) in source.notes

    def test_parts_within_parts_without_end(self) -> None:
        mail = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
        mail += "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
        started = time.process_time()
        assert refusal(mail.encode(), name="a.eml") in {"damaged", "no_text"}
        assert time.process_time() - started < PATIENCE


class TestLinear:
    """What takes time grows with the text, not faster."""

    @pytest.mark.parametrize(
        "piece",
        [
            STORY,
            "来源：",
            "（",
            "首页 > ",
            "图为",
            "&lt;",
            "2023-05-",
            "| ",
            "医院",
            "记者 ",
            "。 ",
            "\n",
            "编辑:张三 ",
            "a_b,c|",
        ],
    )
    def test_a_long_line_of_one_thing(self, piece: str) -> None:
        text = STORY + piece * (150_000 // len(piece))
        started = time.process_time()
        clean(read(text.encode(), name="a.txt"))
        assert time.process_time() - started < PATIENCE
