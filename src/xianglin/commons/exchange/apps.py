from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from . import tables


class ExchangeConfig(AppConfig):
    name = "xianglin.commons.exchange"
    label = "exchange"
    verbose_name = _("表格导入导出")

    def ready(self) -> None:
        tables.collect()
