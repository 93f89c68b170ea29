"""An upload of a made-up browser, and the storage as a folder that can be looked into."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from xianglin.base.actor import NOBODY
from xianglin.base.refused import Refused
from xianglin.commons.files import uploads
from xianglin.commons.files.models import Upload

OWNER = "one browser"


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Path]]:
    """Whatever lies in the storage now."""
    folder = tmp_path / "storage"
    monkeypatch.setattr(default_storage._wrapped, "base_location", str(folder))  # type: ignore[attr-defined]
    monkeypatch.setattr(default_storage._wrapped, "location", str(folder))  # type: ignore[attr-defined]
    return lambda: sorted(path for path in folder.rglob("*") if path.is_file())


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
