"""The cast at work, and one matter in each place and standing that rights distinguish."""

from typing import Any

import pytest

from tests.kernels.matters.conftest import MORNING, Village, build_village
from xianglin.base import clock
from xianglin.base.registry import PROGRAMMES, Fit, GatheringKind, PairingKind, Programme
from xianglin.config import urls as _addresses  # noqa: F401 - every room's actions are declared once its pages are known

PAIR = "tests.pair"
WALK = "tests.walk"


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of pairing, and one of sessions, that the county's clerk runs; cadres sign others up."""
    fit = Fit(50, (), "都爱种花")
    pages = {"home": "portal:home", "page": "pairings:pairing"}
    said: dict[str, Any] = {"score": None, "fit": lambda need, offer: fit, **pages}
    pairs = PairingKind(PAIR, "一类", need="要的", offer="给的", officers=("county_clerk",), every=90, **said)
    held: dict[str, Any] = {"desk": "gatherings:session", "home": "portal:home", "credits": True}
    walks = GatheringKind(WALK, "一类", (), (), officers=("county_clerk",), helpers=("village_cadre",), **held)
    kinds: dict[str, Any] = {"pairings": (pairs,), "gatherings": (walks,)}
    monkeypatch.setitem(PROGRAMMES, "tests", Programme("tests", "试的", **kinds))


@pytest.fixture
def here(db: None) -> Village:
    with clock.living_at(MORNING):
        return build_village()
