"""出师: both speak, the organisation decides; a certificate, a longer term, or the end."""

import datetime as dt
import io
from uuid import uuid4

import docx
import pytest
from django.urls import reverse

from tests.commons.documents.conftest import text_of
from tests.programmes.mentoring.pairs.conftest import Pair, told
from xianglin.base.refused import Forbidden, Refused
from xianglin.programmes.mentoring.graduation import actions, rules
from xianglin.programmes.mentoring.graduation.models import Certificate, Review
from xianglin.programmes.mentoring.levels.models import Reading
from xianglin.programmes.mentoring.levels.rules import Level
from xianglin.programmes.mentoring.plans import queries as plans


def heard(pair: Pair, level: int = 4) -> Review:
    """Opened, and both have spoken."""
    review = actions.open_review(pair.pairing, actor=pair.officer)
    actions.write_summary(review, actor=pair.cadre, text="写了十二篇，改了三十稿。")
    said = [Level(pair.town.ability("文字综合").pk, level, "能独立写")]
    return actions.give_opinion(review, actor=pair.mentor, text="能独当一面", said=said)


def test_graduated_with_a_certificate_and_the_gap_before_and_after(pair: Pair) -> None:
    pair.set_goals(("文字综合", 4))
    review = actions.decide_review(heard(pair), actor=pair.officer, decision="graduated", reason="目标都到了")
    pairing = pair.pairing
    assert (pairing.state, pairing.ending, pairing.reason) == ("ended", "completed", "目标都到了")
    assert str(review.certificate) == "鄣吴〔2026〕1号"
    pair.need.refresh_from_db()
    assert (pair.need.state, pair.need.reason) == ("paused", "出师了"), "nobody waits for a mentor who has graduated"
    one = plans.reached(pairing)[0]
    assert (one.goal.baseline, one.now, one.gained) == (2, 4, 2)
    assert Reading.objects.filter(view="mentor").get().by_id == pair.mentor.account_id
    assert told("mentoring.review_decided") == {"王根水", "周小禾"}
    browser, address = pair.browser("cadre"), "mentoring:certificate_paper"
    pdf = browser.get(reverse(address, args=[review.pk, "pdf"])).content
    word = docx.Document(io.BytesIO(browser.get(reverse(address, args=[review.pk, "docx"])).content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    for said in (text_of(pdf), "".join([*(one.text for one in word.paragraphs), *cells])):
        flat = said.replace("\n", "").replace(" ", "")
        assert all(words in flat for words in ("出师证书", "鄣吴〔2026〕1号", "周小禾", "王根水", "2级", "4级")), flat
    assert pair.browser("outsider").get(reverse(address, args=[review.pk, "pdf"])).status_code == 404


def test_graduating_needs_both_their_words(pair: Pair) -> None:
    review = actions.open_review(pair.pairing, actor=pair.officer)
    with pytest.raises(Refused) as refused:
        actions.decide_review(review, actor=pair.officer, decision="graduated", reason="到了")
    assert refused.value.code == "mentoring.not_heard" and pair.pairing.open


def test_extended_it_goes_on_and_is_reviewed_again(pair: Pair) -> None:
    review = heard(pair, 3)
    with pytest.raises(Refused) as refused:
        actions.decide_review(review, actor=pair.officer, decision="extended", reason="还差一级")
    assert refused.value.code == "mentoring.months"
    actions.decide_review(review, actor=pair.officer, decision="extended", reason="文字综合还差一级", months=6)
    assert pair.pairing.ends_on == dt.date(2027, 8, 28) and pair.pairing.open
    assert not Certificate.objects.exists()
    assert actions.open_review(pair.pairing, actor=pair.officer).number == 2


def test_ended_without_a_certificate(pair: Pair) -> None:
    review = actions.open_review(pair.pairing, actor=pair.officer)
    actions.decide_review(review, actor=pair.officer, decision="ended", reason="调离本县")
    assert pair.pairing.ending == "terminated" and not Certificate.objects.exists()
    with pytest.raises(Refused) as refused:
        actions.write_summary(review, actor=pair.cadre, text="晚了")
    assert refused.value.code == "mentoring.review_decided"


def test_each_speaks_for_themselves_and_the_officer_decides(pair: Pair) -> None:
    review = actions.open_review(pair.pairing, actor=pair.officer)
    for other in (pair.mentor, pair.officer, pair.town.outsider):
        with pytest.raises(Forbidden):
            actions.write_summary(review, actor=other, text="替他写")
    for other in (pair.cadre, pair.officer, pair.town.outsider):
        with pytest.raises(Forbidden):
            actions.give_opinion(review, actor=other, text="好", said=[Level(pair.town.ability("文字综合").pk, 5)])
    for other in (pair.cadre, pair.mentor, pair.town.beside, pair.town.outsider):
        with pytest.raises(Forbidden):
            actions.decide_review(review, actor=other, decision="ended", reason="不带了")
        with pytest.raises(Forbidden):
            actions.open_review(pair.pairing, actor=other)


def test_pressed_twice_it_is_decided_once(pair: Pair) -> None:
    review, key = heard(pair), uuid4()
    for _again in range(2):
        actions.decide_review(review, actor=pair.officer, decision="graduated", reason="都到了", key=key)
    assert Certificate.objects.count() == 1
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2026-01-31", 1, "2026-02-28"), ("2026-10-15", 3, "2027-01-15"), ("2026-12-31", 12, "2027-12-31")],
)
def test_so_many_months_later(day: str, months: int, then: str) -> None:
    assert rules.months_after(dt.date.fromisoformat(day), months).isoformat() == then


def test_by_the_pages(pair: Pair) -> None:
    pair.set_goals(("文字综合", 4))
    officer, cadre, mentor = (pair.browser(who) for who in ("officer", "cadre", "mentor"))
    assert officer.post(reverse("mentoring:open_review", args=[pair.pk])).status_code == 302
    review = Review.objects.get()
    summary, opinion, decision = (
        reverse(f"mentoring:{name}", args=[review.pk]) for name in ("write_summary", "give_opinion", "decide_review")
    )
    assert cadre.post(summary, {"key": str(uuid4()), "text": ""}).status_code == 422
    assert cadre.post(summary, {"key": str(uuid4()), "text": "写了十二篇"}).status_code == 302
    writing = pair.town.ability("文字综合").pk
    assert mentor.post(opinion, {"key": str(uuid4()), "text": "行", f"level_{writing}": "4"}).status_code == 302
    said = {"key": str(uuid4()), "decision": "extended", "months": "", "reason": "还差一点"}
    refused = officer.post(decision, said)
    assert refused.status_code == 422 and "还差一点" in refused.content.decode()
    assert officer.post(decision, said | {"decision": "graduated"}).status_code == 302
    page = cadre.get(reverse("mentoring:pair", args=[pair.pk])).content.decode()
    assert "鄣吴〔2026〕1号" in page and "写了十二篇" in page and "证书 PDF" in page
