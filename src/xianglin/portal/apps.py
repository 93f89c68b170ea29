from django.apps import AppConfig

from xianglin.base.registry import register_menu


class PortalConfig(AppConfig):
    name = "xianglin.portal"
    label = "portal"

    def ready(self) -> None:
        from . import menu

        for item in menu.ITEMS:
            register_menu(item)
