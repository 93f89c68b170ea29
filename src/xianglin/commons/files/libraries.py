"""The converters that come with Python packages, brought in where they are used: they are slow to import."""

from functools import cache


@cache
def ffmpeg() -> str:
    """The program of PyPI's ``imageio-ffmpeg`` (or what IMAGEIO_FFMPEG_EXE names). RuntimeError: there is none."""
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


@cache
def readers() -> None:
    """Pillow reads what iPhones write."""
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)
