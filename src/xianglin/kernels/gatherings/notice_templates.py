"""What those who signed up are told, in plain words."""

from django.utils.translation import gettext_lazy as _

from xianglin.commons.notices.declare import NoticeTemplate

TEMPLATES = (
    NoticeTemplate("gatherings.noted", _("报上名了：“%(title)s”，%(month)s 月 %(day)s 日 %(time)s。")),
    NoticeTemplate("gatherings.seated", _("报上名了：“%(title)s”，%(month)s 月 %(day)s 日 %(time)s，%(seat)s 号座。")),
    NoticeTemplate(
        "gatherings.queued",
        _("“%(title)s”座位满了，您排在候补里（%(month)s 月 %(day)s 日 %(time)s），有空位就告诉您。"),
    ),
    NoticeTemplate(
        "gatherings.promoted",
        _("“%(title)s”空出座位了，您排到了：%(month)s 月 %(day)s 日 %(time)s，%(seat)s 号座。"),
        sms=True,
    ),
    NoticeTemplate(
        "gatherings.moved",
        _("“%(title)s”改到 %(month)s 月 %(day)s 日 %(time)s，在%(venue)s：%(reason)s"),
        sms=True,
    ),
    NoticeTemplate(
        "gatherings.called_off", _("“%(title)s”（%(month)s 月 %(day)s 日 %(time)s）不办了：%(reason)s"), sms=True
    ),
    NoticeTemplate("gatherings.taken_off", _("“%(title)s”（%(month)s 月 %(day)s 日 %(time)s）的报名退了。")),
    NoticeTemplate(
        "gatherings.tomorrow",
        _("明天（%(month)s 月 %(day)s 日）%(time)s：“%(title)s”，在%(venue)s。"),
        sms=True,
    ),
)
