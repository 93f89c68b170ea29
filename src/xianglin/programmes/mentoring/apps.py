from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "xianglin.programmes.mentoring"
    label = "mentoring"

    def ready(self) -> None:
        from xianglin.base.registry import register_programme

        from .programme import MENTORING

        register_programme(MENTORING)
