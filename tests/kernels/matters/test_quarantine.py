"""An accusation that came in: hidden, handed over by the inspector, its words destroyed on their day."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import MORNING, Village, receipt_of, steps, told
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.actor import NOBODY
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access.models import Account
from xianglin.commons.keys.models import PersonKey
from xianglin.commons.notices.models import Notice
from xianglin.commons.trail.models import Entry
from xianglin.kernels.matters import actions, jobs, queries
from xianglin.kernels.matters.models import Matter, State

pytestmark = pytest.mark.usefixtures("morning")
WORDS = "有人把集体的补助款装进自己口袋。"
PLACE = "县纪委监委信访室"


def quarantined(here: Village, **said: Any) -> Matter:
    return actions.quarantine_matter(here.say(words=WORDS, **said), actor=here.cadre)


def handed_over(here: Village, **said: Any) -> Matter:
    return actions.hand_over_matter(quarantined(here, **said), actor=here.inspector, to=PLACE)


@pytest.mark.parametrize("who", ["cadre", "clerk", "county"])
def test_the_receiving_post_hides_it(here: Village, who: str, trailed: Callable[..., Any]) -> None:
    done = actions.quarantine_matter(here.given(phone="13800000077"), actor=getattr(here, who))
    assert (done.state, done.open, done.clock_stopped_on) == (State.QUARANTINED, False, clock.today())
    assert trailed(done)[-1][0] == "matters.quarantine"
    assert steps(done)[-1] == "quarantined"
    assert told("matters.quarantined") == [(here.inspector.account_id, "in_app")]


@pytest.mark.parametrize("who", ["second", "beside", "inspector", "outsider", "officer", "villager"])
def test_not_theirs_to_hide(here: Village, who: str) -> None:
    matter = here.say()
    actor = getattr(here, who)
    if who == "second":
        actor = NOBODY
    with pytest.raises(Forbidden):
        actions.quarantine_matter(matter, actor=actor)


def test_hidden_from_everyone_it_may_be_about(here: Village) -> None:
    matter = here.given(words=WORDS)
    matter = actions.triage_matter(matter, actor=here.cadre, title="有人拿了钱", category="", public=True)
    actions.bounce_matter(matter, actor=here.second, reason="有人拿了钱，不归我管")
    actions.assign_matter(matter, actor=here.cadre, account_id=here.second.account_id)
    matter = actions.quarantine_matter(matter, actor=here.clerk)
    assert (matter.called, matter.title, matter.public) == ("另行移交", "", False)
    for who in (here.cadre, here.second, here.clerk, here.county, here.beside, here.officer, NOBODY):
        assert queries.matter_for(who, matter.pk) is None
    for who in (here.inspector, receipt_of(matter)):
        assert queries.matter_for(who, matter.pk) is not None
    assert not queries.public_ended(here.place).exists()
    said = [notice.text for notice in Notice.objects.all()] + list(matter.steps.values_list("text", flat=True))
    assert said and not [text for text in said if "拿了钱" in text]


def test_an_untriaged_one_leaves_nothing_readable_in_the_trail(here: Village) -> None:
    quarantined(here)
    written = "".join(before + after for before, after in Entry.objects.values_list("before", "after"))
    assert "补助" not in written and "口袋" not in written


def test_the_inspectors_today_shows_it_until_it_is_handed_over(here: Village) -> None:
    matter = quarantined(here)
    inspector = as_account(Account.objects.get(pk=here.inspector.account_id))
    page = inspector.get("/today/").content.decode()
    assert f"/matters/{matter.pk}/hand_over/" in page
    opened = inspector.get(f"/matters/{matter.pk}/").content.decode()
    assert WORDS in opened and "移交出去" in opened
    key = str(uuid.uuid4())
    for _twice in (1, 2):
        answer = inspector.post(f"/matters/{matter.pk}/hand_over/", {"to": PLACE, "key": key}, follow=True)
    assert f"已移交：{PLACE}" in answer.content.decode()
    assert f"/matters/{matter.pk}/hand_over/" not in inspector.get("/today/").content.decode()


def test_handing_over_tells_its_author_and_sets_the_day(here: Village) -> None:
    matter = handed_over(here, phone="13800000077")
    assert matter.purge_on == clock.today() + dt.timedelta(days=30)
    assert told("matters.handed_over") == [(None, "sms")]
    with pytest.raises(Refused) as refusal:
        actions.hand_over_matter(matter, actor=here.inspector, to=PLACE)
    assert refusal.value.code == "matters.handed_over_already"


@pytest.mark.parametrize("who", ["cadre", "clerk", "county", "officer", "outsider", "villager"])
def test_not_theirs_to_hand_over(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.hand_over_matter(quarantined(here), actor=getattr(here, who), to=PLACE)


def test_on_its_day_the_words_are_destroyed_and_not_before(here: Village) -> None:
    matter = handed_over(here)
    waiting = quarantined(here)
    for days, left in ((29, WORDS), (30, None), (31, None)):
        with clock.living_at(MORNING + dt.timedelta(days=days)):
            assert jobs.purge.func() == (1 if days == 30 else 0)
        assert queries.words_of(Matter.objects.get(pk=matter.pk)) == left
    assert not PersonKey.objects.get(pk=matter.author.key_id).wrapped, "what the trail keeps must be unreadable"
    assert queries.words_of(waiting) == WORDS, "not handed over: nothing is lost"
    assert steps(matter)[-2:] == ["handed_over", "purged"]
    shown = as_account(Account.objects.get(pk=here.inspector.account_id)).get(f"/matters/{matter.pk}/")
    assert "原话已按规定销毁" in shown.content.decode()


def test_what_else_its_author_said_is_kept(here: Village) -> None:
    matter = handed_over(here, by=here.villager)
    other = here.say(by=here.villager)
    with clock.living_at(MORNING + dt.timedelta(days=30)):
        jobs.purge.func()
    assert queries.words_of(Matter.objects.get(pk=matter.pk)) is None
    assert queries.words_of(other)
