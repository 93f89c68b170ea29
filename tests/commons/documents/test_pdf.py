"""The PDF has the standard's paper, type area and lines, and says what it was given, whatever that looks like."""

import threading

import pytest
from django.core.cache import caches
from django.test import override_settings

from tests.commons.documents.conftest import (
    NASTY,
    long_report,
    mm,
    printed,
    read,
    report,
    text_of,
)
from xianglin.base.refused import Refused
from xianglin.commons.documents import codes, fonts, layout, pdf
from xianglin.commons.documents.parts import (
    Colophon,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Poster,
    Signature,
    Table,
)

POSTER = Poster("村情公开栏", "玉华村", "http://testserver/v/3/", ["不用登录，扫一扫就能看"], "http://testserver/v/3/")


def test_paper_and_type_area() -> None:
    """天头 37 ± 1 mm, 订口 28 ± 1 mm, 版心 156 × 225 mm, and the same on every page."""
    reader = read(pdf.to_pdf(long_report(60)))
    assert len(reader.pages) == 4
    for at, page in enumerate(reader.pages):
        assert (mm(float(page.mediabox.width)), mm(float(page.mediabox.height))) == pytest.approx((210, 297), abs=0.1)
        *body, number = printed(reader, at)
        assert min(mm(piece.x) for piece in body) >= 27.9
        tops = [297 - mm(piece.y + layout.BODY * 0.8) for piece in body]
        bottoms = [297 - mm(piece.y - layout.BODY * 0.2) for piece in body]
        assert tops[0] == pytest.approx(38.7 if at == 0 else 37, abs=0.2), "the title's line is taller"
        assert max(bottoms) <= 37 + 225
        assert number.text == f"— {at + 1} —"
        right = at % 2 == 0
        assert (150 < mm(number.x) < 184) if right else (28 < mm(number.x) < 40)
        assert 297 - mm(number.y) > 37 + 225 + 7


def test_twenty_two_lines_of_twenty_eight_characters() -> None:
    reader = read(pdf.to_pdf(long_report(60)))
    lines = [piece.text for piece in printed(reader, 1)[:-1]]
    assert len(lines) == layout.LINES == 22 and {len(line) for line in lines} == {28}
    first = printed(reader, 0)
    assert mm(first[1].x - first[2].x) == pytest.approx(mm(layout.em(2)), abs=0.3), "two characters in"


def test_the_text_is_the_same_chinese_and_its_fonts_are_in_it() -> None:
    content = pdf.to_pdf(report())
    told = text_of(content)
    for words in ("一、上期反馈", "（一）收支", "二、本月工作", "花了3000元。", "见村务公开目录。", "2026年11月27日"):
        assert words in told
    assert "ab12" * 16 in told
    embedded = [font.get_object() for font in read(content).pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert len(embedded) == 2  # a serif for the body, a sans for 黑体
    for font in embedded:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile3" in described or "/FontFile2" in described


@pytest.mark.parametrize(
    "nasty", [NASTY, "#panic()", "$" * 30, "*", "\\", "w" * 400, "\x00\x07\ud800x", "", "一\r\n二"]
)
def test_nothing_that_people_wrote_is_markup(nasty: str) -> None:
    document = Document(
        nasty,
        [nasty],
        [
            Heading(nasty, number=""),
            Paragraph(nasty, note=nasty),
            Table([nasty, "x"], [["y", nasty]]),
            Facts([(nasty, nasty)]),
            Picture(codes.as_png("x"), nasty),
        ],
        Signature(nasty, nasty),
        Colophon([nasty], [nasty], nasty or "x", nasty),
    )
    content = pdf.to_pdf(document)
    kept = "".join(char for char in nasty if char.isprintable() and char not in " 🙂")
    assert text_of(content).replace("🙂", "").count(kept) >= 10 or not kept
    right_edge = max(mm(piece.x) for page in range(len(read(content).pages)) for piece in printed(read(content), page))
    assert right_edge <= 28 + 156


def test_a_word_without_end_stays_on_the_paper() -> None:
    lines = printed(read(pdf.to_pdf(Document("长", blocks=[Paragraph("w" * 400)]))), 0)
    assert len(lines) > 8  # the title, the number, and more than six lines
    assert pdf.breakable("短 http://x.cn", 24) == "短 http://x.cn"


def test_another_kind_of_picture_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        pdf.to_pdf(Document("图", blocks=[Picture(b"<svg/>")]))
    assert refusal.value.code == "documents.picture"


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf.to_pdf(report()) == pdf.to_pdf(report())


def test_a_crowd_starts_one_typesetter(monkeypatch: pytest.MonkeyPatch) -> None:
    caches["documents"].clear()
    begun: list[int] = []
    real = pdf._set

    def counted(sources: dict[str, bytes]) -> bytes:
        begun.append(1)
        return real(sources)

    monkeypatch.setattr(pdf, "_set", counted)
    answers: list[bytes] = []
    readers = [threading.Thread(target=lambda: answers.append(pdf.public_pdf(report()))) for _n in range(20)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(answers) == 20 and len(set(answers)) == 1 and len(begun) == 1
    assert pdf.public_pdf(POSTER) != answers[0] and len(begun) == 2


def test_a_poster_is_one_page() -> None:
    content = pdf.poster_to_pdf(POSTER)
    assert len(read(content).pages) == 1
    assert "不用登录，扫一扫就能看" in text_of(content) and "玉华村" in text_of(content)
    long = Poster("村情公开栏", "天荒坪镇" * 6, POSTER.link, [NASTY * 3, *POSTER.lines * 2], POSTER.foot)
    assert len(read(pdf.poster_to_pdf(long)).pages) == 1


def test_without_fonts_a_sentence_and_doctor_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts.found.cache_clear()
    monkeypatch.setattr(fonts, "folders", lambda: [])
    try:
        with pytest.raises(Refused) as refusal:
            pdf.to_pdf(report())
        assert refusal.value.code == "documents.no_fonts"
        assert "没有找到中文字体" in fonts.troubles()[0]
    finally:
        fonts.found.cache_clear()


def test_an_offices_own_folder_that_is_none(tmp_path: object) -> None:
    assert fonts.troubles() == []
    with override_settings(XIANGLIN_FONTS=f"{tmp_path}/none"):
        [said] = fonts.troubles()
    assert "none" in said


def test_no_page_of_signature_and_colophon_alone() -> None:
    """7.3.5.4: rather the lines move together, or the last paragraph over. The colophon stands at the very foot."""
    for lines in range(12, 66):
        blocks = [Paragraph("天地玄黄宇宙洪荒") for _n in range(lines)]
        document = Document("稿", blocks=blocks, signature=report().signature, colophon=report().colophon)
        reader = read(pdf.to_pdf(document))
        last = printed(reader, len(reader.pages) - 1)
        assert any("天地玄黄" in piece.text for piece in last), lines
        assert min(297 - mm(piece.y) for piece in last if "testserver" in piece.text) > 235
    nothing_else = Document("稿", colophon=Colophon(["字" * 26] * 60))
    assert len(read(pdf.to_pdf(nothing_else)).pages) >= 1
