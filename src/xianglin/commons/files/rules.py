"""What may come in, and the sentences for what may not."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused

from .models import Kind

MEGABYTE = 1024 * 1024
MOST_BYTES: dict[str, int] = {
    Kind.PICTURE: 20 * MEGABYTE,
    Kind.AUDIO: 10 * MEGABYTE,
    Kind.PAPER: 20 * MEGABYTE,
}
MOST_SECONDS = 300
LEAST_SECONDS = 0.3  # a thumb that slipped
MOST_PIXELS = 80_000_000  # below what Pillow itself takes for a bomb
LONG_SIDE = 2048
SMALL_SIDE = 480
QUALITY = 82
PIECE_MOST = 128 * 1024  # bytes of one piece of an upload: what a weak network brings over in a minute
KEPT_HOURS = 24  # an upload that no form handed in
# From one network (a whole village may share one): how many uploads an hour, and how many pieces of them.
UPLOADS = ("files-uploads", 600, 3600)
PIECES = ("files-pieces", 12_000, 3600)
UNUSED_AT_ONCE = 30  # uploads of one browser that no form has handed in

_TOO_BIG = {
    Kind.PICTURE: _("照片太大了，最大 %(limit)d MB。请换一张，或者把它截小一点再交。"),
    Kind.AUDIO: _("录音太大了，最大 %(limit)d MB。请分几段来说。"),
    Kind.PAPER: _("文件太大了，最大 %(limit)d MB。请拆成几份再交。"),
}
_NOT_THAT = {
    Kind.PICTURE: _("这不是照片，打不开。请选手机拍的照片，或者重新拍一张。"),
    Kind.AUDIO: _("这不是录音，打不开。请重新录一段，或者打字说。"),
    Kind.PAPER: _("这不是 PDF 文件，收不了。请另存成 PDF 再交。"),
}
_BROKEN = {
    Kind.PICTURE: _("这张照片坏了，或者没传完整，打不开。请重新拍一张，或者换一张。"),
    Kind.AUDIO: _("这段录音坏了，或者里面没有声音，放不出来。请重新录一段。"),
    Kind.PAPER: _("这个文件坏了，或者没传完整。请重新选一次。"),
}


def require_size(kind: str, size: int) -> None:
    if size <= 0:
        raise Refused("files.empty", _("这个文件是空的。请重新选一次。"))
    limit = MOST_BYTES[kind]
    if size > limit:
        raise Refused("files.too_big", _TOO_BIG[Kind(kind)] % {"limit": limit // MEGABYTE}, kind=kind, limit=limit)


def require_kind(kind: str, found: str) -> None:
    """It is what was asked for, by what is in it."""
    if kind != found:
        raise Refused("files.wrong_kind", _NOT_THAT[Kind(kind)], kind=kind)


def broken(kind: str) -> Refused:
    return Refused("files.broken", _BROKEN[Kind(kind)], kind=kind)


def require_pixels(width: int, height: int) -> None:
    if width < 1 or height < 1 or width * height > MOST_PIXELS:
        raise too_many_pixels()


def too_many_pixels() -> Refused:
    told = _("照片的尺寸太大了，最多 %(limit)d 万像素。请用手机的普通模式拍一张。")
    return Refused("files.too_many_pixels", told % {"limit": MOST_PIXELS // 10_000})


def require_length(seconds: float) -> None:
    if seconds < LEAST_SECONDS:
        raise Refused("files.too_short", _("录音太短了，没录上。请按住多说一会儿。"))
    if seconds > MOST_SECONDS:
        told = _("录音太长了，最长 %(minutes)d 分钟。请分几段来说。")
        raise Refused("files.too_long", told % {"minutes": MOST_SECONDS // 60})


def require_most(many: int, most: int, kind: str) -> None:
    if many > most:
        told = {
            Kind.PICTURE: _("照片最多交 %(most)d 张，请去掉几张。"),
            Kind.AUDIO: _("录音最多交 %(most)d 段，请去掉几段。"),
            Kind.PAPER: _("文件最多交 %(most)d 份，请去掉几份。"),
        }
        raise Refused("files.too_many", told[Kind(kind)] % {"most": most})


def gone() -> Refused:
    return Refused("files.gone", _("刚才传的照片或录音已经不在了。请重新选一次，别的内容都还在。"))


def used_already() -> Refused:
    return Refused("files.used_already", _("这张照片或这段录音已经交过了。要再交，请重新选一次。"))


def unreadable() -> Refused:
    return Refused("files.unreadable", _("传来的内容读不懂。请刷新页面再传。"))


def too_often() -> Refused:
    return Refused("files.too_often", _("传得太多了，请过一小时再传。急事请打电话。"))
