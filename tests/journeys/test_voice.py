"""Holding a button to speak, Chromium's microphone playing a known sound: heard, written down, confirmed, shown.

A browser of its own, since the fake microphone is chosen when it starts: the shared one of the other journeys cannot be
open in the same process, so this one runs in a process that it starts itself.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.site import Walks

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


def test_from_a_held_button_to_a_photo_for_everybody(walks: Walks, tmp_path: Path) -> None:
    story = Path(__file__).with_name("voice_story.py")
    told = subprocess.run(
        [sys.executable, str(story), walks.site, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-6000:]
