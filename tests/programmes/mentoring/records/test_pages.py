"""Records on pages: the quick page, a record's own, a pair's list, today's errands, the sheet, the file."""

import datetime as dt
import io
from typing import Any
from uuid import uuid4

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.commons.files.samples import picture
from tests.programmes.mentoring.pairs.conftest import need_of, offer_of
from tests.programmes.mentoring.records.conftest import DONE, Pair, confirmed, photo, said, write
from tests.support.cast import SINCE, SYSTEM
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import InKind
from xianglin.commons.documents.parts import Document
from xianglin.commons.documents.pdf import to_pdf
from xianglin.kernels.pairings import actions as pairings
from xianglin.programmes.mentoring.kinds import PAIR
from xianglin.programmes.mentoring.records import actions
from xianglin.programmes.mentoring.records.models import Record, State

NEW = "mentoring:new_record"


def typed(**more: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "method": "scene", "on": "2026-03-09", "done": DONE, **more}


def test_written_in_a_minute(pair: Pair) -> None:
    browser, address = pair.browser("cadre"), reverse(NEW)
    page = browser.get(address).content.decode()
    assert 'value="2026-03-10"' in page and "capture=" in page
    again = browser.post(address, typed(done="", place="村部"))
    assert again.status_code == 422
    assert 'value="村部"' in again.content.decode() and "还没写做了什么" in again.content.decode()
    image = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    told = browser.post(address, typed(photos=[image], minutes="30"), follow=True).content.decode()
    assert DONE in told and "30 分钟" in told and "等确认" in told and "?small" in told
    assert Record.objects.get().need_said_at is not None


def test_papers_come_without_a_script_and_stay_when_something_else_is_refused(pair: Pair) -> None:
    browser, address = pair.browser("mentor"), reverse(NEW)
    pdf = to_pdf(Document(title="通知", subtitles=[], blocks=[], signature=None))
    again = browser.post(address, typed(done="", papers=[SimpleUploadedFile("a.pdf", pdf, "application/pdf")]))
    assert again.status_code == 422 and "交第 1 份" in again.content.decode()
    token = again.context["form"]["papers"].value().uploads[0].token
    page = browser.post(address, typed(papers=[token]), follow=True).content.decode()
    assert "文件 1" in page
    proof = Record.objects.get().evidence.get()
    assert browser.get(reverse("mentoring:evidence", args=[proof.pk]))["Content-Disposition"].startswith("attachment")


def test_of_several_pairs_one_is_chosen(pair: Pair) -> None:
    other = pair.town.enrol_cadre("钱一", "13900000012")
    need, place = need_of(pair.town, other), InKind(pair.town.village, PAIR)
    made = pairings.note_pairing(place, actor=pair.officer, need=need, offer=offer_of(pair.town, pair.town.mentor))
    browser, address = pair.browser("mentor"), reverse(NEW)
    assert "请选是和谁的帮带" in browser.post(address, typed()).content.decode()
    assert browser.post(address, typed(pair=made.pk, on="2026-03-10")).status_code == 302
    assert Record.objects.get().pairing == made
    assert browser.get(f"{address}?pair={pair.pk}").context["pairing"].pk == pair.pk


def test_without_an_open_pair_it_says_so(pair: Pair) -> None:
    assert "现在没有正在帮带的对子" in pair.browser("officer").get(reverse(NEW)).content.decode()
    assert pair.browser("officer").get(f"{reverse(NEW)}?pair={pair.pk}").context["form"]
    assert pair.browser("outsider").get(f"{reverse(NEW)}?pair={pair.pk}").status_code == 404
    write(pair)
    pairings.end(pair.pairing, actor=pair.officer, ending="terminated", reason="调走了")
    told = pair.browser("mentor").post(f"{reverse(NEW)}?pair={pair.pk}", typed())
    over = told.content.decode()
    assert told.status_code == 422 and "这一对已经结束了" in over and DONE in over and Record.objects.count() == 1
    page = pair.browser("mentor").get(reverse("mentoring:pair", args=[pair.pk])).content.decode()
    assert DONE in page and f"{reverse(NEW)}?pair=" not in page


