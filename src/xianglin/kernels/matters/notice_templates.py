"""What people are told, in plain words."""

from django.utils.translation import gettext_lazy as _

from xianglin.commons.notices.declare import NoticeTemplate

from .questions import SETTLED_OR_NOT

TEMPLATES = (
    NoticeTemplate("matters.assigned", _("%(slip)s“%(title)s”交给您办了。"), sms=False),
    NoticeTemplate(
        "matters.answered_aloud", _("%(slip)s“%(title)s”，您在会上的答复记下来了，请看看对不对。"), sms=False
    ),
    NoticeTemplate("matters.not_settled", _("%(slip)s“%(title)s”，提的人说没解决，请再看看。"), sms=False),
    NoticeTemplate("matters.put_right", _("%(slip)s“%(title)s”，提的人把记下的话改对了，请再看一眼。"), sms=False),
    NoticeTemplate(
        "matters.transcribed",
        _("您说的%(slip)s，录音写成字了。写得对不对，请在村公开栏点“查回音”，凭回执码看一眼。"),
        sms=True,
    ),
    NoticeTemplate(
        "matters.answered",
        _("您说的%(slip)s“%(title)s”有答复了：“%(answer)s”办好没有，请点开说一声。"),
        sms=True,
        sms_text=_("您说的%(slip)s“%(title)s”有答复了：“%(answer)s”好了回1，没好回2。回TD退订。"),
        mail=True,
        asks=SETTLED_OR_NOT,
    ),
    NoticeTemplate(
        "matters.deferred",
        _("您说的%(slip)s“%(title)s”现在还办不了：“%(reason)s”，%(review_on)s再看。"),
        sms=True,
    ),
    NoticeTemplate(
        "matters.suspended",
        _("您说的%(slip)s“%(title)s”要晚些办好：“%(reason)s”，%(until)s接着办。"),
        sms=True,
    ),
    NoticeTemplate(
        "matters.corrected",
        _("您说的%(slip)s“%(title)s”，答复更正了：“%(answer)s”更正的原因：%(reason)s"),
        sms=True,
    ),
    NoticeTemplate("matters.quarantined", _("%(slip)s像是检举控告，等您移交。"), sms=False),
    NoticeTemplate(
        "matters.handed_over",
        _("您说的%(slip)s已按规定移交有关部门，平台上不再办理。检举控告请打 12388。"),
        sms=True,
    ),
    NoticeTemplate("matters.rejected", _("您说的%(slip)s“%(title)s”没受理：%(reason)s"), sms=True),
    NoticeTemplate("matters.transferred", _("您说的%(slip)s“%(title)s”转给别的单位了：%(reason)s"), sms=True),
)
