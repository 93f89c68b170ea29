from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    name = "xianglin.commons.deadlines"
    label = "deadlines"
    verbose_name = _("期限")

    def ready(self) -> None:
        from . import seeds  # models can be imported only now

        post_migrate.connect(seeds.plant, sender=self, dispatch_uid="deadlines.plant")
