"""Where the fonts lie. FangSong and its like may not be shipped: an office names its own folder, Noto stands in."""

import os
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from django.utils.translation import gettext as _

from xianglin.base.refused import Refused

from .layout import FACES


def folders() -> list[Path]:
    """The office's own (``XIANGLIN_FONTS``), then those of Noto Serif and Sans SC that came with the platform."""
    named = [Path(part) for part in settings.XIANGLIN_FONTS.split(os.pathsep) if part]
    return [*named, pylopdf_fonts_zh_cn.serif_path().parent]


@cache
def found() -> typst.Fonts:
    """Read once a process: the files are large."""
    there = [str(folder) for folder in folders() if folder.is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=there)


def require() -> typst.Fonts:
    fonts = found()
    if not _drawing(fonts):
        told = _("做不了 PDF：没有找到中文字体。请告诉平台的管理员，xianglin doctor 会说怎么办。")
        raise Refused("documents.no_fonts", told)
    return fonts


def troubles() -> list[str]:
    """For ``doctor``."""
    said = [
        _("XIANGLIN_FONTS 里的 %(folder)s 不是文件夹，里面的字体用不上。") % {"folder": folder}
        for folder in folders()[:-1]
        if not folder.is_dir()
    ]
    if not _drawing(found()):
        said.append(_("没有找到中文字体，做不了 PDF。请重新安装，或把字体文件夹写进 XIANGLIN_FONTS。"))
    return said


def _drawing(fonts: typst.Fonts) -> set[str]:
    return {family for face in FACES.values() for family in face.families} & set(fonts.families())
