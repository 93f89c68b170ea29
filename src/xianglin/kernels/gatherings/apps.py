from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "xianglin.kernels.gatherings"
    label = "gatherings"
