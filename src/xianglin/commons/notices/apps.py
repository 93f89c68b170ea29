from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from xianglin.base import hooks, logs
from xianglin.base.registry import MenuItem, register_menu


class NoticesConfig(AppConfig):
    name = "xianglin.commons.notices"
    label = "notices"

    def ready(self) -> None:
        from . import actions, declare, queries

        declare.collect()
        logs.hide_after("/notices/mail/confirm/")
        logs.hide_after("/notices/tencent/")
        hooks.tell.plug(actions.tell)
        hooks.retell.plug(actions.retell)
        for audience in ("staff", "villager"):
            key = f"notices.{audience}"
            register_menu(
                MenuItem(
                    key,
                    _("通知"),
                    "notices:list",
                    "bell",
                    audience=audience,
                    order=80,
                    tab=False,
                    badge=lambda request: queries.unread(request.actor.account_id),
                )
            )
