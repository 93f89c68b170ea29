"""The command line's calendar: a year's notice goes in through the room's own action."""

from pathlib import Path

from django.utils.translation import gettext as _

from xianglin.base.actor import system
from xianglin.base.refused import Refused
from xianglin.commons.deadlines import actions, almanacs


def load(file: Path) -> str:
    """Take the file in; answers a sentence of what came of it."""
    before = almanacs.current().calendar_version
    try:
        version = actions.load_calendar(None, actor=system("deadlines", "command"), path=file)
    except UnicodeDecodeError as error:
        raise Refused("config.calendar_unreadable", _("文件读不出来，请另存为 UTF-8 的 CSV 再试。")) from error
    if version.number == before:
        return _("和已经装入的一样，什么也没有改。")
    years = ", ".join(map(str, sorted(almanacs.current().calendar.years)))
    return _("装好了，现在有这些年的放假安排：%(years)s。没办完的事，到期日一小时内重新算好。") % {"years": years}
