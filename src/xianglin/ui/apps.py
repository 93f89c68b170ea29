from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "xianglin.ui"
    label = "ui"
