"""Recordings: whatever a phone writes plays everywhere, as long as it was."""

import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commons.files.conftest import send
from tests.commons.files.samples import picture, played, recorded, wav
from xianglin.commons.files import contents, doctor, libraries, rules
from xianglin.commons.files.models import Kind, Upload

pytestmark = pytest.mark.usefixtures("stored")
OPUS = ("-c:a", "libopus", "-b:a", "24k")
# by the ending that the device gives: what it writes, and what it is found to be
DEVICES = {
    "amr": (("-ar", "8000", "-ac", "1", "-c:a", "libopencore_amrnb"), "audio/amr"),  # older phones, WeChat
    "3gp": (("-ar", "8000", "-ac", "1", "-c:a", "libopencore_amrnb"), "audio/mp4"),
    "webm": (OPUS, "audio/webm"),  # MediaRecorder
    "ogg": (OPUS, "audio/ogg"),
    "m4a": (("-c:a", "aac"), "audio/mp4"),  # iPhones
    "mp3": (("-c:a", "libmp3lame"), "audio/mpeg"),
    "aac": (("-c:a", "aac"), "audio/aac"),
    "caf": ((), "audio/x-caf"),
    "wav": ((), "audio/wav"),
}


def kept(upload: Upload) -> bytes:
    return contents.read_stored(upload.facts["stored_as"], upload.secret)


@pytest.mark.parametrize("ending", DEVICES)
def test_every_device_is_heard(ending: str, tmp_path: Path) -> None:
    coding, media_type = DEVICES[ending]
    upload = send(recorded(tmp_path, ending, *coding), Kind.AUDIO)
    assert (upload.facts["came_as"], upload.facts["media_type"]) == (media_type, "audio/mp4")
    seconds, loud = played(kept(upload), tmp_path)
    # Bare AAC does not say how much of its first frames is lead-in: two frames of 64 ms are played too.
    assert seconds == pytest.approx(2.0, abs=0.15 if ending == "aac" else 0.1)
    assert loud > 0.1
    assert upload.seconds == pytest.approx(seconds, abs=0.01)


@pytest.mark.parametrize("length", [0.5, 1.0, 7.3])
def test_a_recording_is_as_long_as_it_was(length: float, tmp_path: Path) -> None:
    upload = send(wav(length), Kind.AUDIO)
    assert played(kept(upload), tmp_path)[0] == pytest.approx(length, abs=0.1)
    assert upload.seconds == pytest.approx(length, abs=0.1)


def test_it_is_an_m4a_that_starts_playing_before_it_is_loaded() -> None:
    content = kept(send(wav(1), Kind.AUDIO))
    assert content[4:8] == b"ftyp"
    assert content.index(b"moov") < content.index(b"mdat")


def test_what_the_device_wrote_beside_the_sound_is_left_behind(tmp_path: Path) -> None:
    told = ("-c:a", "aac", "-metadata", "title=Room three", "-metadata", "location=+30.66+119.5/")
    content = recorded(tmp_path, "m4a", *told)
    assert b"Room three" in content
    stored = kept(send(content, Kind.AUDIO))
    assert b"Room three" not in stored and b"+30.66" not in stored


def test_five_minutes_and_no_longer(tmp_path: Path, refused: Callable[..., str]) -> None:
    whole = recorded(tmp_path, "m4a", "-c:a", "aac", seconds=rules.MOST_SECONDS - 1)
    assert send(whole, Kind.AUDIO).seconds == pytest.approx(rules.MOST_SECONDS - 1, abs=0.1)
    longer = recorded(tmp_path, "m4a", "-c:a", "aac", seconds=rules.MOST_SECONDS + 30)
    assert refused(lambda: send(longer, Kind.AUDIO)) == "files.too_long"
    assert refused(lambda: send(wav(0.1), Kind.AUDIO)) == "files.too_short"


def a_film_without_sound(folder: Path) -> bytes:
    import subprocess

    made = folder / "film.mp4"
    source = ["-f", "lavfi", "-i", "color=size=64x64:duration=1"]
    subprocess.run([libraries.ffmpeg(), "-v", "error", "-y", *source, str(made)], check=True, timeout=60)
    return made.read_bytes()


def test_what_is_no_recording_is_refused(
    tmp_path: Path, refused: Callable[..., str], stored: Callable[[], list[Path]]
) -> None:
    amr = recorded(tmp_path, "amr", "-ar", "8000", "-ac", "1", "-c:a", "libopencore_amrnb")
    for content, code in (
        (b"MZ\x90\x00" + bytes(4000), "files.wrong_kind"),
        (picture(), "files.wrong_kind"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "files.wrong_kind"),
        (b"ffconcat version 1.0\nfile '/etc/passwd'\n", "files.wrong_kind"),
        (b"\x1aE\xdf\xa3" + bytes(500), "files.broken"),
        (b"#!AMR\n", "files.broken"),
        (wav(1)[:44], "files.broken"),
        (b"\x00\x00\x00\x18ftypM4A " + bytes(500), "files.broken"),
        (a_film_without_sound(tmp_path), "files.broken"),
    ):
        assert refused(lambda content=content: send(content, Kind.AUDIO)) == code, content[:20]
    assert not stored()
    assert send(amr, Kind.AUDIO).seconds


def test_the_samples_are_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(wav(2))
    with wave.open(str(path)) as opened:
        assert opened.getnframes() / opened.getframerate() == 2.0


def test_the_doctor_tries_both(monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.checks() == []
    monkeypatch.setattr(libraries, "ffmpeg", lambda: "/nowhere/ffmpeg")
    assert [complaint for complaint in doctor.checks() if "ffmpeg" in complaint]
