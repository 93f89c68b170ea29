"""Pictures and recordings made on the spot, each with what a test wants to find again."""

import io
import math
import random
import struct
import subprocess
import wave
import zlib
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from xianglin.commons.files import libraries, sounds

TAKEN, OFFSET, ORIENTATION = 0x9003, 0x9011, 0x0112


def drawing(size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Something with a left and a right: a dark tree on a field."""
    image = Image.new("RGB", size, (200, 220, 240))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, size[1] * 2 // 3, *size), fill=(80, 140, 60))
    pen.ellipse((size[0] // 10, size[1] // 5, size[0] // 2, size[1] * 3 // 4), fill=(30, 60, 30))
    return image


def exif(taken: str = "", offset: str = "", orientation: int = 1, *, place: bool = True) -> Image.Exif:
    told = Image.Exif()
    told[ORIENTATION] = orientation
    told[0x010F] = "Maker of cameras"
    inner = told.get_ifd(0x8769)
    if taken:
        inner[TAKEN] = taken
    if offset:
        inner[OFFSET] = offset
    if place:
        told.get_ifd(0x8825).update({1: "N", 2: (30.0, 40.0, 1.5), 3: "E", 4: (119.0, 30.0, 2.5)})
    return told


def picture(form: str = "JPEG", size: tuple[int, int] = (800, 600), **more: Any) -> bytes:
    libraries.readers()
    held = io.BytesIO()
    drawing(size).save(held, form, **more)
    return held.getvalue()


def png_bomb(side: int = 40_000) -> bytes:
    """A few kilobytes that say they are 1.6 thousand million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(2_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def wav(seconds: float, pitch: float = 440.0, rate: int = 16_000) -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(rate)
        beats = (int(12_000 * math.sin(2 * math.pi * pitch * n / rate)) for n in range(int(seconds * rate)))
        made.writeframes(b"".join(struct.pack("<h", beat) for beat in beats))
    return held.getvalue()


def recorded(folder: Path, ending: str, *coding: str, seconds: float = 2.0) -> bytes:
    """The same sound as other devices would write it, made by the real ffmpeg."""
    made = folder / f"made.{ending}"
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=16000:duration={seconds},volume=4"]
    subprocess.run([libraries.ffmpeg(), "-v", "error", "-y", *tone, *coding, str(made)], check=True, timeout=60)
    return made.read_bytes()


def played(content: bytes, folder: Path) -> tuple[float, float]:
    """Seconds and loudness (0 to 1) of a kept recording."""
    path = folder / "kept.m4a"
    path.write_bytes(content)
    samples = sounds.play(path)
    values = struct.unpack(f"<{len(samples) // 2}h", samples)
    loud = math.sqrt(sum(v * v for v in values) / max(1, len(values))) / 32768
    return len(values) / sounds.RATE, loud


def scene(seed: int, size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Another picture for every seed: sky, ground, and things before them."""
    chance = random.Random(seed)  # noqa: S311 - a drawing
    image = Image.new("RGB", size, tuple(chance.randint(140, 250) for _colour in "rgb"))
    pen = ImageDraw.Draw(image)
    wide, high = size
    pen.rectangle((0, high * chance.uniform(0.4, 0.7), *size), fill=tuple(chance.randint(30, 150) for _c in "rgb"))
    for nth in range(chance.randint(7, 15)):
        left, top = chance.uniform(-0.1, 1) * wide, chance.uniform(0, 1) * high
        box = (left, top, left + chance.uniform(0.05, 0.4) * wide, top + chance.uniform(0.05, 0.4) * high)
        (pen.ellipse if nth % 2 else pen.rectangle)(box, fill=tuple(chance.randint(0, 255) for _c in "rgb"))
    return image


def paper(seed: int) -> Image.Image:
    """A photographed list: lines of writing, of different lengths."""
    chance = random.Random(seed)  # noqa: S311 - a drawing
    image = Image.new("RGB", (900, 1200), (235, 232, 225))
    pen = ImageDraw.Draw(image)
    for top in range(90, 1120, 33):
        for left in range(90, chance.randint(380, 800), 24):
            pen.rectangle((left, top, left + 19, top + 19), fill=(60, 60, 60))
    return image


def jpeg(image: Image.Image, quality: int = 88) -> bytes:
    held = io.BytesIO()
    image.save(held, "JPEG", quality=quality)
    return held.getvalue()
