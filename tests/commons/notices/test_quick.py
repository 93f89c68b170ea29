"""A log-in code goes out at once beside a long job, in a real worker process."""

import signal
import time

import pytest

from tests.commons.jobs.installation import Installation

ASK = """
    from xianglin.base import hooks
    from xianglin.commons.notices.models import SandboxMessage
    from django_tasks_db.models import DBTaskResult
    import time
    begun = time.monotonic()
    hooks.tell("access.login_code", phone="13800000003", variables={{"code": "{code}", "minutes": 5}})
    while not SandboxMessage.objects.filter(text__contains="{code}").exists():
        assert time.monotonic() - begun < 20, "it was never sent"
        time.sleep(0.02)
    beside = DBTaskResult.objects.filter(status="RUNNING", task_path__endswith="{name}").exists()
    print(json.dumps([time.monotonic() - begun, beside]))
"""


@pytest.mark.parametrize("name", ["slow", "writes"])
def test_a_login_code_does_not_wait_for_a_long_job(installation: Installation, name: str) -> None:
    installation.run(f"print(json.dumps(str(enqueue(victims.{name}, 'long{name}', 60))))")
    code = "stop = threading.Event(); worker.leave_on_signals(stop, grace=0.1); worker.work(stop)"
    process = installation.start(code, XIANGLIN_DEMO="1")
    try:
        end = time.monotonic() + 20
        while not (installation.folder / f"long{name}.begun").exists():
            assert time.monotonic() < end, "the long job never began"
            time.sleep(0.05)
        for number in range(3):
            seconds, beside = installation.run(ASK.format(code=f"53542{number}", name=name), XIANGLIN_DEMO="1")
            assert beside, "the long job still ran"
            print(f"a code beside {name}: {seconds:.2f} s")
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
        installation.run("from django_tasks_db.models import DBTaskResult\nDBTaskResult.objects.all().delete()")
