"""Tencent's SMS through its real SDK, against a server of ours that speaks its wire; and what it pushes back."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from xianglin.commons.jobs import worker
from xianglin.commons.notices import queries, sending
from xianglin.commons.notices.actions import tell
from xianglin.commons.notices.models import Inbound, Notice

pytestmark = pytest.mark.django_db
PHONE, SERIAL = "13800000001", "5000:1045710669157053657849499619"
TOKEN = "a-long-random-word"


class Wire:
    """What was asked, and how it answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.code = "Ok"
        self.error = ""
        self.status = 200
        self.delay = 0.0

    def answer(self) -> dict[str, Any]:
        if self.error:
            return {"Error": {"Code": self.error, "Message": f"to {PHONE}"}, "RequestId": "r"}
        one = {"SerialNo": SERIAL if self.code == "Ok" else "", "Code": self.code, "Message": f"to {PHONE}", "Fee": 1}
        return {"SendStatusSet": [one | {"PhoneNumber": f"+86{PHONE}", "SessionContext": ""}], "RequestId": "r"}


@pytest.fixture
def wire(settings: LazySettings, tmp_path: Path) -> Iterator[Wire]:
    made = Wire()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            made.asked.append((dict(self.headers), said))
            time.sleep(made.delay)
            body = json.dumps({"Response": made.answer()}).encode()
            self.send_response(made.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    table = tmp_path / "templates.json"
    table.write_text(json.dumps({"tests.answered": {"id": 2081234}, "access.login_code": {"id": 7}}))
    settings.SMS_PROVIDER, settings.SMS_TEMPLATES, settings.SMS_SIGN = "tencent", str(table), "玉华村"
    settings.SMS_TENCENT_ID, settings.SMS_TENCENT_KEY, settings.SMS_TENCENT_APP = "AKIDx", "key", "1400006666"
    settings.SMS_TENCENT_PROTOCOL, settings.SMS_TENCENT_ENDPOINT = "http", f"127.0.0.1:{server.server_port}"
    settings.SMS_PUSH_TOKEN = TOKEN
    yield made
    server.shutdown()
    server.server_close()


def told() -> Notice:
    [notice] = tell("tests.answered", phone=PHONE, county_id=1, variables={"title": "路灯坏了"})
    work()
    notice.refresh_from_db()
    return notice


def work() -> None:
    worker.work(threading.Event(), burst=True)


def push(what: str, said: Any, token: str = TOKEN) -> Any:
    return Client().post(f"/notices/tencent/{token}/{what}/", json.dumps(said), content_type="application/json")


def receipt(status: str = "SUCCESS", sid: str = SERIAL) -> list[dict[str, str]]:
    one = {"user_receive_time": "2026-03-02 08:03:04", "nationcode": "86", "mobile": PHONE, "sid": sid}
    return [
        one | {"report_status": status, "errmsg": "DELIVRD" if status == "SUCCESS" else "MK:0008", "description": ""}
    ]


def test_the_template_its_variables_and_its_serial(wire: Wire) -> None:
    notice = told()
    [(headers, said)] = wire.asked
    assert headers["X-TC-Action"] == "SendSms"
    assert headers["Authorization"].startswith("TC3-HMAC-SHA256 Credential=AKIDx/")
    assert said["PhoneNumberSet"] == [f"+86{PHONE}"]
    assert (said["TemplateId"], said["SignName"], said["TemplateParamSet"]) == ("2081234", "玉华村", ["路灯坏了"])
    assert (notice.state, notice.provider_id) == ("sent", SERIAL)


@pytest.mark.parametrize(
    ("code", "error", "status", "state"),
    [
        ("FailedOperation.PhoneNumberInBlacklist", "", 200, "failed"),
        ("InternalError.SendAndRecvFail", "", 200, "unknown"),
        ("LimitExceeded.DeliveryFrequencyLimit", "", 200, "queued"),
        ("Ok", "AuthFailure.SignatureFailure", 200, "failed"),
        ("Ok", "RequestLimitExceeded", 200, "queued"),
        ("Ok", "InternalError.Timeout", 200, "unknown"),
        ("Ok", "", 502, "unknown"),
    ],
)
def test_its_answers_are_taken_not_taken_or_unknown(wire: Wire, code: str, error: str, status: int, state: str) -> None:
    wire.code, wire.error, wire.status = code, error, status
    notice = told()
    assert notice.state == state
    assert PHONE not in notice.reason


def test_silence_is_unknown_and_nobody_there_is_not(
    wire: Wire, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "TIMEOUT", 0.3)
    wire.delay = 1.0
    assert told().state == "unknown"
    settings.SMS_TENCENT_ENDPOINT = "127.0.0.1:9"
    assert told().state == "queued"


def test_without_a_template_or_its_settings_nothing_is_sent(wire: Wire, settings: LazySettings) -> None:
    settings.SMS_TEMPLATES = ""
    assert "报备" in told().reason
    settings.SMS_TENCENT_KEY = ""
    assert told().reason == "腾讯云短信还缺：XIANGLIN_SMS_TENCENT_KEY"
    assert any("XIANGLIN_SMS_TENCENT_KEY" in said for said in queries.troubles())
    assert not wire.asked


@pytest.mark.parametrize(("status", "state"), [("SUCCESS", "delivered"), ("FAIL", "failed")])
def test_its_receipt_settles_by_the_serial(wire: Wire, status: str, state: str) -> None:
    notice = told()
    for _ in range(2):
        answer = push("receipts", receipt(status))
        assert answer.json() == {"result": 0, "errmsg": "OK"}
        work()
    notice.refresh_from_db()
    assert notice.state == state


def test_the_unknown_is_settled_by_the_only_receipt_to_its_phone(wire: Wire) -> None:
    wire.status = 502
    notice = told()
    push("receipts", receipt(sid="other:1"))
    work()
    notice.refresh_from_db()
    assert (notice.state, notice.provider_id) == ("delivered", "other:1")


def test_of_two_unknown_ones_a_receipt_settles_neither(wire: Wire) -> None:
    wire.status = 502
    both = [told(), told()]
    push("receipts", receipt())
    work()
    assert [Notice.objects.get(pk=n.pk).state for n in both] == ["unknown", "unknown"]


def test_a_reply_is_stored_once(wire: Wire) -> None:
    said = {"extend": "", "mobile": PHONE, "nationcode": "86", "sign": "玉华村", "text": "1", "time": 1457336869}
    for _ in range(2):
        assert push("inbound", said).json()["result"] == 0
    push("inbound", said | {"time": 1457336900})
    assert Inbound.objects.count() == 2


def test_without_the_token_nothing_is_believed(wire: Wire, settings: LazySettings) -> None:
    assert push("inbound", {"mobile": PHONE, "text": "1"}, "guess").status_code == 422
    assert push("inbound", [1]).status_code == 422
    assert push("receipts", [{"sid": "1"}]).status_code == 422
    settings.SMS_PUSH_TOKEN = ""
    assert push("inbound", {"mobile": PHONE, "text": "1"}).status_code == 422
    assert not Inbound.objects.exists()
