"""A play that was killed left nothing behind, and the next start plays it whole: real processes, on both databases."""

import signal

import pytest

from tests.commons.jobs.installation import Installation, installation
from xianglin.demo import hefu, relaying, yuhua
from xianglin.demo.yuhua_meeting import BESIDE_LAMPS, JUNE_MEETING, MAY_MEETING

__all__ = ["installation"]

# Everything told, and what was asked at the two conferences (one question was split in two).
MATTERS = sum(map(len, (yuhua.OPINIONS, yuhua.GATHERED, yuhua.SINCE, yuhua.BESIDES, relaying.BROUGHT_BACK)))
MATTERS += sum(max(1, len(one.parts)) for meeting in (MAY_MEETING, JUNE_MEETING) for one in meeting.asked)
MATTERS += len(BESIDE_LAMPS) + 1  # of the village beside, and what the town asked it to explain

PLAY = """
from xianglin.commons.access.models import Account, DemoDoor
from xianglin.commons.areas.models import Area
from xianglin.commons.trail import chain
from xianglin.commons.trail.models import Entry
from xianglin.demo import day, play
from xianglin.kernels.matters.models import Matter
play.hefu.tell_the_year = lambda: None  # long, and in the same transaction

def tell():
    rows = [model.objects.count() for model in (Area, Account, DemoDoor, Matter, Entry)]
    print(json.dumps([rows, [str(broken) for broken in chain.verify()]]))
"""
DIE = {
    "in 和孚's year": "play.hefu.tell_the_year = lambda: os.kill(os.getpid(), 9)",
    "after the places": "play._people = lambda places: os.kill(os.getpid(), 9)",
    "among the opinions": """
import itertools
raised, said = play.Line._raise, itertools.count()
play.Line._raise = lambda line: os.kill(os.getpid(), 9) if next(said) == 12 else raised(line)
""",
    "before the day is kept": "day.live_on = lambda day: os.kill(os.getpid(), 9)",
}


@pytest.mark.xdist_group("demo")
def test_killed_anywhere_it_is_played_whole_by_the_next_start(installation: Installation) -> None:
    areas = {row[0] for row in (*yuhua.AREAS, *hefu.AREAS)}
    mentoring = 3 + len(hefu.MENTORS[1:]) + len(hefu.CADRES[1:])  # and who keeps the registers, and two clerks
    whole = [len(areas), len(yuhua.PEOPLE) + mentoring, len(yuhua.PEOPLE) + len(hefu.DOORS), MATTERS]
    for when, die in DIE.items():
        installation.run(f"{PLAY}\n{die}\nplay.play_once()", expect=-signal.SIGKILL, XIANGLIN_DEMO="1")
        rows, broken = installation.run(f"{PLAY}\ntell()")
        assert rows[:4] == (whole if when == "before the day is kept" else [0, 0, 0, 0]), when
        assert broken == []
    code = f"{PLAY}\nplay.play_once()\ntell()"
    first = installation.run(code, XIANGLIN_DEMO="1")
    assert first[0][:4] == whole and first[1] == []
    assert (installation.folder / "demo-day").exists()
    assert installation.run(code, XIANGLIN_DEMO="1") == first
