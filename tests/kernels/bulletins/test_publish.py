"""Looked over by another, published word by word, corrected in words; what is altered is named."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, connection, transaction

from tests.kernels.bulletins.conftest import Desk
from tests.kernels.matters.conftest import MORNING
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.trail import guards
from xianglin.kernels.bulletins import actions, chain, drafts, queries, telling
from xianglin.kernels.bulletins.models import Bulletin, Head, State, Version


def corrected(desk: Desk, bulletin: Bulletin, text: str = "本月新装路灯9盏，花了 3000 元。") -> Version:
    with clock.living_at(MORNING + dt.timedelta(days=12)):
        return actions.correct_bulletin(
            bulletin, actor=desk.here.cadre, texts={"gap:money": text}, reason="核对清单，装的是 9 盏"
        )


def test_not_with_a_gap(desk: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        actions.hand_in(desk.opened(), actor=desk.here.cadre)
    assert refusal.value.code == "bulletins.gaps" and "还缺 2 处" in str(refusal.value)


def test_the_way_from_draft_to_published(desk: Desk) -> None:
    bulletin = desk.published()
    assert (bulletin.state, bulletin.version, bulletin.published_on) == (State.PUBLISHED, 1, clock.today())
    version = bulletin.versions.get()
    body = json.loads(version.body)
    assert [s["key"] for s in body["sections"]] == ["feedback", "work", "affairs", "concerns"]
    assert body["title"] == f"玉华村 2026年{clock.today().month}月 村情发布稿"
    assert list(chain.verify()) == []
    with pytest.raises(Refused):
        drafts.write_block(bulletin.blocks.get(origin="gap:money"), "改一改", edition=2)


def test_nobody_looks_over_their_own_text(desk: Desk) -> None:
    bulletin = actions.hand_in(desk.written(), actor=desk.here.cadre)
    Bulletin.objects.filter(pk=bulletin.pk).update(opened_by=desk.supervisor.account_id)
    with pytest.raises(Refused) as refusal:
        actions.review_bulletin(bulletin, actor=desk.supervisor, agreed=True)
    assert refusal.value.code == "bulletins.own_text"


def test_sent_back_with_a_word(desk: Desk) -> None:
    bulletin = actions.hand_in(desk.written(), actor=desk.here.cadre)
    with pytest.raises(Refused) as refusal:
        actions.review_bulletin(bulletin, actor=desk.supervisor, agreed=False)
    assert refusal.value.code == "bulletins.no_remark"
    back = actions.review_bulletin(bulletin, actor=desk.supervisor, agreed=False, remark="收支写细一点")
    assert (back.state, back.remark) == (State.DRAFT, "收支写细一点")
    with pytest.raises(Refused):
        actions.publish_bulletin(back, actor=desk.here.cadre)


@pytest.mark.parametrize("who", ["villager", "beside", "clerk", "inspector", "outsider"])
def test_not_theirs_to_publish(desk: Desk, who: str) -> None:
    bulletin = desk.reviewed()
    actor: Actor = getattr(desk.here, who)
    with pytest.raises(Forbidden):
        actions.publish_bulletin(bulletin, actor=actor)
    with pytest.raises(Forbidden):
        actions.review_bulletin(bulletin, actor=actor, agreed=True)


def test_a_correction_is_told_in_words_and_the_old_stays(desk: Desk) -> None:
    bulletin = desk.published()
    version = corrected(desk, bulletin)
    assert version.changes == [{"before": "12盏", "after": "9盏"}]
    read = queries.standing(desk.place, bulletin.pk)
    assert read is not None and read.version.number == 2
    first, then = MORNING, MORNING + dt.timedelta(days=12)
    days = f"{first.month} 月 {first.day} 日", f"{then.month} 月 {then.day} 日"
    assert telling.words_of(version, read.versions) == [f"{days[0]}公布 12盏，{days[1]}改为 9盏"]
    old = queries.standing(desk.place, bulletin.pk, 1)
    assert old is not None and not old.is_latest and "12盏" in str(old.body) and "9盏" not in str(old.body)
    assert list(chain.verify()) == []


def test_a_correction_says_why_and_changes_something(desk: Desk) -> None:
    bulletin = desk.published()
    for texts, reason, code in (
        ({"gap:money": "9盏"}, " ", "bulletins.no_reason"),
        ({}, "看错了", "bulletins.nothing_changed"),
        ({"gap:money": "问 13912345678"}, "看错了", "bulletins.leak"),
    ):
        with pytest.raises(Refused) as refusal:
            actions.correct_bulletin(bulletin, actor=desk.here.cadre, texts=texts, reason=reason)
        assert refusal.value.code == code
    assert bulletin.versions.count() == 1


def test_the_database_refuses_to_change_what_was_published(desk: Desk) -> None:
    bulletin = desk.published()
    for change in ("UPDATE bulletins_version SET body = '{}'", "DELETE FROM bulletins_version"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert queries.is_whole(bulletin.versions.get())


def tamper(sql: str, *values: object) -> None:
    """As somebody does who takes the guards away first."""
    connection.check_constraints()  # what PostgreSQL still has to look at keeps a table's triggers
    guards.remove()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_what_was_altered_in_the_database_is_named(desk: Desk) -> None:
    bulletin = desk.published()
    corrected(desk, bulletin)
    seal = queries.seal(bulletin.versions.get(number=1))
    assert queries.by_seal(seal) is not None and queries.is_whole(bulletin.versions.get(number=1))
    tamper("UPDATE bulletins_version SET body = replace(body, '12盏', '9盏') WHERE number = 1")
    [broken] = chain.verify()
    assert (broken.area_id, broken.position, broken.kind) == (desk.place.pk, 1, "altered")
    found = queries.by_seal(seal.upper())
    assert found is not None and not queries.is_whole(found)


def test_a_version_taken_out_and_a_cut_tail_are_named(desk: Desk) -> None:
    bulletin = desk.published()
    corrected(desk, bulletin)
    tamper("DELETE FROM bulletins_version WHERE number = 2")
    assert [(b.position, b.kind) for b in chain.verify()] == [(2, "tail_cut")]
    Head.objects.all().delete()
    assert [b.kind for b in chain.verify()] == ["head_differs"]


def test_a_seal_that_is_nobodys(desk: Desk) -> None:
    desk.published()
    for asked in ("", "1234", "zzzz zzzz zzzz zzzz", "0000 0000 0000 0000", "％_%_%_%_%_%_%_%_"):
        assert queries.by_seal(asked) is None
