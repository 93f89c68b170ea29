"""The frame of a page: who looks, in which size and language, and the menu that is theirs."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from xianglin.base import hooks
from xianglin.base.registry import MENU, MenuItem, Text

from . import size

TABS = 4
# Pages that a higher room brings; each link shows once its page is there.
FOOT = (
    ("portal:feedback", _("意见反馈")),
    ("portal:privacy", _("您的话谁看得到")),
    ("portal:heads", _("每日封签")),
)


@dataclass(frozen=True)
class Entry:
    """One menu item as this request sees it."""

    key: str
    label: Text
    url: str
    icon: str
    current: bool
    badge: int


@dataclass(frozen=True)
class Link:
    label: Text
    url: str


@dataclass
class Frame:
    """Counted when a template asks, so that a fragment pays for nothing."""

    request: HttpRequest
    with_menu: bool = True
    demo: bool = field(default_factory=lambda: bool(getattr(settings, "DEMO", False)))
    sponsor: str = field(default_factory=lambda: getattr(settings, "XIANGLIN_SPONSOR", ""))
    record: str = field(default_factory=lambda: getattr(settings, "XIANGLIN_RECORD", ""))
    phone: str = field(default_factory=lambda: getattr(settings, "XIANGLIN_PHONE", ""))
    letterbox: str = field(default_factory=lambda: getattr(settings, "XIANGLIN_LETTERBOX", ""))

    @cached_property
    def size(self) -> str:
        return size.size_of(self.request)

    @cached_property
    def size_next(self) -> str:
        return size.next_size(self.size)

    @cached_property
    def size_names(self) -> list[tuple[str, Text]]:
        """Each size with the name of the one that its switch leads to."""
        return [(value, size.NAMES[size.next_size(value)]) for value in size.SIZES]

    @property
    def size_next_name(self) -> Text:
        return size.NAMES[self.size_next]

    @property
    def language(self) -> str:
        return translation.get_language() or settings.LANGUAGE_CODE

    @property
    def html_lang(self) -> str:
        return "en" if self.language == "en" else "zh-CN"

    @property
    def request_id(self) -> str:
        return getattr(self.request, "request_id", "")

    @cached_property
    def who(self) -> Any:
        return getattr(self.request, "who", None)

    @cached_property
    def back(self) -> str:
        """Where a switch returns to: this page, or the page before where this one answers a form."""
        if self.request.method == "GET" and not getattr(self.request, "htmx", False):
            return self.request.get_full_path()
        return came_from(self.request)

    @cached_property
    def home(self) -> str:
        return _address("portal:home") or "/"

    @cached_property
    def search(self) -> str:
        return _address("portal:search")

    @cached_property
    def foot_links(self) -> list[Link]:
        found = ((label, _address(name)) for name, label in FOOT)
        return [Link(label, url) for label, url in found if url]

    @cached_property
    def entries(self) -> list[tuple[MenuItem, Entry]]:
        if not self.with_menu or not self.who or not hooks.may_see_menu.plugged:
            return []
        audience = self.who.audience
        mine = [i for i in MENU.values() if i.audience == audience and hooks.may_see_menu(self.request, i)]
        replaced = {item.instead_of for item in mine}
        mine = [item for item in mine if item.key not in replaced]
        mine.sort(key=lambda item: item.order)
        current = _current(self.request, mine)
        return [(item, _entry(self.request, item, item.key == current)) for item in mine]

    @property
    def menu(self) -> list[Entry]:
        return [entry for item, entry in self.entries if not item.programme or item.instead_of]

    @property
    def programmes(self) -> list[Entry]:
        return [entry for item, entry in self.entries if item.programme and not item.instead_of]

    @property
    def deeds(self) -> list[Entry]:
        return [entry for item, entry in self.entries if item.deed]

    @property
    def tabs(self) -> list[Entry]:
        return [entry for item, entry in self.entries if item.tab][:TABS]


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": Frame(request)}


def plain(request: HttpRequest) -> dict[str, Any]:
    """The frame for pages that must show even when the database is down: no menu, nothing asked."""
    return {"frame": Frame(request, with_menu=False), "came_from": came_from(request)}


def came_from(request: HttpRequest) -> str:
    """The page before, where it is one of ours; else the front page."""
    referer = request.headers.get("Referer", "")
    if not is_ours(request, referer):
        return "/"
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


def is_ours(request: HttpRequest, url: str) -> bool:
    try:
        host = request.get_host()
    except DisallowedHost:
        # The page that reports it is being drawn: nothing counts as ours then but a bare path.
        host = ""
    return url_has_allowed_host_and_scheme(url, {host}, require_https=request.is_secure())


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _entry(request: HttpRequest, item: MenuItem, current: bool) -> Entry:
    badge = item.badge(request) if item.badge else 0
    return Entry(item.key, item.label, reverse(item.url_name), item.icon, current, badge)


def _current(request: HttpRequest, items: list[MenuItem]) -> str:
    """The item whose address begins this page's, the longest one: an opened matter lies in the list of matters."""
    within = {
        item.key: len(reverse(item.url_name)) for item in items if request.path.startswith(reverse(item.url_name))
    }
    return max(within, key=lambda key: within[key], default="")
