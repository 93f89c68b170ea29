import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.utils.translation import gettext_lazy as _

from tests.commons.jobs.installation import installation
from xianglin.base import hooks
from xianglin.base.clock import SHANGHAI
from xianglin.commons.access.models import Account
from xianglin.commons.keys.sealing import new_key, seal
from xianglin.commons.notices import NoticeTemplate, actions, declare

__all__ = ["installation"]
DAY = dt.datetime(2026, 3, 2, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two sentences to tell, and the real outbox behind the hook."""
    for template in (
        NoticeTemplate("tests.answered", _("您说的“%(title)s”有答复了。"), sms=True),
        NoticeTemplate("tests.assigned", _("交给您一件事：%(title)s。")),
    ):
        monkeypatch.setitem(declare.REGISTRY, template.key, template)
    earlier = hooks.tell._plug
    hooks.tell.plug(actions.tell)
    yield
    hooks.tell._plug = earlier


@pytest.fixture(autouse=True)
def addresses(settings: object) -> None:
    settings.ROOT_URLCONF = "tests.commons.notices.addresses"  # type: ignore[attr-defined]
    settings.ALLOWED_HOSTS = ["testserver"]  # type: ignore[attr-defined]
    settings.DEMO = True  # type: ignore[attr-defined]


@pytest.fixture
def new_account() -> Callable[..., Account]:
    def make(name: str, phone: str = "") -> Account:
        account = Account(username=name, display_name=name, opened_at=DAY)
        if phone:
            account.person_key = new_key(330523)
            account.phone = seal(phone, account.person_key)
        account.save()
        return account

    return make
