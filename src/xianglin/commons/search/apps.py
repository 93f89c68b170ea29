from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "xianglin.commons.search"
    label = "search"

    def ready(self) -> None:
        from . import declare, index

        declare.collect()
        post_migrate.connect(index.reinstall, sender=self, dispatch_uid="search.index")
