"""好了回1，没好回2: a 2 reopens the matter and somebody phones (the stories' seventh moment)."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.kernels.matters.conftest import MORNING, Village, receipt_of, steps, told
from tests.support.cast import as_account
from xianglin.base import clock, hooks
from xianglin.base.actor import Actor, system
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access.models import Account
from xianglin.commons.access.phones import index_of
from xianglin.commons.jobs import worker
from xianglin.commons.notices.actions import receive_inbound
from xianglin.commons.notices.models import Inbound, Question, SandboxMessage
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter, Word

PHONE = "13800000099"


@pytest.fixture(autouse=True)
def _morning(db: None, settings: Any) -> Any:
    settings.SMS_PROVIDER, settings.SMS_QUIET = "", ""
    with clock.living_at(MORNING):
        yield


def work() -> None:
    worker.work(threading.Event(), burst=True)


def reply(matter: Matter, text: str, phone: str = PHONE) -> Inbound:
    inbound = receive_inbound("tests", uuid.uuid4().hex, phone=phone, text=text)
    work()
    matter.refresh_from_db()
    inbound.refresh_from_db()
    return inbound


@pytest.fixture
def asked(here: Village) -> Matter:
    matter = here.answered(name="周桂芬", phone=PHONE)
    work()
    assert "好了回1，没好回2" in SandboxMessage.objects.get(phone=PHONE).text
    return matter


def today(actor: Actor) -> str:
    client = as_account(Account.objects.get(pk=actor.account_id))
    return client.get(reverse("portal:today")).content.decode()


def test_a_1_settles_it(here: Village, asked: Matter, trailed: Callable[..., Any]) -> None:
    assert reply(asked, "１。").outcome == "done"
    assert (asked.state, asked.call_since) == ("settled", None)
    word = Word.objects.get()
    assert (word.how, word.settled, word.noted_by) == ("sms", True, None)
    assert steps(asked)[-1] == "sms_settled"
    assert trailed(asked)[-1] == ("matters.settle", f"phone:{index_of(PHONE)}")


def test_a_2_reopens_it_and_somebody_phones(here: Village, asked: Matter) -> None:
    assert reply(asked, "2，三楼早晚还是没水").outcome == "done"
    assert (asked.state, asked.round, asked.handler_id) == ("reopened", 2, here.second.account_id)
    assert asked.call_since is not None
    assert told("matters.not_settled") == [(here.second.account_id, "in_app")]
    for actor in (here.second, here.cadre, here.clerk):  # who has it, and the receiving posts
        page = today(actor)
        assert "短信回了没好，请打个电话问问" in page
        assert reverse("matters:deed", args=[asked.pk, "called"]) in page
    assert "短信回了没好" not in today(here.beside)
    client = as_account(Account.objects.get(pk=here.second.account_id))
    form = client.get(reverse("matters:deed", args=[asked.pk, "called"])).content.decode()
    assert f"tel:{PHONE}" in form
    assert "三楼早晚还是没水" in client.get(reverse("matters:matter", args=[asked.pk])).content.decode()
    actions.note_call(asked, actor=here.second, note="说是早晚没水，明天去看。")
    asked.refresh_from_db()
    assert (asked.state, asked.call_since, steps(asked)[-1]) == ("reopened", None, "called")
    assert "短信回了没好" not in today(here.clerk)
    actions.answer_matter(asked, actor=here.second, text="换了泵，早晚都有水了。")
    work()
    assert reply(asked, "1").outcome == "done"
    assert asked.state == "settled"


def test_after_a_1_a_2_still_reopens_and_an_old_1_settles_no_new_round(here: Village, asked: Matter) -> None:
    reply(asked, "1")
    reply(asked, "2")
    assert asked.state == "reopened"
    assert reply(asked, "1").outcome == "matters.asked_in_another_round"
    assert asked.state == "reopened"


def test_what_is_not_understood_has_somebody_call_and_changes_nothing_else(here: Village, asked: Matter) -> None:
    assert reply(asked, "你们到底来不来看").outcome == "unclear"
    assert (asked.state, asked.call_since is not None, steps(asked)[-1]) == ("answered", True, "sms_unclear")
    assert "回的短信没看懂，请打个电话问问" in today(here.cadre)
    page = as_account(Account.objects.get(pk=here.cadre.account_id)).get(reverse("matters:matter", args=[asked.pk]))
    assert "你们到底来不来看" in page.content.decode()
    before = steps(asked)
    reply(asked, "喂")
    assert steps(asked) == before
    actions.note_word(asked, actor=here.clerk, settled=True)
    asked.refresh_from_db()
    assert asked.call_since is None


def test_a_purge_takes_what_was_written_back_too(here: Village, asked: Matter) -> None:
    reply(asked, "老会计的账不对")
    reply(asked, "2")
    actions.quarantine_matter(asked, actor=here.cadre)
    actions.hand_over_matter(asked, actor=here.inspector, to="县纪委")
    asked.refresh_from_db()
    with clock.living_at(MORNING.replace(year=MORNING.year + 2)):
        actions.purge_matter(asked, actor=system("tests"))
    assert [row.text.open() for row in Inbound.objects.all()] == [None, None]


def test_a_call_that_reached_nobody_is_a_call_too(here: Village, asked: Matter) -> None:
    reply(asked, "喂")
    actions.note_attempt(asked, actor=here.cadre, note="打了两次没人接")
    asked.refresh_from_db()
    assert asked.call_since is None


def test_what_its_author_pressed_is_not_asked_by_sms(here: Village) -> None:
    matter = here.answered(phone=PHONE)
    actions.settle_matter(matter, actor=receipt_of(matter), settled=True)
    work()
    assert not SandboxMessage.objects.filter(phone=PHONE).exists()
    assert Question.objects.get().outcome == "moot"


def test_two_matters_of_one_phone_are_asked_about_one_after_the_other(here: Village, asked: Matter) -> None:
    second = here.answered(words="路上有个坑。", phone=PHONE)
    work()
    assert SandboxMessage.objects.filter(phone=PHONE).count() == 1
    reply(asked, "1")
    assert SandboxMessage.objects.filter(phone=PHONE).count() == 2
    reply(second, "2")
    asked.refresh_from_db()
    assert (asked.state, second.state) == ("settled", "reopened")


def test_another_phone_says_nothing(here: Village, asked: Matter) -> None:
    assert reply(asked, "1", "13800000098").outcome == "nothing_asked"
    assert asked.state == "answered"
    stranger = Actor("phone", index_of("13800000098"), via="job")
    with pytest.raises(Forbidden):
        actions.settle_matter(asked, actor=stranger, settled=True, how="sms")


def test_the_phone_of_who_has_it_settles_nothing(here: Village) -> None:
    own = "13800000011"  # the second cadre's, written beside somebody else's words
    matter = here.answered(phone=own)
    work()
    assert reply(matter, "1", own).outcome == "matters.phone_of_handler"
    assert matter.state == "answered"
    assert reply(matter, "2", own).outcome == "done"


def test_an_accounts_own_phone_is_the_authors(here: Village) -> None:
    matter = here.answered(by=here.villager)
    work()
    phone = SandboxMessage.objects.latest("pk").phone
    assert reply(matter, "1", phone).outcome == "done"
    assert matter.state == "settled"
    reply(matter, "2", phone)
    client = as_account(Account.objects.get(pk=here.second.account_id))
    assert f"tel:{phone}" in client.get(reverse("matters:deed", args=[matter.pk, "called"])).content.decode()


def test_nobody_notes_a_word_as_if_it_came_by_sms(here: Village, asked: Matter) -> None:
    with pytest.raises(Refused):
        actions.note_word(asked, actor=here.clerk, settled=True, how="sms")
    with pytest.raises(Refused):
        actions.settle_matter(asked, actor=receipt_of(asked), settled=True, how="call")
    assert not hooks.may(here.clerk, "matters.want_call", asked)


def test_a_call_is_noted_while_it_is_worked_on_only(here: Village, asked: Matter) -> None:
    with pytest.raises(Refused):
        actions.note_call(asked, actor=here.cadre, note="问过了")
