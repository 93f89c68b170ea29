from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "xianglin.commons.people"
    label = "people"
