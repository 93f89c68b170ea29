"""Messages to a gateway of ours over real HTTP, which delays, refuses, keeps silent and tells its receipts twice."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django_tasks_db.models import DBTaskResult

from tests.commons.notices import gateways
from xianglin.base import clock
from xianglin.commons.jobs import worker
from xianglin.commons.notices import gateway, jobs, queries, reports, sending
from xianglin.commons.notices.actions import tell
from xianglin.commons.notices.models import Notice, Report

pytestmark = pytest.mark.django_db
LAMP = {"title": "路灯坏了"}
PHONE = "13800000001"


@pytest.fixture
def desk(settings: LazySettings) -> Iterator[gateway.Desk]:
    with gateways.running() as (desk, address):
        settings.SMS_PROVIDER, settings.SMS_GATEWAY_URL = "gateway", address
        yield desk


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "TIMEOUT", 0.3)
    monkeypatch.setattr(reports, "PATIENCE", reports.PATIENCE * 0)


def told() -> Notice:
    [notice] = tell("tests.answered", phone=PHONE, county_id=1, variables=LAMP)
    send_all()
    notice.refresh_from_db()
    return notice


def send_all() -> int:
    return worker.work(threading.Event(), burst=True)


def receipt(notice: Notice, status: str = "delivered", **said: str) -> Any:
    told = {"reference": notice.reference, "id": notice.provider_id or "gw-1", "status": status, **said}
    return gateways.signed_post("/notices/gateway/receipts/", told)


def test_the_gateways_own_id_is_kept(desk: gateway.Desk) -> None:
    notice = told()
    [taken] = desk.taken.values()
    assert (taken.phone, taken.text, taken.told["variables"]) == (PHONE, "您说的“路灯坏了”有答复了。", LAMP)
    assert (notice.state, notice.provider_id, notice.reference) == ("sent", taken.id, taken.reference)


def test_what_it_refuses_failed_with_its_reason(desk: gateway.Desk) -> None:
    desk.mood = gateway.Mood(refuse="空号")
    notice = told()
    assert (notice.state, notice.reason) == ("failed", "短信网关没有收：空号")
    assert not desk.taken


def test_one_that_is_busy_is_asked_again_later_and_not_for_ever(desk: gateway.Desk) -> None:
    desk.mood = gateway.Mood(busy=True)
    notice = told()
    assert (notice.state, notice.tries) == ("queued", 1)
    again = DBTaskResult.objects.get(status="READY", task_path=jobs.send_sms.module_path)
    assert again.run_after > clock.real_now()
    Notice.objects.update(tries=sending.TRIES - 1)
    assert jobs.send_sms.call(notice.pk) == "failed"


def test_one_that_is_down_took_surely_nothing(desk: gateway.Desk, settings: LazySettings) -> None:
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"
    assert told().state == "queued"
    settings.SMS_GATEWAY_URL = ""
    assert any("XIANGLIN_SMS_GATEWAY" in said for said in queries.troubles())


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("mood", [gateway.Mood(silent=True, receipts=0), gateway.Mood(delay=1.0, receipts=0)])
def test_taken_and_not_answered_it_is_asked_about_and_never_repeated(desk: gateway.Desk, mood: gateway.Mood) -> None:
    desk.mood = mood
    notice = told()
    assert (notice.state, notice.provider_id) == ("unknown", "")
    desk.mood = gateway.Mood()
    assert jobs.look_up.call() == 1
    notice.refresh_from_db()
    [taken] = desk.taken.values()
    assert (notice.state, notice.provider_id, taken.asked) == ("sent", taken.id, 1)


@pytest.mark.usefixtures("impatient")
def test_what_it_surely_never_got_is_sent_then(desk: gateway.Desk) -> None:
    desk.mood = gateway.Mood(silent=True, receipts=0)
    notice = told()
    desk.taken.clear()  # it was lost on the way
    desk.mood = gateway.Mood(receipts=0)
    jobs.look_up.call()
    send_all()
    notice.refresh_from_db()
    assert (notice.state, len(desk.taken)) == ("sent", 1)


@pytest.mark.usefixtures("impatient")
def test_while_it_does_not_answer_the_unknown_stays_unknown(desk: gateway.Desk, settings: LazySettings) -> None:
    desk.mood = gateway.Mood(silent=True, receipts=0)
    notice = told()
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"
    jobs.look_up.call()
    notice.refresh_from_db()
    assert notice.state == "unknown"


def test_the_same_reference_is_never_sent_twice_by_the_gateway(desk: gateway.Desk) -> None:
    notice = told()
    Notice.objects.update(state="queued")
    jobs.send_sms.call(notice.pk)
    [taken] = desk.taken.values()
    assert taken.asked == 2


def test_a_receipt_settles_and_the_same_again_changes_nothing(desk: gateway.Desk) -> None:
    notice = told()
    assert receipt(notice).status_code == 200
    send_all()
    notice.refresh_from_db()
    assert notice.state == "delivered"
    then = notice.delivered_at
    assert receipt(notice).status_code == receipt(notice, "failed", reason="关机").status_code == 200
    send_all()
    notice.refresh_from_db()
    assert (notice.state, notice.delivered_at, Report.objects.count()) == ("delivered", then, 2)


def test_a_receipt_of_failure_is_told_to_the_operator(desk: gateway.Desk) -> None:
    notice = told()
    receipt(notice, "failed", reason="关机")
    send_all()
    notice.refresh_from_db()
    assert (notice.state, notice.reason) == ("failed", "关机")
    assert queries.troubles() == ["近七天有 1 条短信没发出去：关机"]


@pytest.mark.usefixtures("impatient")
def test_the_unknown_is_settled_by_a_late_receipt(desk: gateway.Desk) -> None:
    desk.mood = gateway.Mood(silent=True, receipts=0)
    notice = told()
    receipt(notice)
    send_all()
    notice.refresh_from_db()
    assert (notice.state, notice.provider_id) == ("delivered", "gw-1")


def test_a_receipt_before_the_answer_is_not_overwritten(desk: gateway.Desk) -> None:
    [notice] = tell("tests.answered", phone=PHONE, county_id=1, variables=LAMP)
    message = sending.take(notice.pk)
    assert message is not None
    notice.refresh_from_db()
    receipt(notice)
    send_all()
    assert sending.settle(message, sending.Outcome("sent", provider_id="gw-1")) == "delivered"


def test_a_receipt_of_nothing_waits_and_is_told(desk: gateway.Desk) -> None:
    notice = told()
    stranger = Notice(reference="f" * 32, provider_id="gw-9")
    assert receipt(stranger).status_code == 200
    send_all()
    assert any("对不上" in said for said in queries.troubles())
    Notice.objects.filter(pk=notice.pk).update(reference="f" * 32)
    assert jobs.settle_reports.call() == 1
    notice.refresh_from_db()
    assert notice.state == "delivered"


def test_a_login_codes_receipt_brings_nothing_back(desk: gateway.Desk) -> None:
    from xianglin.base import hooks

    hooks.tell("access.login_code", phone=PHONE, variables={"code": "492716", "minutes": 5})
    send_all()
    notice = Notice.objects.get()
    receipt(notice)
    send_all()
    notice.refresh_from_db()
    assert (notice.state, notice.variables, notice.phone_index) == ("wiped", {}, "")
    assert notice.delivered_at is not None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: gateways.signed_post("/notices/gateway/receipts/", {"id": "1", "status": "delivered"}, "other"),
        lambda: gateways.signed_post("/notices/gateway/receipts/", {"id": "1", "status": "eaten"}),
        lambda: gateways.signed_post("/notices/gateway/receipts/", {"status": "delivered"}),
        lambda: gateways.signed_post("/notices/gateway/receipts/", [1]),
        lambda: gateways.signed_post("/notices/gateway/receipts/", b"{"),
    ],
)
def test_what_is_not_the_gateways_is_refused(wrong: Any) -> None:
    assert wrong().status_code == 422
    assert not Report.objects.exists()


def test_a_signature_is_for_one_address_one_body_and_now(monkeypatch: pytest.MonkeyPatch) -> None:
    from xianglin.commons.notices import signatures

    made = signatures.headers("s", "/a/", b"1")
    assert signatures.fits("s", "/a/", b"1", made)
    assert not signatures.fits("s", "/b/", b"1", made)
    assert not signatures.fits("s", "/a/", b"2", made)
    assert not signatures.fits("", "/a/", b"1", signatures.headers("", "/a/", b"1"))
    now = signatures.time.time()
    monkeypatch.setattr(signatures.time, "time", lambda: now + signatures.TOLERANCE + 2)
    assert not signatures.fits("s", "/a/", b"1", made)
