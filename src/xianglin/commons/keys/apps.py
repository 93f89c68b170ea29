from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "xianglin.commons.keys"
    label = "keys"
