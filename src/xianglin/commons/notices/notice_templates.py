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
    NoticeTemplate(
        "notices.confirm_mail",
        _("要在这个邮箱收乡邻的通知，请点开下面的链接，按一下“就用这个邮箱”。不是您要的，不用理会。"),
        mail=True,
        secret=True,
    ),
    NoticeTemplate(
        "notices.say_1_or_2", _("没看懂您的回复。办好了请回 1，没办好请回 2，也可以等村里打电话问您。"), sms=True
    ),
    NoticeTemplate(
        "notices.nothing_asked", _("您的短信收到了，不过现在没有等您回的事。有事要说，请打村里的电话。"), sms=True
    ),
)
