"""What the two sides are told, in plain words."""

from django.utils.translation import gettext_lazy as _

from xianglin.commons.notices.declare import NoticeTemplate

TEMPLATES = (
    NoticeTemplate("pairings.asked", _("%(kind)s给您配了一位，请看看合不合适，回一声。"), sms=True),
    NoticeTemplate("pairings.agreed", _("%(kind)s：两边都答应了，结对成了。"), sms=True),
    NoticeTemplate("pairings.declined", _("%(kind)s：对方这次没答应，有合适的再来问您。"), sms=True),
    NoticeTemplate("pairings.gone", _("%(kind)s：这一位配不成了，有合适的再来问您。"), sms=True),
    NoticeTemplate("pairings.withdrawn", _("%(kind)s：这一条先收回了。%(reason)s"), sms=True),
)
