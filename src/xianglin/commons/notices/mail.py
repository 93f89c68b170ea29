"""E-mail over SMTP, as Django is told to send it. Our own Message-ID is kept: a bounce can be traced by it."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from .providers.base import NotNow, NotTaken

_SUBJECT = 40  # characters of the sentence that stand above it
_FOR_NOW = range(400, 500)  # SMTP: a refusal that may be over later


def send(to: str, text: str, reference: str, *, link: str = "") -> str:
    """Hand one e-mail to the server; answers its Message-ID.

    Raises NotTaken where the server refused, NotNow where nobody listened or it refused for now. Whatever else happens
    once it is being handed over (silence, a line that breaks after DATA) is passed on: nobody knows.
    """
    if not settings.EMAIL_HOST or not settings.DEFAULT_FROM_EMAIL:
        raise NotTaken(_("还没有接邮件服务器。请设 XIANGLIN_MAIL_HOST 和 XIANGLIN_MAIL_FROM。"))
    message_id = f"<{reference}@{_domain()}>"
    body = f"{text}\n\n{settings.SITE_URL}{link}\n" if link and settings.SITE_URL else f"{text}\n"
    line = get_connection()
    try:
        line.open()
    except smtplib.SMTPAuthenticationError:
        raise NotTaken(_("邮件服务器不认用户名和密码。")) from None
    except (OSError, smtplib.SMTPException):
        raise NotNow(_("邮件服务器连不上。")) from None
    try:
        EmailMessage(_subject(text), body, to=[to], connection=line, headers={"Message-ID": message_id}).send()
    except smtplib.SMTPRecipientsRefused as refused:
        raise _refusal(min(code for code, _words in refused.recipients.values())) from None
    except smtplib.SMTPResponseException as refused:
        raise _refusal(refused.smtp_code) from None
    finally:
        _hang_up(line)
    return message_id


def _refusal(code: int) -> NotTaken:
    why = _("邮件服务器没有收（%(code)s）。") % {"code": code}
    return NotNow(why) if code in _FOR_NOW else NotTaken(why)


def _hang_up(line: object) -> None:
    """Whatever QUIT answers, what was said of the message stands."""
    try:
        line.close()  # type: ignore[attr-defined]
    except (OSError, smtplib.SMTPException):
        return


def _subject(text: str) -> str:
    first = text.splitlines()[0]
    return first if len(first) <= _SUBJECT else f"{first[: _SUBJECT - 1]}…"


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "xianglin.invalid"


def complaints() -> list[str]:
    """For ``doctor``: a server without a sender, or the other way round."""
    if bool(settings.EMAIL_HOST) != bool(settings.DEFAULT_FROM_EMAIL):
        return [_("邮件只设了一半。XIANGLIN_MAIL_HOST 和 XIANGLIN_MAIL_FROM 要一起设。")]
    return []
