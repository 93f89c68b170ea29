"""Every room's measures, found by the file's name (``measures.py``, ``MEASURES``)."""

from importlib import import_module

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

from xianglin.base.measure import Measure

REGISTRY: dict[str, Measure] = {}


def collect() -> None:
    REGISTRY.clear()
    for room in apps.get_app_configs():
        if room.module is not None and module_has_submodule(room.module, "measures"):
            for measure in import_module(f"{room.name}.measures").MEASURES:
                if measure.code in REGISTRY:
                    raise ImproperlyConfigured(f"two measures named {measure.code}")
                REGISTRY[measure.code] = measure
    for measure in REGISTRY.values():
        if measure.out_of and measure.out_of not in REGISTRY:
            raise ImproperlyConfigured(f"{measure.code} is a part of the unknown measure {measure.out_of}")
