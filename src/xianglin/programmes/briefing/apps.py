from django.apps import AppConfig


class BriefingConfig(AppConfig):
    name = "xianglin.programmes.briefing"
    label = "briefing"

    def ready(self) -> None:
        from xianglin.base import events
        from xianglin.base.registry import register_programme
        from xianglin.kernels.bulletins.events import PUBLISHED

        from .programme import BRIEFING
        from .relaying.telling import on_published

        register_programme(BRIEFING)
        events.listen(PUBLISHED, on_published)
