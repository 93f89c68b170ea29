"""Whether recordings and iPhone pictures can be converted here: tried, with a second of silence and a dark square."""

import io
import wave
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from xianglin.base.refused import Refused

from . import libraries, pictures, sounds


def checks() -> list[str]:
    said = []
    with TemporaryDirectory() as folder:
        try:
            _convert_sound(Path(folder) / "sound")
        except (Refused, RuntimeError, ImportError, OSError):
            said.append(_("录音转换不了（ffmpeg 用不了），说话会收不下。请重新安装依赖 imageio-ffmpeg。"))
        try:
            _convert_picture(Path(folder) / "picture")
        except (Refused, RuntimeError, ImportError, OSError, ValueError):
            said.append(_("苹果手机的照片（HEIC）打不开。请重新安装依赖 pillow-heif。"))
    return said


def _convert_sound(path: Path) -> None:
    with wave.open(str(path), "wb") as silence:
        silence.setnchannels(1)
        silence.setsampwidth(2)
        silence.setframerate(8000)
        silence.writeframes(bytes(16_000))
    sounds.convert(path, "wav")


def _convert_picture(path: Path) -> None:
    from PIL import Image

    libraries.readers()
    held = io.BytesIO()
    Image.new("RGB", (64, 64)).save(held, "HEIF")
    path.write_bytes(held.getvalue())
    pictures.develop(path, "HEIF")
