"""What people are told, in plain words."""

from django.utils.translation import gettext_lazy as _

from xianglin.commons.notices.declare import NoticeTemplate

TEMPLATES = (NoticeTemplate("briefing.to_relay", _("有 1 份要给联户讲的：%(title)s。"), sms=True),)
