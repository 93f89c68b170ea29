"""An outbox row per person and channel, in the caller's transaction, told once, sent once."""

import datetime as dt
import io
import logging
import threading
import time
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.utils import translation
from django.utils.functional import lazystr
from django_tasks_db.models import DBTaskResult

from xianglin.base import clock, hooks
from xianglin.base.logs import formatter
from xianglin.commons.access.models import Account
from xianglin.commons.jobs import worker
from xianglin.commons.keys.models import PersonKey
from xianglin.commons.keys.sealing import destroy
from xianglin.commons.notices import NoticeTemplate, declare, jobs, queries
from xianglin.commons.notices.actions import tell
from xianglin.commons.notices.models import Notice, SandboxMessage, Told

pytestmark = pytest.mark.django_db
NewAccount = Callable[..., Account]
LAMP = {"title": "路灯坏了"}
MESSENGERS = "tests.commons.notices.messengers"


def send_all() -> int:
    return worker.work(threading.Event(), burst=True)


def only() -> Notice:
    return Notice.objects.get()


def test_an_account_is_told_in_the_app(new_account: NewAccount) -> None:
    [notice] = tell("tests.assigned", account=new_account("凌小敏"), county_id=1, variables=LAMP, dedupe="a")
    assert (notice.channel, notice.state, notice.text) == ("in_app", "sent", "交给您一件事：路灯坏了。")
    assert send_all() == 0


def test_a_phone_without_an_account_gets_an_sms() -> None:
    tell("tests.answered", phone="13800000001", county_id=1, variables=LAMP, dedupe="a")
    assert only().state == "queued"
    assert "13800000001" not in str(Notice.objects.values())
    assert send_all() == 1
    sent = SandboxMessage.objects.get()
    assert (sent.phone, sent.text) == ("13800000001", "您说的“路灯坏了”有答复了。")
    assert only().state == "sent"
    assert only().sent_at is not None


def test_an_account_with_a_phone_gets_both_and_its_own_key_seals_the_number(new_account: NewAccount) -> None:
    account = new_account("沈阿毛", "13800000002")
    by_id = tell("tests.answered", account=account.pk, county_id=1, variables=LAMP, dedupe="a")
    assert [n.channel for n in by_id] == ["in_app", "sms"]
    assert by_id[1].phone_key is None
    destroy(account.person_key)
    send_all()
    assert not SandboxMessage.objects.exists()
    assert Notice.objects.get(channel="sms").reason == "收信人的号码已按要求删除。"


def test_the_same_is_not_told_twice(new_account: NewAccount) -> None:
    account = new_account("沈阿毛", "13800000002")
    for _ in range(3):
        tell("tests.answered", account=account, county_id=1, variables=LAMP, dedupe="answered:7")
    tell("tests.answered", account=account, county_id=1, variables=LAMP, dedupe="answered:8")
    assert Notice.objects.filter(channel="in_app").count() == 2
    assert send_all() == 2
    assert SandboxMessage.objects.count() == 2


def test_what_is_undone_is_not_told() -> None:
    def undone() -> None:
        with transaction.atomic():
            tell("tests.answered", phone="13800000001", county_id=1, variables=LAMP, dedupe="a")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        undone()
    assert send_all() == 0
    assert not Notice.objects.exists()
    assert not Told.objects.exists()


def test_nobody_to_tell_tells_nobody(new_account: NewAccount) -> None:
    assert tell("tests.assigned", phone="13800000001", county_id=1, variables=LAMP) == ()
    [notice] = tell("tests.answered", account=new_account("没有电话"), county_id=1, variables=LAMP)
    assert notice.channel == "in_app"


def test_a_forgotten_variable_or_template_fails_at_once() -> None:
    with pytest.raises(KeyError):
        tell("tests.answered", phone="13800000001", county_id=1, variables={})
    with pytest.raises(LookupError, match="notice_templates"):
        tell("tests.unheard_of", phone="13800000001", county_id=1, variables={})


def code(phone: str = "13800000003") -> None:
    hooks.tell("access.login_code", phone=phone, variables={"code": "492716", "minutes": 5}, dedupe="code:1")


