"""An upload of a made-up browser."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from xianglin.base.actor import NOBODY
from xianglin.base.refused import Refused
from xianglin.commons.files import uploads
from xianglin.commons.files.models import Upload

OWNER = "one browser"


def send(content: bytes, kind: str, *, owner: str = OWNER, piece: int = 100_000) -> Upload:
    """Begun, sent in pieces, finished."""
    upload = uploads.begin(uuid.uuid4(), owner=owner, actor=NOBODY, kind=kind, size=len(content))
    for offset in range(0, len(content), piece):
        upload = uploads.receive(upload, offset, content[offset : offset + piece])
    return uploads.finish(upload)


@pytest.fixture
def refused() -> Callable[[Callable[[], Any]], str]:
    """The code with which it is refused; its sentence says something."""

    def of(deed: Callable[[], Any]) -> str:
        with pytest.raises(Refused) as refusal:
            deed()
        assert str(refusal.value.message)
        return refusal.value.code

    return of


@pytest.fixture(autouse=True)
def _rows(db: None) -> Iterator[None]:
    yield
