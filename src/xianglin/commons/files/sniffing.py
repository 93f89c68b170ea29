"""What a file is, by what is in it. Its name and what the browser said of it count for nothing."""

from dataclasses import dataclass

from .models import Kind

HEAD = 4096  # bytes that are looked at


@dataclass(frozen=True)
class Found:
    """``reader``: the one format by which it is read: a Pillow format, or a demuxer of ffmpeg's."""

    kind: str
    media_type: str
    reader: str


_PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "PNG"),
    (b"GIF87a", "image/gif", "GIF"),
    (b"GIF89a", "image/gif", "GIF"),
)
_SOUNDS = (
    (b"#!AMR-WB\n", "audio/amr-wb", "amr"),
    (b"#!AMR\n", "audio/amr", "amr"),
    (b"\x1aE\xdf\xa3", "audio/webm", "matroska"),
    (b"OggS", "audio/ogg", "ogg"),
    (b"ID3", "audio/mpeg", "mp3"),
    (b"caff", "audio/x-caf", "caf"),
)
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def sniff(head: bytes) -> Found | None:
    """None: nothing that is taken here, such as a program, a web page or a plain text."""
    for begins, media_type, reader in _PICTURES:
        if head.startswith(begins):
            return Found(Kind.PICTURE, media_type, reader)
    for begins, media_type, reader in _SOUNDS:
        if head.startswith(begins):
            return Found(Kind.AUDIO, media_type, reader)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Found(Kind.PICTURE, "image/webp", "WEBP")
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return Found(Kind.AUDIO, "audio/wav", "wav")
    if head[4:8] == b"ftyp":
        if head[8:12] in _HEIF:
            return Found(Kind.PICTURE, "image/heic", "HEIF")
        return Found(Kind.AUDIO, "audio/mp4", "mov")  # m4a, 3gp with AMR, and films, whose sound alone is taken
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        adts = head[1] & 0xF6 == 0xF0
        return Found(Kind.AUDIO, "audio/aac", "aac") if adts else Found(Kind.AUDIO, "audio/mpeg", "mp3")
    if head.startswith(b"%PDF-"):
        return Found(Kind.PAPER, "application/pdf", "")
    return None
