from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "xianglin.commons.access"
    label = "access"
    verbose_name = _("身份与权限")

    def ready(self) -> None:
        from . import plugs  # models must be loaded first

        plugs.plug_in()
