"""Tencent Cloud SMS (腾讯云短信), through its own SDK: `pip install xianglin[sms]`.

It knows no reference of ours, so a message that it never confirmed is settled by its receipt's phone, and a message is
not looked up. Codes: cloud.tencent.com/document/product/382/55981.
"""

import logging
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from .base import NotNow, NotTaken, Sms

_TAKEN = "Ok"
_BUSY = ("RequestLimitExceeded", "LimitExceeded.DeliveryFrequencyLimit")
_UNSURE = ("InternalError",)  # perhaps it took the message
_NEEDED = {
    "XIANGLIN_SMS_TENCENT_ID": "SMS_TENCENT_ID",
    "XIANGLIN_SMS_TENCENT_KEY": "SMS_TENCENT_KEY",
    "XIANGLIN_SMS_TENCENT_APP": "SMS_TENCENT_APP",
}


class Broken(Exception):
    """It answered with a fault of its own, or not as agreed: nobody knows whether it took the message."""


class Tencent:
    """Set up by the ``XIANGLIN_SMS_TENCENT_…`` variables. It carries approved templates only."""

    def __init__(self) -> None:
        from tencentcloud.sms.v20210111 import sms_client  # optional, and a tenth of a second at start-up

        self._client = sms_client.SmsClient
        # On DEBUG it logs whole requests: numbers and log-in codes.
        logging.getLogger("tencentcloud_sdk_common").setLevel(logging.WARNING)

    def send(self, sms: Sms, *, timeout: float) -> str:
        if self.complaints():
            raise NotTaken(self.complaints()[0])
        if sms.approved is None:
            raise NotTaken(_("这条短信还没有报备的模板（%(key)s）。") % {"key": sms.template})
        status = self._ask(self._request(sms), timeout)
        if status.Code != _TAKEN:
            raise _refusal(str(status.Code))
        return str(status.SerialNo or "")

    def complaints(self) -> list[str]:
        missing = [name for name, setting in _NEEDED.items() if not getattr(settings, setting)]
        said = [_("腾讯云短信还缺：%(names)s") % {"names": ", ".join(missing)}] if missing else []
        if not settings.SMS_TEMPLATES:
            said.append(_("腾讯云只发报备过的模板。请设 XIANGLIN_SMS_TEMPLATES。"))
        return said

    def _request(self, sms: Sms) -> Any:
        from tencentcloud.sms.v20210111 import models

        assert sms.approved is not None
        asked = models.SendSmsRequest()
        asked.SmsSdkAppId = settings.SMS_TENCENT_APP
        asked.SignName, asked.TemplateId = sms.approved.sign, sms.approved.id
        asked.TemplateParamSet = sms.approved.values(dict(sms.variables))
        asked.PhoneNumberSet = [f"+86{sms.phone}"]
        asked.SessionContext = sms.reference
        return asked

    def _ask(self, asked: Any, timeout: float) -> Any:
        from tencentcloud.common import credential
        from tencentcloud.common.exception import TencentCloudSDKException
        from tencentcloud.common.profile.client_profile import ClientProfile
        from tencentcloud.common.profile.http_profile import HttpProfile

        http = HttpProfile(
            protocol=settings.SMS_TENCENT_PROTOCOL,
            endpoint=settings.SMS_TENCENT_ENDPOINT or None,
            reqTimeout=timeout,
        )
        owner = credential.Credential(settings.SMS_TENCENT_ID, settings.SMS_TENCENT_KEY)
        client = self._client(owner, settings.SMS_TENCENT_REGION, ClientProfile(httpProfile=http))
        try:
            answer = client.SendSms(asked)
        except TencentCloudSDKException as error:
            raise _failure(error) from None
        if not answer.SendStatusSet or len(answer.SendStatusSet) != 1:
            raise Broken("status")
        return answer.SendStatusSet[0]


def _failure(error: Any) -> Exception:
    if _never_connected(error.__context__):
        return NotNow(_("腾讯云短信连不上。"))
    if not error.requestId:  # no answer of theirs, or one that the SDK could not read
        return Broken(str(error.code))
    return _refusal(str(error.code))


def _refusal(code: str) -> Exception:
    """Only the code is kept: its words may hold the number."""
    if code.startswith(_UNSURE):
        return Broken(code)
    kind = NotNow if code.startswith(_BUSY) else NotTaken
    return kind(_("腾讯云没有收：%(code)s") % {"code": code[:80]})


def _never_connected(cause: Any) -> bool:
    """Whether nobody was reached at all. The SDK says only "network error"; requests, below it, knows more."""
    from requests.exceptions import ConnectionError as NoConnection
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import NewConnectionError

    if isinstance(cause, ConnectTimeout):
        return True
    why = getattr(cause.args[0], "reason", None) if isinstance(cause, NoConnection) and cause.args else None
    return isinstance(why, NewConnectionError)
