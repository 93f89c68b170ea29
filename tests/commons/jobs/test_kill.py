"""A worker killed with -9 at any step loses nothing: the next finishes the job, its effect is there once."""

import signal
import time

import pytest

from tests.commons.jobs.installation import Installation
from xianglin.commons.jobs import leases

SHORT = "dt.timedelta(seconds=1.5)"
DIE_CLAIMED = "worker._run = lambda row, me: os.kill(os.getpid(), 9)"
DIE_BEFORE_MARK = "leases.settle = lambda row, me, **fields: os.kill(os.getpid(), 9)"
KILLS = {
    "claiming": "leases.Lease.objects.create = lambda **fields: os.kill(os.getpid(), 9)",
    "claimed": DIE_CLAIMED,
    "mid-run": "os.environ['DIE'] = 'mid-run'",
    "done": DIE_BEFORE_MARK,
}
STATE = """
    from django_tasks_db.models import DBTaskResult
    row = DBTaskResult.objects.get(pk={job!r})
    effects = models.Slot.objects.filter(name={word!r}).count()
    print(json.dumps([row.status, len(row.worker_ids), effects, models.Lease.objects.count()]))
"""
FOR_EVER = "stop = threading.Event(); worker.leave_on_signals(stop, grace=0.5); worker.work(stop)"
WORK = f"\nprint(json.dumps(worker.work(threading.Event(), burst=True, lease={SHORT})))"


def state(installation: Installation, job: str, word: str) -> list[object]:
    said: list[object] = installation.run(STATE.format(job=job, word=word))
    return said


@pytest.mark.parametrize("step", KILLS)
def test_killed_worker_loses_nothing(installation: Installation, step: str) -> None:
    job = installation.run(f"print(json.dumps(str(enqueue(victims.effect, {step!r}))))")

    installation.run(KILLS[step] + WORK, expect=-signal.SIGKILL)
    status, tries, effects, leases = state(installation, job, step)
    assert (status, tries, leases) == (("READY", 0, 0) if step == "claiming" else ("RUNNING", 1, 1))
    assert effects == (1 if step == "done" else 0)

    time.sleep(1.6)  # the dead worker's lease lapses
    assert installation.run(WORK) == 1
    assert state(installation, job, step) == ["SUCCESSFUL", 1 if step == "claiming" else 2, 1, 0]
    rounds = (installation.folder / f"{step}.rounds").read_text()
    assert len(rounds) == {"claiming": 1, "claimed": 1, "mid-run": 2, "done": 2}[step]


def test_a_job_that_kills_every_worker_is_failed_and_kept(installation: Installation) -> None:
    job = installation.run("print(json.dumps(str(enqueue(victims.effect, 'poison'))))")
    limit = "victims.effect.module_path, 1"
    once = f"from xianglin.commons.jobs import declare; declare.JOBS[{limit[:-3]}] = declare.JobSpec({limit})"
    for _ in range(2):
        installation.run(f"{once}\n{DIE_CLAIMED}" + WORK, expect=-signal.SIGKILL)
        time.sleep(1.6)
        installation.run(f"{once}\nprint(json.dumps(leases.give_back()))")
    assert state(installation, job, "poison") == ["FAILED", 2, 0, 0]
    said = installation.run("from xianglin.commons.jobs import queries\nprint(json.dumps(queries.troubles()))")
    assert any(job in sentence for sentence in said)


def test_a_slow_job_keeps_its_lease_and_is_not_given_to_another(installation: Installation) -> None:
    job = installation.run("print(json.dumps(str(enqueue(victims.slow, 'slow', 4))))")
    first = installation.start(WORK)
    _wait_for(installation, "slow.begun")
    assert installation.run(WORK) == 0
    first.communicate(timeout=20)
    assert state(installation, job, "slow") == ["SUCCESSFUL", 1, 1, 0]