def test_confirmed_with_one_press_from_today(pair: Pair) -> None:
    record = write(pair, uploads=(photo(),))
    browser, address = pair.browser("cadre"), reverse("mentoring:record", args=[record.pk])
    assert "王根水：3 月 8 日的案例帮带，是这样吗？" in browser.get(reverse("portal:today")).content.decode()
    page = browser.get(address)
    assert "是这样，确认" in page.content.decode() and "说得不对" in page.content.decode()
    said_to = {"key": str(uuid4()), "edition": 1}
    assert browser.post(reverse("mentoring:confirm_record", args=[record.pk]), said_to).status_code == 302
    assert "双方确认" in browser.get(address).content.decode()
    assert "是这样吗" not in browser.get(reverse("portal:today")).content.decode()


def test_changed_meanwhile_nothing_is_lost(pair: Pair) -> None:
    record = write(pair)
    browser = pair.browser("cadre")
    actions.correct_record(record, actor=pair.mentor, edition=1, said=said(done="改了两遍"))
    told = browser.post(reverse("mentoring:confirm_record", args=[record.pk]), {"key": str(uuid4()), "edition": 1})
    assert told.status_code == 422 and "又改过了" in told.content.decode() and "改了两遍" in told.content.decode()
    refuse = reverse("mentoring:refuse_record", args=[record.pk])
    told = browser.post(refuse, {"key": str(uuid4()), "edition": 1, "reason": "那天没去"})
    assert told.status_code == 422 and "那天没去" in told.content.decode()
    assert told.context["form"]["edition"].value() == 2, "pressed again it is said to the new one"
    assert browser.post(refuse, {"key": str(uuid4()), "edition": 2, "reason": "那天没去"}).status_code == 302
    shown = pair.browser("mentor").get(reverse("mentoring:record", args=[record.pk])).content.decode()
    assert "那天没去" in shown and "周小禾说不对" in shown and "原来是“" in shown


def test_put_right_by_the_page(pair: Pair) -> None:
    record = write(pair, uploads=(photo(),), place="村部", minutes=30)
    browser, address = pair.browser("mentor"), reverse("mentoring:correct_record", args=[record.pk])
    page = browser.get(address).content.decode()
    assert DONE in page and "照片 1" in page and 'value="村部"' in page
    proof = record.evidence.get()
    more = {"edition": 1, "done": "改了两遍", "without": [proof.pk], "why": "写漏了"}
    assert browser.post(address, typed(**more, on="2026-03-11")).status_code == 422
    told = browser.post(address, typed(**more), follow=True).content.decode()
    assert "写漏了" in told and "改了两遍" in told and "去掉“1 份”" in told
    assert pair.browser("cadre").get(address).status_code == 404
    assert pair.browser("officer").get(address).status_code == 404


def test_taken_back_by_the_page(pair: Pair) -> None:
    record = write(pair, uploads=(photo(),))
    proof = reverse("mentoring:evidence", args=[record.evidence.get().pk])
    address = reverse("mentoring:withdraw_record", args=[record.pk])
    assert {pair.browser("cadre").get(proof + query).status_code for query in ("", "?small")} == {200}
    assert pair.browser("mentor").post(address, {"key": str(uuid4()), "reason": " "}).status_code == 422
    assert pair.browser("mentor").post(address, {"key": str(uuid4()), "reason": "记错人了"}).status_code == 302
    shown = reverse("mentoring:record", args=[record.pk])
    for who, status in (("mentor", 200), ("officer", 200), ("cadre", 404), ("outsider", 404), ("beside", 404)):
        assert pair.browser(who).get(shown).status_code == status == pair.browser(who).get(proof).status_code, who
    assert "记错人了" in pair.browser("officer").get(shown).content.decode()
    listed = pair.browser("cadre").get(reverse("mentoring:records", args=[pair.pk])).content.decode()
    assert "收回了" in listed and DONE not in listed and "案例" not in listed


