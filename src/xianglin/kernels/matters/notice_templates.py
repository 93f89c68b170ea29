"""What people are told, in plain words."""

from django.utils.translation import gettext_lazy as _

from xianglin.commons.notices.declare import NoticeTemplate

TEMPLATES = (
    NoticeTemplate("matters.assigned", _("%(slip)s“%(title)s”交给您办了。"), sms=False),
    NoticeTemplate("matters.not_settled", _("%(slip)s“%(title)s”，提的人说没解决，请再看看。"), sms=False),
    NoticeTemplate(
        "matters.answered",
        _("您说的“%(title)s”有答复了：%(answer)s 凭回执码在“查回音”里说一声办好没有。（%(slip)s）"),
        sms=True,
    ),
    NoticeTemplate(
        "matters.deferred",
        _("您说的“%(title)s”现在条件还不够：%(reason)s %(review_on)s 再看。（%(slip)s）"),
        sms=True,
    ),
    NoticeTemplate("matters.quarantined", _("%(slip)s像是检举控告，等您移交。"), sms=False),
    NoticeTemplate(
        "matters.handed_over",
        _("您说的%(slip)s已按规定移交有关部门，平台上不再办理。检举控告请打 12388。"),
        sms=True,
    ),
    NoticeTemplate("matters.rejected", _("您说的“%(title)s”没受理：%(reason)s（%(slip)s）"), sms=True),
    NoticeTemplate("matters.transferred", _("您说的“%(title)s”转给别的单位了：%(reason)s（%(slip)s）"), sms=True),
)