def test_a_worker_told_to_leave_hands_its_jobs_back_uncounted(installation: Installation) -> None:
    long, short = (
        enqueued(installation, "slow", "left", 60),
        enqueued(installation, "slow", "leftshort", 60, priority=1),
    )
    process = installation.start(FOR_EVER)
    _wait_for(installation, "left.begun")
    _wait_for(installation, "leftshort.begun")
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert time.monotonic() - begun < 4
    assert process.returncode == 0
    assert state(installation, long, "left") == ["READY", 0, 0, 0]
    assert state(installation, short, "leftshort") == ["READY", 0, 0, 0]
    _forget_jobs(installation)


def test_a_worker_told_to_leave_finishes_what_is_short(installation: Installation) -> None:
    job = enqueued(installation, "slow", "finished", 0.6, priority=1)
    process = installation.start(FOR_EVER.replace("0.5", "3"))
    _wait_for(installation, "finished.begun")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 0
    assert state(installation, job, "finished") == ["SUCCESSFUL", 1, 1, 0]


@pytest.mark.parametrize("priority", [0, 1])
def test_a_job_that_hangs_is_a_failed_try_and_others_are_handed_back(installation: Installation, priority: int) -> None:
    word, other = f"hangs{priority}", f"innocent{priority}"
    job = enqueued(installation, "hangs", word, priority=priority)
    innocent = enqueued(installation, "slow", other, 60, priority=1 - priority)
    for tried, status in ((1, "READY"), (2, "FAILED")):
        process = installation.start(FOR_EVER)
        process.communicate(timeout=20)
        assert process.returncode == leases.LEFT_IN_NEED
        assert state(installation, job, word) == [status, tried, 0, 0]
        assert state(installation, innocent, other) == ["READY", 0, 0, 0]
    said = installation.run(
        "from xianglin.commons.jobs import queries\nprint(json.dumps([f.error for f in queries.failed()]))"
    )
    assert "xianglin.commons.jobs.leases.TookTooLong" in said
    _forget_jobs(installation)


def test_a_lane_that_breaks_down_takes_its_worker_with_it(installation: Installation) -> None:
    job = enqueued(installation, "slow", "broken", 60)
    process = installation.start("worker.QUICK = 'not a condition'\n" + FOR_EVER)
    process.communicate(timeout=20)
    assert process.returncode == leases.LEFT_IN_NEED
    assert state(installation, job, "broken") == ["READY", 0, 0, 0]
    _forget_jobs(installation)


def enqueued(installation: Installation, name: str, *args: object, priority: int = 0) -> str:
    code = f"print(json.dumps(str(enqueue(victims.{name}.using(priority={priority}), *{args!r}))))"
    return str(installation.run(code))


def _forget_jobs(installation: Installation) -> None:
    installation.run("from django_tasks_db.models import DBTaskResult\nDBTaskResult.objects.all().delete()")


def test_two_schedulers_enqueue_each_turn_once(installation: Installation) -> None:
    code = """
        from xianglin.commons.jobs.declare import SCHEDULES, scheduled
        from xianglin.commons.jobs.jobs import tidy
        SCHEDULES.clear()
        for number in range(20):
            scheduled(name=f"test.{number}", every=dt.timedelta(hours=1))(tidy)
        while not os.path.exists(os.environ['GO']): pass
        print(json.dumps(sum(scheduler.tick() for _ in range(3))))
    """
    go = installation.folder / "go"
    both = [installation.start(code, GO=str(go)) for _ in range(2)]
    time.sleep(2)
    go.touch()
    taken = 0
    for process in both:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        taken += int(out.splitlines()[-1])
    slots = "print(json.dumps(models.Slot.objects.filter(name__startswith='test.').count()))"
    assert taken == installation.run(slots) == 20


def _wait_for(installation: Installation, name: str) -> None:
    deadline = time.monotonic() + 20
    while not (installation.folder / name).exists():
        assert time.monotonic() < deadline, f"{name} never appeared"
        time.sleep(0.05)
