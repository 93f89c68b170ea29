"""帮带协议: drawn up from the county's lines, read back from PDF and Word."""

import io
from uuid import uuid4

import docx
import pytest
from django.urls import reverse

from tests.commons.documents.conftest import text_of
from tests.programmes.mentoring.pairs.conftest import Pair, told
from xianglin.base.refused import Forbidden, Refused
from xianglin.programmes.mentoring.agreements import actions, defaults, terms
from xianglin.programmes.mentoring.agreements.models import StandardTerms

LINES = terms.Terms(("每周改一篇稿子",), ("每周交一篇稿子",), ("不代写",))


def test_a_county_without_its_own_begins_with_the_defaults(agreed: Pair) -> None:
    stands = terms.standard(agreed.pairing)
    assert stands.mentor == defaults.MENTOR and stands.source == defaults.SOURCE


def test_drawn_up_it_is_the_pair_s_terms_and_both_are_told(agreed: Pair) -> None:
    drawn = actions.draw_agreement(agreed.pairing, actor=agreed.officer, terms=LINES)
    assert drawn.terms == ["导师职责：每周改一篇稿子", "青年干部职责：每周交一篇稿子", "负面清单：不代写"]
    assert terms.read(drawn.terms) == (terms.Terms(LINES.mentor, LINES.cadre, LINES.neither), [])
    assert told("mentoring.agreement_drawn") == {"王根水", "周小禾"}


def test_refused(agreed: Pair, pair: Pair) -> None:
    with pytest.raises(Refused) as refused:
        actions.draw_agreement(pair.pairing, actor=pair.officer, terms=LINES)
    assert refused.value.code == "pairings.signed_already"
    for other in (pair.mentor, pair.cadre, pair.town.outsider, pair.town.beside):
        with pytest.raises(Forbidden):
            actions.draw_agreement(pair.pairing, actor=other, terms=LINES)


def test_each_part_says_something(agreed: Pair) -> None:
    with pytest.raises(Refused) as refused:
        actions.draw_agreement(agreed.pairing, actor=agreed.officer, terms=terms.Terms(("带",), (" ",), ("不",)))
    assert refused.value.code == "mentoring.terms_cadre"


def test_the_county_s_officer_writes_its_lines_a_town_s_does_not(agreed: Pair) -> None:
    county, key = agreed.town.here.cast.places.county, uuid4()
    for _again in range(2):
        actions.set_standard_terms(county, actor=agreed.town.county, terms=LINES, source="组织部〔2026〕5号", key=key)
    assert StandardTerms.objects.count() == 1 and terms.standard(agreed.pairing).mentor == LINES.mentor
    for other in (agreed.officer, agreed.town.outsider, agreed.mentor):
        with pytest.raises(Forbidden):
            actions.set_standard_terms(county, actor=other, terms=LINES, source="镇里")


def test_by_the_page(agreed: Pair) -> None:
    browser, address = agreed.browser("officer"), reverse("mentoring:draw_agreement", args=[agreed.pk])
    assert defaults.MENTOR[0] in browser.get(address).content.decode()
    said = {"key": str(uuid4()), "mentor": "每周改一篇", "cadre": "", "neither": "不代写"}
    refused = browser.post(address, said)
    assert refused.status_code == 422 and "每周改一篇" in refused.content.decode()
    assert browser.post(address, said | {"cadre": "每周交一篇"}).status_code == 302
    page = agreed.browser("cadre").get(reverse("mentoring:pair", args=[agreed.pk])).content.decode()
    assert "每周改一篇" in page and "拟好了，还没签字" in page and "改协议" not in page
    standard = reverse("mentoring:standard_terms")
    assert agreed.browser("county").get(standard).status_code == 200
    assert agreed.browser("officer").get(standard).status_code == 404


def test_the_paper_names_the_two_the_goals_and_where_to_sign(pair: Pair) -> None:
    pair.set_goals(("文字综合", 4))
    browser = pair.browser("mentor")
    pdf = browser.get(reverse("mentoring:agreement_paper", args=[pair.pk, "pdf"])).content
    word = browser.get(reverse("mentoring:agreement_paper", args=[pair.pk, "docx"])).content
    read = docx.Document(io.BytesIO(word))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    for said in (text_of(pdf), "".join([*(one.text for one in read.paragraphs), *cells])):
        for words in ("导师帮带协议书", "王根水", "周小禾", "文字综合", "2026年3月1日至2027年2月28日", "每月见一次面"):
            assert words in said.replace("\n", ""), words
        assert "2→4" in said.replace(" ", "").replace("\n", "") and "组织（盖章）" in said
    assert pair.browser("outsider").get(reverse("mentoring:agreement_paper", args=[pair.pk, "pdf"])).status_code == 404
