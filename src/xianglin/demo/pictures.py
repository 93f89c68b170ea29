"""Drawn pictures for the story's answers: plainly drawings, so that nobody takes them for photographs of a place."""

import io
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from xianglin.base.actor import Actor
from xianglin.commons.files import uploads
from xianglin.commons.files.models import Kind, Upload

SIZE = (1280, 960)
_TAKEN = 0x9003  # DateTimeOriginal


def lamp(taken: str = "", *, sent_on: bool = False) -> bytes:
    """A street lamp that shines on a lane. ``taken``: what its camera wrote ("2022:05:11 19:40:00"); ``sent_on``: as a
    chat app hands it on, smaller and without that."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, (38, 44, 66))
    pen = ImageDraw.Draw(image)
    pen.polygon([(0, 420), (330, 250), (700, 430), (1010, 220), (1280, 380), (1280, 960), (0, 960)], fill=(28, 48, 44))
    pen.polygon([(520, 960), (640, 470), (720, 470), (1080, 960)], fill=(92, 88, 84))
    pen.rectangle((90, 470, 430, 800), fill=(196, 186, 170))
    pen.polygon([(60, 480), (260, 330), (460, 480)], fill=(70, 62, 60))
    pen.rectangle((160, 560, 250, 660), fill=(246, 206, 110))
    pen.rectangle((300, 600, 380, 800), fill=(92, 66, 48))
    pen.polygon([(886, 236), (690, 900), (1120, 900)], fill=(122, 116, 88))
    pen.rectangle((900, 150, 916, 830), fill=(170, 172, 176))
    pen.rectangle((850, 150, 916, 166), fill=(170, 172, 176))
    pen.ellipse((838, 160, 934, 250), fill=(255, 240, 180))
    told = Image.Exif()
    if sent_on:
        image = image.resize((SIZE[0] // 2, SIZE[1] // 2))
    elif taken:
        told.get_ifd(0x8769)[_TAKEN] = taken
    held = io.BytesIO()
    image.save(held, "JPEG", quality=50 if sent_on else 90, exif=told)
    return held.getvalue()


def sent(content: bytes, actor: Actor) -> Upload:
    """As a form brings it."""
    file = SimpleUploadedFile("photo.jpg", content)
    return uploads.take(file, owner=uuid4().hex, actor=actor, kind=Kind.PICTURE)
