"""A report of forty sentences: each opens what it was drafted from, and what opens says the same."""

import json

from django.test import Client

from tests.kernels.bulletins.conftest import Desk
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter

SENTENCES = 40


def told(desk: Desk, number: int) -> Matter:
    """Every third is still open, the others were answered."""
    matter = desk.here.say(words=f"{number} 组的路灯不亮。")
    matter = actions.triage_matter(
        matter, actor=desk.here.cadre, title=f"第{number}盏灯不亮", category="路灯", public=True
    )
    if number % 3:
        matter = actions.assign_matter(matter, actor=desk.here.cadre, account_id=desk.here.second.account_id)
        matter = actions.answer_matter(matter, actor=desk.here.second, text=f"第{number}盏换好了。")
    return matter


def test_each_sentence_opens_the_record_that_says_it(desk: Desk) -> None:
    for number in range(1, SENTENCES + 1):
        told(desk, number)
    bulletin = desk.published()
    body = json.loads(bulletin.versions.get().body)
    blocks = {section["key"]: section["blocks"] for section in body["sections"]}
    assert len(blocks["concerns"]) == SENTENCES
    reader = Client()
    for number, block in enumerate(blocks["concerns"], 1):
        (source,) = block["sources"]
        page = reader.get(source["url"])
        shown = page.content.decode()
        assert page.status_code == 200 and f"第{number}盏灯不亮" in shown and f"“第{number}盏灯不亮”" in block["text"]
        if number % 3:
            assert f"第{number}盏换好了。" in block["text"] and f"第{number}盏换好了。" in shown
    *figures, work = blocks["work"]
    assert [len(figure["content"]["records"]) for figure in figures] == [SENTENCES, SENTENCES - SENTENCES // 3]
    answered = [number for number in range(1, SENTENCES + 1) if number % 3]
    assert f"答复了 {len(answered)} 件" in work["text"] and len(work["sources"]) == len(answered)
    by_hand = [block for block in blocks["affairs"] if not block["sources"]]
    assert [block["origin"] for block in by_hand] == ["gap:decisions", "gap:money"], "nothing else lacks its source"
