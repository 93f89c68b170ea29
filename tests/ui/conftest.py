import datetime as dt

import pytest
from django.test import Client

from xianglin.base import clock


@pytest.fixture(autouse=True)
def _own_pages(settings):
    settings.ROOT_URLCONF = "tests.ui.pages"
    # ui stands below the rooms: what it answers must not depend on who may enter.
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if ".commons." not in one]
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account, whose errors come as pages."""
    return Client(raise_request_exception=False)


@pytest.fixture
def story_day(monkeypatch):
    """21 July 2026, the day of the looks."""
    day = dt.datetime(2026, 7, 21, 9, 0, tzinfo=clock.SHANGHAI)
    monkeypatch.setattr(clock, "real_now", lambda: day)
    return day.date()
