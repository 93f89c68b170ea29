"""Questions by SMS: one outstanding per phone; replies stored first; opt-out, quiet hours, the cap."""

import io
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.commons.notices import gateways
from tests.commons.notices.test_rules import at
from xianglin.base import clock, hooks
from xianglin.base.logs import formatter
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account
from xianglin.commons.access.phones import index_of
from xianglin.commons.jobs import worker
from xianglin.commons.notices import NoticeTemplate, actions, declare, jobs, queries, rules
from xianglin.commons.notices.actions import receive_inbound, tell
from xianglin.commons.notices.declare import Asked, Choice
from xianglin.commons.notices.models import Inbound, Notice, Phone, Question, SandboxMessage
from xianglin.commons.trail.models import Entry

pytestmark = pytest.mark.django_db
PHONE, OTHER = "13800000001", "13800000002"
NOON = at("12:00")


class Room:
    """A room that asks, and remembers what it was answered."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, str, str, str]] = []
        self.unclear: list[str] = []
        self.over: set[str] = set()

    def answer(self, about: str, digit: str, said: str, actor: Any, key: uuid.UUID) -> None:
        if about in self.over:
            raise Refused("tests.over", "已经办完了。")
        self.answers.append((about, digit, said, actor.ref))


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    made = Room()
    template = NoticeTemplate("tests.asked", "%(title)s好了没？", sms=True, sms_text="%(title)s好了回1", asks="tests.q")
    monkeypatch.setitem(declare.REGISTRY, template.key, template)
    choices = (Choice("1", ("好了",)), Choice("2", ("没好",)))
    asked = Asked(
        "tests.q",
        choices,
        made.answer,
        lambda about: about not in made.over,
        lambda about, _a: made.unclear.append(about),
    )
    monkeypatch.setitem(declare.QUESTIONS, asked.key, asked)
    with clock.living_at(NOON):
        yield made


def ask(about: str, phone: str = PHONE) -> Notice:
    [notice] = tell("tests.asked", phone=phone, county_id=1, variables={"title": about}, dedupe=about, about=about)
    return notice


def work() -> int:
    return worker.work(threading.Event(), burst=True)


def reply(text: str, phone: str = PHONE, message_id: str = "") -> Inbound:
    inbound = receive_inbound("tests", message_id or uuid.uuid4().hex, phone=phone, text=text)
    work()
    inbound.refresh_from_db()
    return inbound


def sent() -> list[str]:
    return list(SandboxMessage.objects.order_by("pk").values_list("text", flat=True))


def test_an_answer_reaches_the_room_that_asked(room: Room) -> None:
    ask("灯")
    work()
    assert sent() == ["灯好了回1"]
    inbound = reply("２，还是不亮")
    assert room.answers == [("灯", "2", "还是不亮", f"phone:{index_of(PHONE)}")]
    assert (inbound.read_as, inbound.outcome) == ("2", "done")
    assert Question.objects.get().outcome == "answered"


def test_one_question_at_a_time_and_the_next_when_it_is_answered(room: Room) -> None:
    ask("灯")
    ask("路")
    ask("水", OTHER)
    work()
    assert sorted(sent()) == ["水好了回1", "灯好了回1"]
    reply("1")
    assert "路好了回1" in sent()
    reply("2")
    assert [(about, digit) for about, digit, *_ in room.answers] == [("灯", "1"), ("路", "2")]


def test_the_next_when_nobody_answered_for_three_days(room: Room) -> None:
    ask("灯")
    ask("路")
    work()
    with clock.living_at(NOON + rules.ANSWER_WITHIN - rules.ANSWER_WITHIN / 100):
        assert jobs.expire_questions.call() == 0
    with clock.living_at(NOON + rules.ANSWER_WITHIN * 1.01):
        assert jobs.expire_questions.call() == 1
        work()
    assert sent() == ["灯好了回1", "路好了回1"]


def test_the_database_itself_keeps_it_at_one() -> None:
    fields = {"key": "q", "about": "1", "notice_id": 1, "county_id": 1, "made_at": NOON, "asked_at": NOON}
    Question.objects.create(phone_index="a", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(phone_index="a", **fields)
    Question.objects.create(phone_index="b", **fields)


def test_what_nobody_wants_to_know_any_more_is_not_asked(room: Room) -> None:
    ask("灯")
    second = ask("路")
    work()
    actions.no_longer_asked("tests.q", "路")
    actions.no_longer_asked("tests.q", "灯")
    work()
    second.refresh_from_db()
    assert (second.state, second.reason) == ("kept_back", "不用再问了。")
    assert sent() == ["灯好了回1"]


def test_a_late_answer_still_counts_where_nothing_else_was_asked(room: Room) -> None:
    ask("灯")
    work()
    with clock.living_at(NOON + rules.ANSWER_WITHIN * 2):
        jobs.expire_questions.call()
        reply("1")
    assert [about for about, *_ in room.answers] == ["灯"]
    with clock.living_at(NOON + rules.ANSWER_COUNTS * 2):
        assert reply("1").outcome == "nothing_asked"


def test_a_second_thought_reaches_the_room_too(room: Room) -> None:
    ask("灯")
    work()
    reply("1")
    reply("2")
    assert [digit for _about, digit, *_ in room.answers] == ["1", "2"]
    room.over.add("灯")
    assert reply("1").outcome == "tests.over"


def test_what_nobody_understands_is_told_once_and_kept(room: Room) -> None:
    ask("灯")
    work()
    for text in ("什么时候来", "喂"):
        assert reply(text).outcome == "unclear"
    assert room.unclear == ["灯", "灯"]
    assert len([text for text in sent() if "没看懂您的回复" in text]) == 1
    assert [r.text for r in queries.unread_replies("tests.q", ["灯"])] == ["什么时候来", "喂"]
    reply("1")
    assert room.answers


def test_the_same_message_twice_is_stored_and_acted_on_once(room: Room) -> None:
    ask("灯")
    work()
    told = {"id": "in-1", "phone": f"+86{PHONE}", "text": "1"}
    for _ in range(3):
        assert gateways.signed_post("/notices/gateway/inbound/", told).status_code == 200
        work()
    assert (Inbound.objects.count(), len(room.answers)) == (1, 1)
    assert jobs.act_on.call(Inbound.objects.get().pk) == "acted on already"


def test_a_reply_whose_room_breaks_down_is_acted_on_later(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("灯")
    work()
    monkeypatch.setattr(room, "over", None)  # a TypeError, as a fault would be
    inbound = reply("1")
    assert inbound.acted_at is None
    room.over = set()
    assert jobs.act_on.call(inbound.pk) == "done"


def test_who_opts_out_gets_no_more_but_codes_and_nothing_is_said_back(room: Room) -> None:
    ask("灯")
    work()
    assert reply("退订").outcome == "stopped"
    later = ask("路")
    hooks.tell("access.login_code", phone=PHONE, variables={"code": "492716", "minutes": 5})
    work()
    later.refresh_from_db()
    assert (later.state, later.reason) == ("kept_back", "收信人退订了短信。")
    assert len(sent()) == 2
    assert "492716" in sent()[1]
    assert Question.objects.filter(closed_at=None).count() == 0
    [entry] = Entry.objects.filter(action="notices.stop_sms")
    assert entry.actor == f"phone:{index_of(PHONE)}"


def test_a_stranger_gets_no_answer(room: Room) -> None:
    assert reply("1", "10086").outcome == "nothing_asked"
    assert not Notice.objects.exists()
    tell("tests.answered", phone=PHONE, county_id=1, variables={"title": "灯"})
    work()
    for _ in range(2):
        reply("1")
    assert len(sent()) == 2  # once a month: there is nothing to answer


def test_nothing_of_number_or_words_is_in_plain_anywhere(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(formatter())
    logging.getLogger().addHandler(handler)
    try:
        ask("灯")
        work()
        for text in ("2，我家在老祠堂边上", "老祠堂", "退订"):
            told = {"id": text, "phone": PHONE, "text": text}
            gateways.signed_post("/notices/gateway/inbound/", told)
            work()
    finally:
        logging.getLogger().removeHandler(handler)
    tables = [DBTaskResult, Notice, Question, Inbound, Phone, Entry]
    kept = said.getvalue() + caplog.text + str([list(table._base_manager.values()) for table in tables])
    assert PHONE not in kept
    assert "老祠堂" not in kept


def test_at_night_it_waits_but_a_code_does_not(settings: LazySettings) -> None:
    settings.SMS_QUIET = "21:00-08:00"
    with clock.living_at(at("22:30")):
        tell("tests.answered", phone=PHONE, county_id=1, variables={"title": "灯"})
        hooks.tell("access.login_code", phone=PHONE, variables={"code": "492716", "minutes": 5})
        work()
        assert len(sent()) == 1
        waits = DBTaskResult.objects.get(status="READY")
        hours = (waits.run_after - clock.real_now()).total_seconds() / 3600
        assert hours == pytest.approx(9.5, abs=0.1)
    with clock.living_at(at("08:00", 3)):
        jobs.send_sms.call(Notice.objects.get(template="tests.answered").pk)
    assert len(sent()) == 2


def test_over_the_days_cap_it_waits_for_the_morning(settings: LazySettings) -> None:
    settings.SMS_PER_PHONE = 2
    for number in range(3):
        tell("tests.answered", phone=PHONE, county_id=1, variables={"title": str(number)})
    tell("tests.answered", phone=OTHER, county_id=1, variables={"title": "别人"})
    work()
    assert len(sent()) == 3
    waits = Notice.objects.get(state="queued")
    with clock.living_at(at("08:00", 3)):
        assert jobs.send_sms.call(waits.pk) == "sent"


def test_without_consent_there_is_no_sms(monkeypatch: pytest.MonkeyPatch) -> None:
    template = NoticeTemplate("tests.push", "有新岗位。", sms=True, consent="labour.push")
    monkeypatch.setitem(declare.REGISTRY, template.key, template)
    [notice] = tell("tests.push", phone=PHONE, county_id=1, variables={})
    work()
    notice.refresh_from_db()
    assert (notice.state, notice.reason) == ("kept_back", "收信人没有同意收这一类短信。")
    monkeypatch.setattr(hooks.consented, "_plug", lambda purpose, account, index: index == index_of(PHONE))
    tell("tests.push", phone=PHONE, county_id=1, variables={})
    work()
    assert sent() == ["有新岗位。"]


@pytest.fixture
def reader(new_account: Callable[..., Account]) -> Account:
    account = new_account("沈阿毛", PHONE)
    account.phone_index, account.phone_mask = index_of(PHONE), "138****0001"
    account.save()
    return account


def test_its_owner_takes_the_opt_out_back(reader: Account, client: Client) -> None:
    reply("退订")
    client.force_login(reader)
    assert "退订了短信" in client.get("/notices/ways/").content.decode()
    assert client.post("/notices/ways/sms/", {"sms": "1"}).status_code == 302
    assert Phone.objects.get().stopped_at is None
    client.post("/notices/ways/sms/", {"sms": "0"})
    assert Phone.objects.get().stopped_at is not None
    actions_told = list(
        Entry.objects.filter(action__startswith="notices.").order_by("position").values_list("action", "actor")
    )
    mine = f"account:{reader.pk}"
    assert actions_told[1:] == [("notices.allow_sms", mine), ("notices.stop_sms", mine)]


def test_an_address_is_good_once_its_link_was_pressed(reader: Account, client: Client, settings: LazySettings) -> None:
    settings.EMAIL_HOST, settings.SITE_URL = "127.0.0.1", "https://x.gov.cn"
    settings.DEFAULT_FROM_EMAIL = "notice@x.gov.cn"
    from django.core import mail

    client.force_login(reader)
    assert client.post("/notices/ways/mail/", {"address": "nonsense"}).status_code == 422
    assert client.post("/notices/ways/mail/", {"address": "mao@example.cn"}).status_code == 302
    work()
    [letter] = mail.outbox
    link = letter.body.split("https://x.gov.cn")[1].strip()
    assert link not in str(list(Notice.objects.values()))
    stranger = Client()
    assert "就用这个邮箱" in stranger.get(link).content.decode()
    assert queries.mailbox_of(reader.pk).confirmed_at is None  # type: ignore[union-attr]
    stranger.post(link)
    assert queries.mailbox_of(reader.pk).confirmed_at is not None  # type: ignore[union-attr]
    page = client.get("/notices/ways/").content.decode()
    assert "m***@example.cn" in page
    client.post("/notices/ways/mail/", {"address": ""})
    assert queries.mailbox_of(reader.pk) is None
    assert "用不了了" in stranger.get(link).content.decode()


def test_the_demonstrations_buttons_act_as_the_phones_owner(room: Room, client: Client, settings: LazySettings) -> None:
    ask("灯")
    work()
    page = client.get("/demo/outbox/").content.decode()
    message = SandboxMessage.objects.get()
    assert f'action="/demo/outbox/{message.pk}/reply/"' in page
    assert client.post(f"/demo/outbox/{message.pk}/reply/", {"text": "2"}).status_code == 302
    work()
    assert [digit for _about, digit, *_ in room.answers] == ["2"]
    assert "回过了" in client.get("/demo/outbox/").content.decode()
    settings.DEMO = False
    assert client.post(f"/demo/outbox/{message.pk}/reply/", {"text": "2"}).status_code == 404
