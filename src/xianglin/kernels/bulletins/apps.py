from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "xianglin.kernels.bulletins"
    label = "bulletins"

    def ready(self) -> None:
        from xianglin.commons.trail import guards

        guards.keep_append_only(
            "bulletins_version",
            'SELECT 1 FROM bulletins_version WHERE area_id = NEW.area_id AND "position" = NEW."position"',
        )
