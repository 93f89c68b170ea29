"""A real worker killed with -9 at every step of a message: nothing lost, nothing told twice by us.

The gateway is a real one over HTTP; it runs beside the test, so it lives on while workers die.
"""

import signal
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as site

from tests.commons.jobs.installation import Installation
from tests.commons.notices import gateways
from xianglin.commons.notices import gateway

PREAMBLE = """
from django.db import transaction
from xianglin.commons.notices import NoticeTemplate, actions, declare, inbox, reports, sending
from xianglin.commons.notices import jobs as outbox
from xianglin.commons.notices.models import Inbound, Notice, Question, Report, SandboxMessage
reports.PATIENCE *= 0
declare.REGISTRY["tests.lamp"] = NoticeTemplate("tests.lamp", "%(title)s好了回1", sms=True, asks="tests.q")

def answer(about, digit, said, actor, key):
    SandboxMessage.objects.create(phone="-", text=f"{about} {digit}", reference="", sent_at="2026-03-02T00:00Z")
    if os.environ.get("DIE") == "answering": os.kill(os.getpid(), 9)

choices = (declare.Choice("1"), declare.Choice("2"))
declare.register_question(declare.Asked("tests.q", choices, answer, lambda about: True, lambda about, actor: None))
die = lambda *args, **kwargs: os.kill(os.getpid(), 9)
lease = dt.timedelta(seconds=0.1)

def work():
    import time
    time.sleep(0.3)  # a dead worker's lease lapses
    worker.work(threading.Event(), burst=True, lease=lease)

def told(name):
    notice = Notice.objects.get(variables__title=name)
    acts = SandboxMessage.objects.filter(text__startswith=name).count()
    return [notice.state, acts]

def tell(name, phone):
    actions.tell("tests.lamp", phone=phone, county_id=1, variables={"title": name}, dedupe=name, about=name)
"""
KILLS = {
    "claimed": "outbox.sending.take = die",
    "marked, not yet asked": "sending.provider = die",
    "taken, not yet written": "sending.settle = die",
}


class Site:
    """An installation that sends through the gateway."""

    def __init__(self, installation: Installation, desk: gateway.Desk, address: str) -> None:
        self.installation, self.desk = installation, desk
        self.env = {
            "XIANGLIN_SMS_PROVIDER": "gateway",
            "XIANGLIN_SMS_GATEWAY": address,
            "XIANGLIN_SECRET_SMS": site.SMS_GATEWAY_SECRET,
            "XIANGLIN_SMS_QUIET": "",
        }

    def run(self, code: str, expect: int = 0, **env: str) -> Any:
        return self.installation.run(PREAMBLE + code, expect, **self.env, **env)

    def sent(self, name: str) -> list[int]:
        """How often the gateway was given each message that names it."""
        return [taken.asked for taken in self.desk.taken.values() if name in taken.text]


@pytest.fixture(scope="module")
def county(installation: Installation) -> Iterator[Site]:
    with gateways.running() as (desk, address):
        desk.mood = gateway.Mood(receipts=0)
        yield Site(installation, desk, address)


@pytest.mark.parametrize("step", KILLS)
def test_a_worker_killed_while_it_sends(county: Site, step: str) -> None:
    phone = f"1380000001{list(KILLS).index(step)}"
    county.run(f"tell({step!r}, {phone!r}); {KILLS[step]}; work()", expect=-signal.SIGKILL)
    assert county.sent(step) == ([1] if step.startswith("taken") else [])
    state = county.run(f"work(); outbox.look_up.call(); work(); print(json.dumps(told({step!r})))")
    assert (state, county.sent(step)) == (["sent", 0], [1])


def test_a_worker_killed_while_the_provider_holds_the_request(county: Site) -> None:
    before = county.desk.asked
    county.desk.mood = gateway.Mood(delay=4, receipts=0)
    process = county.installation.start(PREAMBLE + "tell('holds', '13800000020'); work()", **county.env)
    gateways.until(lambda: county.desk.asked > before)
    process.kill()
    process.communicate(timeout=20)
    county.desk.mood = gateway.Mood(receipts=0)
    state = county.run("work(); outbox.look_up.call(); work(); print(json.dumps(told('holds')))")
    assert (state, county.sent("holds")) == (["sent", 0], [1])


def test_a_worker_killed_between_a_receipt_and_its_handling(county: Site) -> None:
    code = """
        tell('receipt', '13800000021'); work()
        reference = Notice.objects.get(variables__title='receipt').reference
        for _ in range(2):
            actions.receive_report("gateway", delivered=True, reference=reference, provider_id="gw-r")
        write = reports._write
        reports._write = lambda *args: (write(*args), die())
        work()
    """
    county.run(_plain(code), expect=-signal.SIGKILL)
    check = "print(json.dumps([*told('receipt'), Report.objects.filter(settled_at=None).count()]))"
    assert county.run(check) == ["sent", 0, 1]
    assert county.run(f"work(); {check}") == ["delivered", 0, 0]
    assert county.sent("receipt") == [1]


@pytest.mark.parametrize("step", ["stored", "answering", "done, not yet marked"])
def test_a_worker_killed_while_it_acts_on_a_reply(county: Site, step: str) -> None:
    phone = f"1380000003{['stored', 'answering', 'done, not yet marked'].index(step)}"
    kill = {"stored": "inbox.act_on = die", "answering": "", "done, not yet marked": "leases.settle = die"}[step]
    code = f"""
        tell({step!r}, {phone!r}); work()
        for _ in range(2):
            actions.receive_inbound("gateway", "in:" + {step!r}, phone={phone!r}, text="1")
        {kill}
        work()
    """
    county.run(_plain(code), expect=-signal.SIGKILL, DIE="answering" if step == "answering" else "")
    assert county.run(f"print(json.dumps(told({step!r})))") == ["sent", 1 if step.startswith("done") else 0]
    acted = f"work(); print(json.dumps([*told({step!r}), Question.objects.get(about={step!r}).outcome]))"
    assert county.run(acted) == ["sent", 1, "answered"]
    assert county.sent(step) == [1]


def _plain(code: str) -> str:
    return "\n".join(line.strip() if not line.startswith(" " * 12) else line[8:] for line in code.splitlines())
