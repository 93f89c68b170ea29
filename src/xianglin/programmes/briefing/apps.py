from django.apps import AppConfig


class BriefingConfig(AppConfig):
    name = "xianglin.programmes.briefing"
    label = "briefing"

    def ready(self) -> None:
        from xianglin.base.registry import register_programme

        from .programme import BRIEFING

        register_programme(BRIEFING)
