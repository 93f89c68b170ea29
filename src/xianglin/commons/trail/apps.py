from django.apps import AppConfig
from django.db.models.signals import post_migrate

from xianglin.base import hooks


class TrailConfig(AppConfig):
    name = "xianglin.commons.trail"
    label = "trail"

    def ready(self) -> None:
        from . import chain, guards, repeats

        hooks.write_trail.plug(chain.append)
        hooks.claim_key.plug(repeats.claim)
        hooks.keep_result.plug(repeats.keep)
        post_migrate.connect(guards.reinstall, sender=self, dispatch_uid="trail.guards")
