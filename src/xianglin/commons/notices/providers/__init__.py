"""Who carries an SMS: ``SMS_PROVIDER`` names one of ours or a class of the operator's own; a demonstration has its
sandbox."""

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .base import TIMEOUT, LooksUp, NotNow, NotTaken, Provider, Sms
from .sandbox import Sandbox

__all__ = ["OURS", "TIMEOUT", "LooksUp", "NotNow", "NotTaken", "Provider", "Sandbox", "Sms", "complaints", "provider"]

OURS = {"gateway": f"{__name__}.gateway.Gateway", "tencent": f"{__name__}.tencent.Tencent"}


def provider() -> Provider:
    path = settings.SMS_PROVIDER
    if path:
        made: Provider = import_string(OURS.get(path, path))()
        return made
    if settings.DEMO:
        return Sandbox()
    raise NotTaken(_("还没有接短信通道。请在设置里填上短信服务商（XIANGLIN_SMS_PROVIDER）。"))


def complaints() -> list[str]:
    """What keeps the chosen provider from working, as far as that is seen without sending; for ``doctor``."""
    path = settings.SMS_PROVIDER
    if not path and settings.DEMO:
        return []
    try:
        made = provider()
    except (NotTaken, ImportError) as wrong:
        if isinstance(wrong, NotTaken):
            return [str(wrong)]
        return [_("短信服务商 %(path)s 装不上：%(why)s") % {"path": path, "why": wrong}]
    asked = getattr(made, "complaints", None)
    return list(asked()) if asked else []
