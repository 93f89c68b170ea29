"""The same picture is found again however it came; what only looks a little like it is not."""

import io
import uuid
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageDraw, ImageEnhance

from tests.commons.files.conftest import send
from tests.commons.files.samples import jpeg, paper, scene
from xianglin.base import clock
from xianglin.commons.files import alike, pictures
from xianglin.commons.files.models import BAND_COLUMNS, File, Kind, Upload

pytestmark = pytest.mark.usefixtures("stored")
COUNTY = 7
SCENES = range(16)


class _Editor:
    """All that a data migration asks of one; the real one does not open within a test's transaction on SQLite."""

    connection = connection


def kept(upload: Upload, county_id: int = COUNTY) -> File:
    """As ``keep_upload`` does it, outside an action."""
    file = File(county_id=county_id, open_secret=upload.secret, made_at=clock.now(), by="nobody")
    for column, value in upload.facts.items():
        if column != "taken_at":
            setattr(file, column, value)
    for column, band in zip(BAND_COLUMNS, alike.bands_of(file.look), strict=False):
        setattr(file, column, band)
    file.save()
    return file


def ready(image: Image.Image, quality: int = 88) -> Upload:
    return send(jpeg(image, quality), Kind.PICTURE, owner=str(uuid.uuid4()))


def found(upload: Upload) -> list[File]:
    near = File.objects.filter(pk__in=alike.near(COUNTY, *alike.told(upload)))
    return [file for file in near if alike.is_same(upload, file)]


def cropped(image: Image.Image, share: float) -> Image.Image:
    wide, high = image.size
    return image.crop((int(wide * share), int(high * share), int(wide * (1 - share)), int(high * (1 - share))))


def stamped(image: Image.Image) -> Image.Image:
    """As cameras for the office do: the day and the place in a corner."""
    image = image.copy()
    wide, high = image.size
    pen = ImageDraw.Draw(image)
    pen.rectangle((wide * 0.03, high * 0.85, wide * 0.4, high * 0.97), fill=(30, 60, 120))
    pen.rectangle((wide * 0.05, high * 0.88, wide * 0.35, high * 0.9), fill="white")
    return image


WAYS: dict[str, tuple[float, Callable[[Image.Image], Image.Image]]] = {
    # how it came again, and the least share that must be found
    "as it was": (1, lambda image: image),
    "through a chat app": (1, lambda image: Image.open(io.BytesIO(jpeg(image.resize((600, 450)), 45)))),
    "darker": (0.9, lambda image: ImageEnhance.Brightness(image).enhance(0.75)),
    "stamped": (0.8, stamped),
    "cropped by 1 %": (0.9, lambda image: cropped(image, 0.01)),
    "cropped by 2 %": (0.75, lambda image: cropped(image, 0.02)),
}


@pytest.mark.parametrize("way", WAYS)
def test_it_is_found_however_it_came(way: str) -> None:
    least, change = WAYS[way]
    files = {seed: kept(ready(scene(seed))) for seed in SCENES}
    hits = 0
    for seed, file in files.items():
        same = found(ready(change(scene(seed))))
        assert set(same) <= {file}, "another scene is another picture"
        hits += same == [file]
    assert hits / len(files) >= least, f"{hits} of {len(files)}"


def test_papers_are_not_taken_for_one_another() -> None:
    files = [kept(ready(paper(seed))) for seed in range(16)]
    near = [alike.near(COUNTY, file.look, file.sha256) for file in files]
    assert any(len(pks) > 1 for pks in near), "from afar some look the same: that is why they are compared once more"
    for seed, file in enumerate(files):
        assert found(ready(paper(seed), 60)) == [file]


def test_blank_walls_are_only_found_as_the_very_same() -> None:
    kept(ready(Image.new("RGB", (800, 600), (230, 230, 226))))
    assert alike.bands_of(File.objects.get().look) == ()
    assert found(ready(Image.new("RGB", (800, 600), (210, 214, 220)))) == []
    assert len(found(ready(Image.new("RGB", (800, 600), (230, 230, 226))))) == 1


def test_another_countys_and_a_forgotten_one_are_not_found() -> None:
    kept(ready(scene(1)), county_id=COUNTY + 1)
    assert found(ready(scene(1))) == []
    gone = kept(ready(scene(2)))
    File.objects.filter(pk=gone.pk).update(gone_at=clock.now(), open_secret="")
    assert found(ready(scene(2))) == []


def test_whatever_seven_bits_differ_a_band_finds_it() -> None:
    look = int("3939396927ec7f1f", 16)
    for first in range(58):
        other = look ^ 0b1111111 << first
        assert pictures.apart(f"{look:016x}", f"{other:016x}") == alike.NEAR
        pairs = zip(alike.bands_of(f"{look:016x}"), alike.bands_of(f"{other:016x}"), strict=True)
        assert any(other_band in alike.within_one(band) for band, other_band in pairs), first


def rows(many: int) -> list[File]:
    secret = {"open_secret": "x", "made_at": clock.now(), "by": "nobody", "kind": Kind.PICTURE, "county_id": COUNTY}
    made = []
    for _nth in range(many):
        look = f"{uuid.uuid4().int & (1 << 64) - 1:016x}"
        bands = dict(zip(BAND_COLUMNS, alike.bands_of(look), strict=False))
        made.append(File(look=look, sha256=look * 4, **bands, **secret))
    return File.objects.bulk_create(made)


def test_one_query_through_the_indexes() -> None:
    one, *_others = rows(3000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        assert alike.near(COUNTY, one.look, one.sha256) == [one.pk]
    assert len(asked) == 1
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + asked[0]["sql"])
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert all(f"files_{band}" in plan for band in BAND_COLUMNS), plan
    assert "SCAN files_file" not in plan and "Seq Scan" not in plan, plan


def test_pictures_kept_before_get_their_bands() -> None:
    known = rows(5)
    blank = File.objects.create(look="0" * 16, **{"open_secret": "x", "made_at": clock.now(), "by": "nobody"})
    File.objects.update(**dict.fromkeys(BAND_COLUMNS))
    migration: Any = import_module("xianglin.commons.files.migrations.0003_fill_bands")
    migration.fill(apps, _Editor)
    for file in known:
        now = File.objects.get(pk=file.pk)
        assert tuple(getattr(now, column) for column in BAND_COLUMNS) == alike.bands_of(file.look)
    blank.refresh_from_db()
    assert blank.band_1 is None
