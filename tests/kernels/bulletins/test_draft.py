"""The text follows its records until somebody writes it; two writers never overwrite each other."""

import datetime as dt

import pytest

from tests.kernels.bulletins.conftest import Desk
from tests.kernels.matters.conftest import MORNING
from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.kernels.bulletins import actions, drafts
from xianglin.kernels.bulletins.models import Block, Bulletin
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Matter


def sentence(bulletin: Bulletin, matter: Matter) -> Block:
    return bulletin.blocks.get(origin=f"matter:{matter.pk}")


def public(desk: Desk, **said: str) -> Matter:
    here = desk.here
    matter = here.say(**said)
    return matters.triage_matter(matter, actor=here.cadre, title="8 组桥头路灯不亮", category="路灯", public=True)


def test_a_changed_record_changes_the_sentence_drafted_from_it(desk: Desk) -> None:
    matter = public(desk)
    matter = matters.assign_matter(matter, actor=desk.here.cadre, account_id=desk.here.second.account_id)
    bulletin = desk.opened()
    before = sentence(bulletin, matter)
    assert before.section == "concerns" and before.text.startswith("“8 组桥头路灯不亮”：正在办，")
    matters.answer_matter(matter, actor=desk.here.second, text="换了灯头，亮了")
    drafts.draft_again(bulletin)
    assert sentence(bulletin, matter).text == "“8 组桥头路灯不亮”：换了灯头，亮了。等提的人回话。"
    [source] = sentence(bulletin, matter).sources
    assert source["ref"] == f"matters.Matter:{matter.pk}" and source["label"] == matter.slip
    assert bulletin.blocks.get(origin="work:路灯").text == "路灯方面答复了 1 件：8 组桥头路灯不亮。"


def test_next_month_it_stands_under_feedback(desk: Desk) -> None:
    matter = public(desk)
    with clock.living_at(MORNING + dt.timedelta(days=40)):
        assert sentence(desk.opened(), matter).section == "feedback"


def test_what_somebody_wrote_stays_and_is_said_to_be_behind(desk: Desk) -> None:
    matter = public(desk)
    bulletin = desk.opened()
    block = sentence(bulletin, matter)
    drafts.write_block(block, "桥头的路灯这个月修好。", edition=block.edition)
    matters.assign_matter(matter, actor=desk.here.cadre, account_id=desk.here.second.account_id)
    matters.answer_matter(Matter.objects.get(pk=matter.pk), actor=desk.here.second, text="修好了")
    drafts.draft_again(bulletin)
    block = sentence(bulletin, matter)
    assert block.text == "桥头的路灯这个月修好。" and block.is_behind
    assert drafts.take_draft(block).text == "“8 组桥头路灯不亮”：修好了。等提的人回话。"


def test_a_matter_taken_off_the_board_leaves_the_draft(desk: Desk) -> None:
    matter = public(desk)
    bulletin = desk.opened()
    matters.publish_matter(matter, actor=desk.here.cadre, title=matter.title, public=False, reason="不该公开")
    drafts.draft_again(bulletin)
    assert not bulletin.blocks.filter(origin=f"matter:{matter.pk}").exists()


def test_two_writers_never_overwrite_each_other(desk: Desk) -> None:
    block = desk.opened().blocks.get(origin="gap:money")
    drafts.write_block(block, "收 1.2万元。", edition=1)
    with pytest.raises(Refused) as refusal:
        drafts.write_block(block, "收 1.4万元。", edition=1)
    assert refusal.value.code == "bulletins.edited_meanwhile" and "收 1.2万元。" in str(refusal.value)
    drafts.write_block(block, "收 1.4万元。", edition=2)
    block.refresh_from_db()
    assert (block.text, block.edition) == ("收 1.4万元。", 3)


def test_what_is_personal_does_not_get_in(desk: Desk) -> None:
    public(desk, name="徐阿珍")
    bulletin = desk.opened()
    block = bulletin.blocks.get(origin="gap:money")
    names = list(drafts.names_for(bulletin))
    for text in ("补给徐阿珍 200 元。", "问 13912345678。"):
        with pytest.raises(Refused) as refusal:
            drafts.write_block(block, text, edition=1, names=names)
        assert refusal.value.code == "bulletins.leak"


def test_the_piece_that_names_somebody_is_said(desk: Desk) -> None:
    """A public answer to one may name another who spoke that month: handing in says which piece it is."""
    public(desk, name="徐阿珍")
    bulletin = desk.written()
    Block.objects.filter(bulletin=bulletin, origin="gap:decisions").update(text="桥头的灯是徐阿珍家门口那盏。")
    with pytest.raises(Refused) as refusal:
        actions.hand_in(bulletin, actor=desk.here.cadre)
    assert refusal.value.code == "bulletins.leak" and "“桥头的灯是徐某某家门口那…”" in str(refusal.value)


def test_opened_twice_is_one(desk: Desk) -> None:
    assert desk.opened().pk == desk.opened().pk
    with pytest.raises(Refused) as refusal:
        desk.opened("2022-13")
    assert refusal.value.code == "bulletins.period"
    with pytest.raises(Refused) as refusal:
        actions.open_bulletin(desk.place, actor=desk.here.cadre, kind="no.kind", period="2022-05")
    assert refusal.value.code == "bulletins.unknown_kind"
