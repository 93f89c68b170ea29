from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import MenuItem, register_menu


class IndicatorsConfig(AppConfig):
    name = "xianglin.kernels.indicators"
    label = "indicators"

    def ready(self) -> None:
        from . import declare

        declare.collect()
        register_menu(MenuItem("figures", _("数字"), "indicators:figures", "chart", order=45, tab=False))
