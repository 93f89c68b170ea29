"""What people are told, in plain words."""

from django.utils.translation import gettext_lazy as _

from xianglin.commons.notices.declare import NoticeTemplate

TEMPLATES = (
    NoticeTemplate("bulletins.to_review", _("“%(title)s”写好了，请您过目。"), sms=False),
    NoticeTemplate("bulletins.reviewed", _("“%(title)s”过目了，可以公布。"), sms=False),
    NoticeTemplate("bulletins.sent_back", _("“%(title)s”退回来了：%(remark)s"), sms=False),
    NoticeTemplate(
        "bulletins.withheld",
        _("“%(title)s”里有个人信息，停止公开了：%(reason)s 请更正，公布干净的一版。"),
        sms=False,
    ),
)
