"""The pages: hand in, see errors in place, say which column is which, import the rest, fetch what to mend."""

import dataclasses
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tests.commons.exchange.conftest import HEADERS, WORDS, made
from tests.commons.exchange.test_apply import BAD, rows
from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange import actions, jobs, staging, views
from xianglin.commons.exchange.models import Batch
from xianglin.commons.exchange.tables import TABLES, ImportTable

pytestmark = pytest.mark.django_db
CLERK, OTHER = Actor("account", "7", "文书"), Actor("account", "8")


class Desk:
    """One person's browser, without the middleware that other rooms own."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.requests = actor, RequestFactory()

    def get(self, view: Callable[..., Any], *args: Any, **query: str) -> HttpResponse:
        return self._answer(self.requests.get("/", query), view, *args)

    def post(self, view: Callable[..., Any], *args: Any, **fields: Any) -> HttpResponse:
        return self._answer(self.requests.post("/", fields), view, *args)

    def _answer(self, request: Any, view: Callable[..., Any], *args: Any) -> HttpResponse:
        request.actor, request.who, request.htmx = self.actor, None, False
        return view(request, *args)  # type: ignore[no-any-return]

    def hand_in(self, path: Path, area: Area) -> HttpResponse:
        file = TemporaryUploadedFile(path.name, "", path.stat().st_size, "utf-8")
        file.write(path.read_bytes())
        file.seek(0)
        request = self.requests.post("/", {"area": area.code})
        request.FILES["file"] = file
        try:
            return self._answer(request, views.upload, WORDS.key)
        finally:
            file.close()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(hooks.actor_of, "_plug", lambda request: request.actor)
    monkeypatch.setattr(hooks.authorise, "_plug", lambda actor, name, subject: None)
    return Desk(CLERK)


def words_of(response: HttpResponse) -> str:
    return response.content.decode()


def staged(desk: Desk, path: Path, area: Area) -> Batch:
    assert desk.hand_in(path, area).status_code == 302
    batch = Batch.objects.latest("pk")
    assert "正在读表" in words_of(desk.get(views.show, batch.pk))
    jobs.read_sheet.func(batch.pk)
    batch.refresh_from_db()
    return batch


def test_from_dropping_it_to_done(desk: Desk, workbook: Callable[..., Path], village: Area) -> None:
    batch = staged(desk, workbook(HEADERS, *BAD), village)
    page = words_of(desk.get(views.show, batch.pk))
    assert "一共 8 行：2 行可以导入，6 行要改，0 行以前导入过。" in page
    assert "导入其余 2 条" in page
    assert page.index("row-7") < page.index("是公式，请粘贴为数值") < page.index("row-8")
    for _press in range(2):
        assert desk.post(views.apply, batch.pk).status_code == 302
    assert "正在导入" in words_of(desk.get(views.show, batch.pk))
    jobs.apply.func(batch.pk, {"kind": "account", "id": "7", "name": "文书"})
    assert "新增 2 条，0 条以前导入过，6 条没有导入" in words_of(desk.get(views.show, batch.pk))
    assert set(made()) == {"1", "8"}


def test_only_the_faulty_ones_and_their_sheet(desk: Desk, workbook: Callable[..., Path], village: Area) -> None:
    batch = staged(desk, workbook(HEADERS, *BAD), village)
    page = words_of(desk.get(views.show, batch.pk, faulty="1"))
    assert "row-2" not in page
    assert "row-3" in page
    response = desk.get(views.faulty, batch.pk)
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active  # type: ignore[attr-defined]
    assert sheet.max_row == 7
    assert sheet["E2"].value == "第 3 行：“编号”没有填"


def test_all_or_nothing(desk: Desk, workbook: Callable[..., Path], village: Area) -> None:
    batch = staged(desk, workbook(HEADERS, *BAD), village)
    with pytest.raises(Refused) as refused:
        desk.post(views.apply, batch.pk, strict="on")
    assert refused.value.code == "exchange.bad_rows"


def test_saying_which_column_is_which(desk: Desk, workbook: Callable[..., Path], village: Area) -> None:
    path = workbook(["编号", "心声"], ["1", "路灯不亮"])
    batch = staged(desk, path, village)
    page = words_of(desk.get(views.show, batch.pk))
    assert "没认出来这些列：说了什么" in page
    assert "导入其余" not in page
    twice = desk.post(views.remap, batch.pk, column_0="words", column_1="words")
    assert (twice.status_code, "只留一列" in words_of(twice)) == (422, True)
    assert desk.post(views.remap, batch.pk, column_0="number", column_1="words").status_code == 302
    jobs.check_again.func(batch.pk)
    assert "1 行可以导入" in words_of(desk.get(views.show, batch.pk))
    assert staged(desk, path, village).ok == 1, "remembered"


def test_what_is_unsafe_is_refused_at_once_and_the_place_is_kept(desk: Desk, tmp_path: Path, village: Area) -> None:
    (path := tmp_path / "表.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    response = desk.hand_in(path, village)
    assert response.status_code == 422
    assert "这是旧格式 .xls" in words_of(response)
    assert f'value="{village.code}" checked' in words_of(response)
    assert not Batch.objects.exists()


def test_what_cannot_be_read_says_so_on_its_page(desk: Desk, tmp_path: Path, village: Area) -> None:
    (path := tmp_path / "表.csv").write_text("编号,说了什么\n", encoding="utf-8")
    batch = staged(desk, path, village)
    assert batch.state == Batch.State.CANCELLED
    assert "表头下面没有数据" in words_of(desk.get(views.show, batch.pk))


def stored() -> list[str]:
    try:
        return default_storage.listdir(jobs.FOLDER)[1]
    except FileNotFoundError:
        return []


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def spoil(path: Path, part: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(old, new) if name == part else content)
    return path


def test_a_damaged_workbook_says_so_and_lies_nowhere(desk: Desk, workbook: Callable[..., Path], village: Area) -> None:
    path = spoil(workbook(HEADERS, *BAD), "xl/worksheets/sheet1.xml", b'r="A1"', b'r="A"')
    batch = staged(desk, path, village)
    page = words_of(desk.get(views.show, batch.pk))
    assert (batch.state, batch.stored_as, stored()) == ("cancelled", "", [])
    assert "文件坏了，打不开" in page
    assert "正在读表" not in page


def test_a_workbook_without_its_list_of_types_is_refused_at_once(
    desk: Desk, workbook: Callable[..., Path], tmp_path: Path, village: Area
) -> None:
    with zipfile.ZipFile(workbook(HEADERS, *BAD)) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            if name != "[Content_Types].xml":
                new.writestr(name, old.read(name))
    response = desk.hand_in(tmp_path / "b.xlsx", village)
    assert (response.status_code, "文件坏了，打不开" in words_of(response), stored()) == (422, True, [])


def test_what_is_still_being_read_can_be_cancelled_and_its_file_goes(
    desk: Desk, workbook: Callable[..., Path], village: Area, commits: Any
) -> None:
    desk.hand_in(workbook(HEADERS, *BAD), village)
    batch = Batch.objects.latest("pk")
    assert "不导入了" in words_of(desk.get(views.show, batch.pk))
    assert len(stored()) == 1
    with commits():
        assert desk.post(views.cancel, batch.pk).status_code == 302
    assert stored() == []
    jobs.read_sheet.func(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == ("cancelled", 0), "its job comes late and finds it ended"


def test_cancelled_while_its_job_reads_it_stays_cancelled(
    desk: Desk, workbook: Callable[..., Path], village: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hand_in(workbook(HEADERS, *BAD), village)
    batch = Batch.objects.latest("pk")
    real = staging._stage

    def cancelled_meanwhile(*args: Any) -> Batch:
        desk.post(views.cancel, batch.pk)
        return real(*args)

    monkeypatch.setattr(staging, "_stage", cancelled_meanwhile)
    jobs.read_sheet.func(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.forgotten_at is not None, stored()) == ("cancelled", True, [])


def test_a_sheet_that_was_never_read_does_not_lie_about(
    desk: Desk, workbook: Callable[..., Path], village: Area, monkeypatch: pytest.MonkeyPatch, commits: Any
) -> None:
    desk.hand_in(workbook(HEADERS, *BAD), village)
    default_storage.save(f"{jobs.FOLDER}/sheet", ContentFile(b"its page was killed before it had a batch"))
    jobs.forget.func()
    assert len(stored()) == 2, "today's may still be read"
    real = clock.real_now
    for now in ("now", "real_now"):
        monkeypatch.setattr(clock, now, lambda: real() + dt.timedelta(days=1, minutes=1))
    with commits():
        jobs.forget.func()
    batch = Batch.objects.latest("pk")
    assert (batch.state, stored()) == ("cancelled", [])
    assert "一直没读成" in words_of(desk.get(views.show, batch.pk))


def test_a_stored_sheet_that_is_gone_is_told(desk: Desk, workbook: Callable[..., Path], village: Area) -> None:
    desk.hand_in(workbook(HEADERS, *BAD), village)
    batch = Batch.objects.latest("pk")
    default_storage.delete(batch.stored_as)
    jobs.read_sheet.func(batch.pk)
    assert "交来的文件找不到了" in words_of(desk.get(views.show, batch.pk))


def test_stopped_half_way_what_came_in_stays_and_is_told(
    desk: Desk, workbook: Callable[..., Path], village: Area
) -> None:
    batch = staged(desk, workbook(HEADERS, *rows(120)), village)
    desk.post(views.apply, batch.pk)
    actions.apply_rows(batch, actor=CLERK)
    assert "停下，剩下的不导入了" in words_of(desk.get(views.show, batch.pk))
    response = desk.post(views.cancel, batch.pk)
    assert response["Location"] == reverse("exchange:batch", args=[batch.pk])
    page = words_of(desk.get(views.show, batch.pk))
    assert "停下了：已经导入的 50 条留着" in page
    assert (len(made()), "row-2" in page) == (50, False)


def test_errors_are_told_in_the_language_of_who_handed_it_in(
    desk: Desk, workbook: Callable[..., Path], village: Area, words: ImportTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = dataclasses.replace(words.columns[0], label=_("编号"))
    monkeypatch.setitem(TABLES, words.key, dataclasses.replace(words, columns=(english, *words.columns[1:])))
    with override("en"):
        label = str(english.label)
        assert label != "编号"
        desk.hand_in(workbook([label, *HEADERS[1:]], *BAD), village)
        batch = Batch.objects.latest("pk")
    jobs.read_sheet.func(batch.pk)
    batch.refresh_from_db()
    assert (batch.ok, batch.bad) == (2, 6), "headers are known in either language"
    [[_column, sentence, code]] = batch.rows.get(number=3).errors
    with override("en"):
        assert (code, sentence) == ("exchange.required", str(_("没有填")))
        assert sentence != "没有填"


def test_pages_with_peoples_words_stay_in_no_cache(desk: Desk, workbook: Callable[..., Path], village: Area) -> None:
    batch = staged(desk, workbook(HEADERS, *BAD), village)
    for response in (desk.get(views.show, batch.pk), desk.get(views.faulty, batch.pk)):
        assert response["Cache-Control"] == "no-store"


def test_a_number_too_long_for_a_row_shows_the_first_page(
    desk: Desk, workbook: Callable[..., Path], village: Area
) -> None:
    batch = staged(desk, workbook(HEADERS, *BAD), village)
    for after in ("9" * 5_000, "9" * 30, "²", "-1"):
        assert "row-2" in words_of(desk.get(views.show, batch.pk, after=after))


def test_nothing_chosen_is_said_beside_each_field(desk: Desk, village: Area) -> None:
    page = words_of(desk.post(views.upload, WORDS.key))
    assert "请先选一个文件" in page
    assert "请先选这些数据是哪里的" in page
    found = words_of(desk.post(views.upload, WORDS.key, area_find="1", area_q="试村"))
    assert village.code in found
    assert "请先选一个文件" not in found


def test_cancelled(desk: Desk, workbook: Callable[..., Path], village: Area) -> None:
    batch = staged(desk, workbook(HEADERS, *BAD), village)
    assert desk.post(views.cancel, batch.pk).status_code == 302
    assert "内容已经删掉了" in words_of(desk.get(views.show, batch.pk))


def test_somebody_elses_sheet_does_not_exist(desk: Desk, workbook: Callable[..., Path], village: Area) -> None:
    batch = staged(desk, workbook(HEADERS, *BAD), village)
    for view in (views.show, views.faulty):
        with pytest.raises(Http404):
            Desk(OTHER).get(view, batch.pk)
    for view in (views.apply, views.cancel, views.remap):
        with pytest.raises(Http404):
            Desk(OTHER).post(view, batch.pk)


def test_who_may_not_do_it_one_by_one_may_not_import(
    desk: Desk, workbook: Callable[..., Path], village: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = staged(desk, workbook(HEADERS, *BAD), village)

    def refuse(actor: Actor, name: str, subject: object) -> None:
        if name == WORDS.action:
            raise Forbidden("access.forbidden", "不能")

    monkeypatch.setattr(hooks.authorise, "_plug", refuse)
    with pytest.raises(Forbidden):
        desk.hand_in(workbook(HEADERS, *BAD), village)
    with pytest.raises(Forbidden):
        desk.get(views.show, batch.pk)


def test_a_page_costs_the_same_at_five_and_at_fifty_rows(
    desk: Desk, workbook: Callable[..., Path], village: Area
) -> None:
    counts = []
    for count in (5, 50, 120):
        batch = staged(desk, workbook(HEADERS, *rows(count, first=count * 1000)), village)
        with CaptureQueriesContext(connection) as queries:
            page = words_of(desk.get(views.show, batch.pk))
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert page.count('<tr id="row-') == 50
    assert "看后面 50 行" in page
    following = words_of(desk.get(views.show, batch.pk, after="51"))
    assert "row-52" in following
    assert "row-51" not in following


def test_the_template(desk: Desk) -> None:
    response = desk.get(views.template, WORDS.key)
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active  # type: ignore[attr-defined]
    assert [cell.value for cell in sheet[1]] == [column.label for column in WORDS.columns]
