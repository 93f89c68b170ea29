from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "xianglin.commons.jobs"
    label = "jobs"

    def ready(self) -> None:
        # Every room's jobs.py declares its jobs and schedules by being imported.
        autodiscover_modules("jobs")
        from xianglin.ui import health as ui_health  # models can be imported only now

        from . import health

        ui_health.CHECKS.append(health.problems)
