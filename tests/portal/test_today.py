"""今日 shows what waits in the rooms below, and what the programmes that are on here have waiting."""

from typing import Any

import pytest

from tests.kernels.bulletins.conftest import Desk, desk
from tests.support.cast import as_account
from xianglin.base import registry
from xianglin.base.actor import system
from xianglin.base.registry import Errand
from xianglin.commons.access.models import Account
from xianglin.commons.areas.actions import switch_programme
from xianglin.ui.marks import NEW

__all__ = ["desk"]


@pytest.fixture
def errand(monkeypatch: pytest.MonkeyPatch) -> None:
    def for_clerks(grant: Any, account_id: int | None) -> list[Errand]:
        return [Errand(NEW, "有一件要跑的", "两天里", "去跑", "/me/")] if grant.role == "town_clerk" else []

    monkeypatch.setattr(registry.PROGRAMMES["briefing"], "errands", for_clerks)


def today(desk: Desk, who: str) -> str:
    account = Account.objects.get(pk=getattr(desk.here, who).account_id)
    return str(as_account(account).get("/today/").content.decode())


@pytest.mark.usefixtures("errand")
def test_an_errand_stands_there_and_is_counted(desk: Desk) -> None:
    page = today(desk, "clerk")
    assert "有一件要跑的" in page and "去跑" in page and "今天没有等您的事" not in page
    assert '<span class="n">1<' in page, "beside 今日"
    assert "有一件要跑的" not in today(desk, "cadre")


@pytest.mark.usefixtures("errand")
def test_where_the_programme_is_off_nothing_of_it_waits(desk: Desk) -> None:
    switch_programme(desk.here.cast.places.county, "briefing", actor=system("tests"), on=False)
    assert "有一件要跑的" not in today(desk, "clerk")