def test_the_matter_is_shown_to_who_may_see_it(pair: Pair) -> None:
    """The young cadre is a village cadre besides; mentor and officer have no part in the village's matters."""
    town = pair.town
    access.grant(town.village, actor=SYSTEM, account=town.cadre.account, role="village_cadre", from_on=SINCE)
    matter = town.here.given(by=town.here.villager)
    browser = pair.browser("cadre")
    assert matter.slip in browser.get(reverse(NEW)).content.decode()
    assert browser.post(reverse(NEW), typed(matter=matter.pk)).status_code == 302
    record = actions.confirm_record(Record.objects.get(), actor=pair.mentor, edition=1)
    assert record.solved_together and record.matter == matter
    page = reverse("mentoring:record", args=[record.pk])
    assert reverse("matters:matter", args=[matter.pk]) in browser.get(page).content.decode()
    for who in ("mentor", "officer"):
        assert "一起解决" not in pair.browser(who).get(page).content.decode(), who
    correct = reverse("mentoring:correct_record", args=[record.pk])
    assert browser.post(correct, typed(matter=matter.pk, edition=1)).status_code == 302


def test_a_matter_that_its_corrector_may_not_see_stays_unseen(pair: Pair) -> None:
    town = pair.town
    access.grant(
        town.place,
        actor=SYSTEM,
        account=Account.objects.get(pk=pair.officer.account_id),
        role="town_clerk",
        from_on=SINCE,
    )
    matter = town.here.given(by=town.here.villager)
    record = write(pair, pair.officer, matter=matter)
    browser, address = pair.browser("county"), reverse("mentoring:correct_record", args=[record.pk])
    assert matter.slip not in browser.get(address).content.decode()
    assert browser.post(address, typed(edition=1)).status_code == 302
    record.refresh_from_db()
    assert (record.edition, record.matter) == (2, matter)


def test_a_list_is_paged_and_asks_no_more(pair: Pair) -> None:
    def asked(who: str, name: str) -> int:
        address, browser = reverse(f"mentoring:{name}", args=[pair.pk]), pair.browser(who)
        browser.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    ability = pair.town.ability("文字综合").pk
    write(pair, uploads=(photo(),), ability_ids=(ability,))
    few = [asked("mentor", name) for name in ("pair", "records")]
    for n in range(54):
        write(pair, on=dt.date(2026, 3, 1 + n % 9), ability_ids=(ability,))
    assert [asked("mentor", name) for name in ("pair", "records")] == few
    first = pair.browser("mentor").get(reverse("mentoring:records", args=[pair.pk]))
    days = [one.record.on for one in first.context["rows"]]
    assert len(days) == 50 and days == sorted(days, reverse=True)
    rest = pair.browser("mentor").get(reverse("mentoring:records", args=[pair.pk]) + first.context["more_url"])
    assert len(rest.context["rows"]) == 5
    keys = {one.record.pk for page in (first, rest) for one in page.context["rows"]}
    assert len(keys) == 55


def test_the_officer_s_sheet(pair: Pair) -> None:
    confirmed(pair, done="=1+1", ability_ids=(pair.town.ability("文字综合").pk,))
    gone = write(pair, done="不该出现")
    actions.withdraw_record(gone, actor=pair.mentor, reason="错了")
    address = reverse("mentoring:records_sheet")
    assert address in pair.browser("officer").get(reverse("mentoring:pairs")).content.decode()
    answer = pair.browser("officer").get(address)
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)  # type: ignore[union-attr]
    assert len(rows) == 2 and rows[1][:5] == ("2026-03-08", "王根水", "周小禾", "玉华村", "案例")
    assert rows[1][8] == "'=1+1" and rows[1][-1] == "双方确认"
    far = pair.browser("outsider").get(address)
    assert len(list(load_workbook(io.BytesIO(b"".join(far.streaming_content))).active.values)) == 1  # type: ignore[union-attr]
    assert pair.browser("mentor").get(address).status_code == 404


def test_confirmed_ones_stand_in_the_files(pair: Pair) -> None:
    confirmed(pair, minutes=45, ability_ids=(pair.town.ability("文字综合").pk,))
    write(pair, method="scene")
    for name, pk, other in (("cadre", pair.town.cadre.pk, "王根水"), ("mentor", pair.town.mentor.pk, "周小禾")):
        answer = pair.browser("officer").get(reverse(f"mentoring:{name}_paper", args=[pk, "docx"]))
        document = docx.Document(io.BytesIO(answer.content))
        prose = "".join(one.text for one in document.paragraphs)
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert "双方确认1次：案例1次" in prose and other in cells and "45" in cells
        assert DONE not in prose + "".join(cells), "the words stay with the two"


def test_state_words() -> None:
    assert {str(one.label) for one in State} == {"等确认", "双方确认", "说不对", "收回了"}