def test_a_login_code_goes_out_and_is_forgotten() -> None:
    keys = PersonKey.objects.count()
    code()
    assert send_all() == 1
    assert "492716" in SandboxMessage.objects.get().text
    notice = only()
    assert (notice.state, notice.variables, notice.to_phone, notice.text) == ("wiped", {}, None, "")
    assert PersonKey.objects.count() == keys


def test_a_login_code_is_forgotten_before_it_is_handed_over(settings: LazySettings) -> None:
    settings.SMS_PROVIDER = f"{MESSENGERS}.FallsSilent"
    code()
    send_all()
    assert (only().state, only().variables, only().to_phone) == ("unknown", {}, None)


def test_a_login_code_reaches_no_log_and_no_row(settings: LazySettings, caplog: pytest.LogCaptureFixture) -> None:
    settings.SMS_PROVIDER = f"{MESSENGERS}.TellsTheAddress"
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(formatter())
    logging.getLogger().addHandler(handler)
    try:
        code()
        send_all()
    finally:
        logging.getLogger().removeHandler(handler)
    tables = [DBTaskResult, Notice, Told]
    kept = said.getvalue() + caplog.text + str([list(table._base_manager.values()) for table in tables])
    assert "Unanswered: ConnectionError" in said.getvalue()
    assert "Unanswered: ConnectionError" in DBTaskResult.objects.get().traceback
    assert "492716" not in kept
    assert "13800000003" not in kept


def test_a_login_code_goes_before_other_messages() -> None:
    tell("tests.answered", phone="13800000001", county_id=1, variables=LAMP)
    code()
    waiting = DBTaskResult.objects.ready().values_list("args_kwargs", "priority")
    assert [(args["args"][0], priority) for args, priority in waiting] == [
        (Notice.objects.get(template="access.login_code").pk, jobs.AT_ONCE),
        (Notice.objects.get(template="tests.answered").pk, jobs.SOON),
    ]
    assert jobs.SOON > 0, "a lane for short jobs"


def test_a_login_code_is_not_sent_when_it_is_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    code()
    late = time.time() + jobs.SECRET_LIFE + 1
    monkeypatch.setattr(time, "time", lambda: late)
    send_all()
    assert (only().state, only().variables, SandboxMessage.objects.count()) == ("failed", {}, 0)


def test_a_refused_message_failed_and_is_told_to_the_operator(settings: LazySettings) -> None:
    settings.SMS_PROVIDER = f"{MESSENGERS}.Refuses"
    tell("tests.answered", phone="13800000001", county_id=1, variables=LAMP)
    send_all()
    assert (only().state, only().reason) == ("failed", "模板没有报备")
    assert queries.troubles() == ["近七天有 1 条短信没发出去：模板没有报备"]


def test_without_a_provider_nothing_is_pretended(settings: LazySettings) -> None:
    settings.DEMO = False
    tell("tests.answered", phone="13800000001", county_id=1, variables=LAMP)
    send_all()
    assert only().state == "failed"
    assert "SMS_PROVIDER" in only().reason
    assert not SandboxMessage.objects.exists()


def test_an_unconfirmed_message_is_not_repeated(settings: LazySettings) -> None:
    settings.SMS_PROVIDER = f"{MESSENGERS}.FallsSilent"
    tell("tests.answered", phone="13800000001", county_id=1, variables=LAMP)
    send_all()
    assert jobs.send_sms.call(only().pk) == "not queued"
    assert only().state == "unknown"
    assert SandboxMessage.objects.count() == 1
    assert len(queries.troubles()) == 1


def test_an_sms_is_chinese_and_the_app_speaks_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    class Said:
        def __str__(self) -> str:
            return "Answered: %(title)s" if translation.get_language() == "en" else "有答复了：%(title)s"

    text = lazystr(Said())
    monkeypatch.setitem(declare.REGISTRY, "tests.two", NoticeTemplate("tests.two", text, sms=True))
    tell("tests.two", phone="13800000001", county_id=1, variables=LAMP)
    with translation.override("en"):
        assert only().text == "Answered: 路灯坏了"
        send_all()
    assert SandboxMessage.objects.get().text == "有答复了：路灯坏了"


def test_old_troubles_are_not_told_for_ever() -> None:
    old = clock.now() - dt.timedelta(days=8)
    Notice.objects.create(template="x", channel="sms", county_id=1, state="failed", created_at=old, reason="欠费")
    assert queries.troubles() == []
