from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "xianglin.kernels.bulletins"
    label = "bulletins"
