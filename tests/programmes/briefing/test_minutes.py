"""The minutes say who came and what became of each question, and name nobody who asked."""

import io

import docx
import pytest
from django.urls import reverse

from tests.commons.documents.conftest import text_of
from tests.kernels.bulletins.conftest import Desk
from tests.kernels.gatherings.conftest import running_conference
from tests.support.cast import as_account
from xianglin.commons.access.models import Account
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings.models import Gathering
from xianglin.programmes.briefing import actions


@pytest.fixture
def held(desk: Desk) -> Gathering:
    here = desk.here
    meeting = running_conference(here)
    gatherings.count_present(meeting, actor=here.cadre, counts={"representatives": (36, 20)})
    placed = {"title": "鸡鸭散养怎么管", "category": "", "public": True}
    answered = actions.ask(meeting, actor=here.cadre, words="鸡鸭散养，村里管不管？", name="方菊英")
    speaker = here.second.account_id or 0
    actions.answer_question(answered, actor=here.cadre, speaker_id=speaker, text="这个星期围好。", **placed)
    task = actions.ask(meeting, actor=here.cadre, words="水压低。", name="王土根")
    placed |= {"title": "里坞水压低"}
    actions.make_task(task, actor=here.cadre, account_id=speaker, **placed)
    hidden = actions.ask(meeting, actor=here.cadre, words="低保怎么评的？", name="潘根娣")
    placed |= {"title": "低保怎么评", "public": False}
    actions.answer_question(hidden, actor=here.cadre, speaker_id=speaker, text="讲给您听。", **placed)
    return actions.close_conference(meeting, actor=here.cadre)


def told(text: str) -> None:
    text = "".join(text.split())
    assert "2026年3月村情发布会纪要" in text and "文化礼堂" in text
    assert "应到36人，实到20人，不足24人" in text
    assert "鸡鸭散养怎么管" in text and "答：这个星期围好。" in text
    assert "里坞水压低" in text and "日前答复。" in text
    assert "内容不公开" in text and "低保" not in text and "讲给您听" not in text
    assert not [name for name in ("方菊英", "王土根", "潘根娣") if name in text]


def paper(desk: Desk, held: Gathering, kind: str, who: str = "cadre") -> bytes:
    client = as_account(Account.objects.get(pk=getattr(desk.here, who).account_id))
    answer = client.get(reverse("briefing:minutes", args=[held.pk, kind]))
    assert answer.status_code == 200, answer.status_code
    return answer.content


def test_to_print(desk: Desk, held: Gathering) -> None:
    told(text_of(paper(desk, held, "pdf")))


def test_to_go_on_writing_in(desk: Desk, held: Gathering) -> None:
    opened = docx.Document(io.BytesIO(paper(desk, held, "docx", "inspector")))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    told("".join([*(p.text for p in opened.paragraphs), *cells]))


def test_not_before_it_ended_nor_for_the_village_beside(desk: Desk, held: Gathering) -> None:
    beside = as_account(Account.objects.get(pk=desk.here.beside.account_id))
    assert beside.get(reverse("briefing:minutes", args=[held.pk, "pdf"])).status_code == 404
