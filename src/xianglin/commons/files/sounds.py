"""A recording as it is kept: AAC in an m4a, which every browser and WeChat plays; its length measured by playing it."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from . import libraries, rules
from .models import Kind

MEDIA_TYPE = "audio/mp4"
RATE = 16_000  # samples a second when it is played through
_PATIENCE = 120  # seconds for one conversion; five minutes of speech take about two


@dataclass(frozen=True)
class Sound:
    content: bytes
    seconds: float


def convert(path: Path, reader: str) -> Sound:
    """Read with the one demuxer that fits, so that no file can name another file or an address."""
    limit = str(rules.MOST_SECONDS + 2)  # a little longer than allowed, so that too long is seen
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made.m4a"
        shown = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-t", limit]
        coded = ["-ac", "1", "-ar", "24000", "-c:a", "aac", "-b:a", "48k", "-movflags", "+faststart", "-f", "ipod"]
        _run("-f", reader, "-i", str(path), *shown, *coded, str(made))
        seconds = length_of(made)
        rules.require_length(seconds)
        return Sound(made.read_bytes(), seconds)


def length_of(path: Path) -> float:
    return len(play(path)) / 2 / RATE


def play(path: Path) -> bytes:
    """All of a kept recording as 16-bit samples, mono."""
    return _run("-f", "mov", "-i", str(path), "-f", "s16le", "-ac", "1", "-ar", str(RATE), "pipe:1")


def _run(*arguments: str) -> bytes:
    quiet = ["-nostdin", "-hide_banner", "-v", "error", "-protocol_whitelist", "file,pipe", "-threads", "1"]
    try:
        done = subprocess.run(
            [libraries.ffmpeg(), *quiet, *arguments], check=False, capture_output=True, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        raise rules.broken(Kind.AUDIO) from None
    if done.returncode != 0:
        raise rules.broken(Kind.AUDIO)
    return done.stdout
