from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MattersConfig(AppConfig):
    name = "xianglin.kernels.matters"
    label = "matters"

    def ready(self) -> None:
        from xianglin.base import events
        from xianglin.commons.deadlines.events import DUE_MOVED

        from . import by_sms, categories, follow_ups

        post_migrate.connect(categories.plant, sender=self, dispatch_uid="matters.categories")
        by_sms.declare()
        events.listen(DUE_MOVED, follow_ups.parents_follow)
