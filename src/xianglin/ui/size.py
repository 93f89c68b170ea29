"""大字: three sizes of the same page, remembered in a cookie."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

COOKIE = "size"
SIZES = ("", "elder", "elder max")
NAMES = {"": _("标准字"), "elder": _("大字"), "elder max": _("特大字")}
# A cookie's value may not hold a space.
COOKIE_VALUES = {"": "normal", "elder": "elder", "elder max": "max"}


def size_of(request: HttpRequest) -> str:
    value = request.COOKIES.get(COOKIE, "")
    return next((size for size, stored in COOKIE_VALUES.items() if stored == value), "")


def next_size(size: str) -> str:
    return SIZES[(SIZES.index(size) + 1) % len(SIZES)]
