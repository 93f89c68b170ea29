from importlib import import_module

from django.apps import AppConfig
from django.db.models import CharField
from django.utils.translation import gettext_lazy as _

from .lookups import Begins


class AreasConfig(AppConfig):
    name = "xianglin.commons.areas"
    label = "areas"
    verbose_name = _("区划")

    def ready(self) -> None:
        CharField.register_lookup(Begins)
        import_module("xianglin.commons.areas.actions")  # what it declares must be known before anybody asks
