from django.apps import AppConfig


class PairingsConfig(AppConfig):
    name = "xianglin.kernels.pairings"
    label = "pairings"
