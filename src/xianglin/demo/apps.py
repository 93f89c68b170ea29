from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    name = "xianglin.demo"
    label = "demo"

    def ready(self) -> None:
        if settings.DEMO:
            from xianglin.base import clock

            from . import day

            clock.set_offset(day.offset)
