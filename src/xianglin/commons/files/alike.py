"""Which kept pictures show the same: found by their looks through small indexes, then looked at more closely.

Two looks of the same picture (sent through a chat app, made smaller, a little cropped, stamped with the day) differ in
at most ``NEAR`` of 64 bits. Cut into four bands of 16, one of the bands then differs in at most one bit: 17 values to
look up in each of four indexes, whatever the number of pictures. Photographed papers look alike from afar, so what was
found is compared once more, in 16 by 16 steps from one neighbour to the next, of the small copies.
"""

import io
from collections.abc import Iterable
from uuid import UUID

from . import contents, pictures
from .models import File, Kind, Upload

NEAR = 7  # of 64 bits
TELLING = 8  # bits of each kind that a look must have: a wall, a sky and a blank paper all look the same
BANDS, BAND_BITS = 4, 16
SIDE = 16  # steps of a small copy, each way
CLEAR = 6  # of 255: below that a step is noise
MOST_APART = 0.15  # of the clear steps, where it is the same picture
LEAST_CLEAR = 24  # steps, else there is nothing to see

Bands = tuple[int, ...]
Steps = list[int]


def bands_of(look: str) -> Bands:
    """The four bands of a look; none where it tells too little to find anything by."""
    if not look:
        return ()
    bits = int(look, 16)
    if not TELLING <= bits.bit_count() <= BANDS * BAND_BITS - TELLING:
        return ()
    return tuple(bits >> BAND_BITS * nth & 0xFFFF for nth in range(BANDS))


def within_one(band: int) -> list[int]:
    """The band, and what differs from it in one bit."""
    return [band, *(band ^ 1 << bit for bit in range(BAND_BITS))]


def near(county_id: int, look: str, sha256: str) -> list[UUID]:
    """The kept pictures of a county whose looks are near, or whose content is the very same. One query."""
    rows = File.objects.filter(county_id=county_id, gone_at=None)
    very = rows.filter(look=look, sha256=sha256, kind=Kind.PICTURE)
    by_band = [rows.filter(**{f"band_{nth}__in": within_one(band)}) for nth, band in enumerate(bands_of(look), start=1)]
    found = very.values_list("pk", "look").union(*(part.values_list("pk", "look") for part in by_band))
    return [pk for pk, other in found if pictures.apart(look, other) <= NEAR]


def told(upload: Upload) -> tuple[str, str]:
    """Look and digest of a picture that is ready to be kept."""
    return upload.facts.get("look", ""), upload.facts.get("sha256", "")


def is_same(upload: Upload, file: File) -> bool:
    """Whether a picture that is about to be kept shows what a kept one shows. Reads two small copies."""
    if told(upload)[1] == file.sha256:
        return True
    kept = contents.read(file, small=True)
    fresh = contents.read_stored(upload.facts["small_as"], upload.secret)
    return kept is not None and apart(steps(fresh), steps(kept)) <= MOST_APART


def steps(content: bytes) -> Steps:
    """From each of 16 by 16 places to its right neighbour: how much darker it is."""
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=["JPEG"]) as opened:
        grey = opened.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.LANCZOS).tobytes()
    rows = (grey[nth : nth + SIDE + 1] for nth in range(0, len(grey), SIDE + 1))
    return [left - right for row in rows for left, right in zip(row, row[1:], strict=False)]


def apart(one: Iterable[int], other: Iterable[int]) -> float:
    """The share of the steps clear in either that the other has not; 1 where hardly any is clear."""
    clear = [(a, b) for a, b in zip(one, other, strict=True) if max(abs(a), abs(b)) > CLEAR]
    if len(clear) < LEAST_CLEAR:
        return 1.0
    return sum(abs(a - b) > max(abs(a), abs(b)) for a, b in clear) / len(clear)
