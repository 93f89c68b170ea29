"""A worker killed between handing an SMS over and marking it: the SMS stays unknown and is not sent again."""

import signal
import time

from tests.commons.jobs.installation import Installation

SETTING = """
from django.conf import settings
from xianglin.commons.notices import NoticeTemplate, declare
from xianglin.commons.notices.actions import tell
from xianglin.commons.notices.models import Notice, SandboxMessage
declare.REGISTRY["tests.lamp"] = NoticeTemplate("tests.lamp", "%(title)s修好了。", sms=True)
settings.SMS_PROVIDER = "tests.commons.notices.messengers.KillsTheWorker"
"""
WORK = "\nprint(json.dumps(worker.work(threading.Event(), burst=True, lease=dt.timedelta(seconds=1.5))))"
TELL = """
tell("tests.lamp", phone="13800000001", county_id=1, variables={"title": "路灯"}, dedupe="lamp")
"""
STATE = """
print(json.dumps([Notice.objects.get().state, SandboxMessage.objects.count()]))
"""


def test_a_worker_killed_after_handing_over_leaves_it_unknown(installation: Installation) -> None:
    installation.run(SETTING + TELL + WORK, expect=-signal.SIGKILL)
    assert installation.run(SETTING + STATE) == ["unknown", 1]
    time.sleep(1.6)
    assert installation.run(SETTING + TELL + WORK) == 1
    assert installation.run(SETTING + STATE) == ["unknown", 1]
