"""Sentences of the rooms below, which cannot declare them themselves."""

from django.utils.translation import gettext_lazy as _

from .declare import NoticeTemplate

TEMPLATES = (
    NoticeTemplate(
        "access.login_code",
        _("您的登录验证码是 %(code)s，%(minutes)s 分钟内有效。别告诉别人，工作人员也不会来问。"),
        sms=True,
        secret=True,
    ),
)
