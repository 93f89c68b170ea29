from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "xianglin.base"
    label = "base"
