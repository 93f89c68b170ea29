import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xianglin.base.actor import Actor, system
from xianglin.base.pages import seen_by
from xianglin.commons.access import limits
from xianglin.commons.access.models import Account
from xianglin.ui.marks import Mark

from . import actions, queries
from .forms import MailForm
from .models import Phone, SandboxMessage

UNREAD = Mark("s-new", _("没看过"))
_MAILS = limits.Limit("notices-mail", 5, 3600)
_LONGEST = 18  # digits that any database takes as a key


@seen_by("account")
@require_GET
def list_notices(request: HttpRequest) -> HttpResponse:
    before = _number(request.GET.get("before", ""))
    notices = queries.notices_of(_account(request), before)
    unread = queries.unread(_account(request))
    more = f"?before={notices[-1].pk}" if len(notices) == queries.PAGE else ""
    return render(
        request,
        "notices/list.html",
        {
            "base": _frame(request),
            "notices": notices,
            "newest": notices[0].pk if notices and not before else 0,
            "unread": "99+" if unread > 99 else unread,
            "more_url": more,
            "unread_mark": UNREAD,
        },
    )


@seen_by("account")
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    up_to = _number(request.POST.get("up_to", ""))
    if up_to is not None:
        actions.mark_read(_account(request), up_to)
    return HttpResponseRedirect(reverse("notices:list"))


@seen_by("demo")
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    return render(request, "notices/outbox.html", {"messages_sent": queries.sandbox()})


@seen_by("demo")
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """In a demonstration anybody answers as the phone's owner, by the very way that a provider's message takes."""
    if not settings.DEMO:
        raise Http404
    message = get_object_or_404(SandboxMessage, pk=pk)
    said = request.POST.get("text", "")[: actions.LONGEST].strip()
    if said:
        actions.receive_inbound("demo", uuid.uuid4().hex, phone=message.phone, text=said)
        messages.success(request, _("替他回了“%(said)s”，过一两秒就办") % {"said": said})
    return HttpResponseRedirect(reverse("notices:outbox"))


@seen_by("account")
@require_GET
def ways(request: HttpRequest) -> HttpResponse:
    """怎么告诉我: by SMS or not, and by e-mail where its owner wants it."""
    return _ways(request, MailForm())


def _ways(request: HttpRequest, form: MailForm) -> HttpResponse:
    account = Account.objects.get(pk=_account(request))
    box = queries.mailbox_of(account.pk)
    address = (box.address.open() if box else None) or ""
    context = {
        "base": _frame(request),
        "phone": queries.phone_of(account),
        "mask": account.phone_mask,
        "mails": bool(settings.EMAIL_HOST and settings.SITE_URL),
        "box": box,
        "address": queries.masked(address) if address else "",
        "form": form,
    }
    return render(request, "notices/ways.html", context, status=422 if form.errors else 200)


@seen_by("account")
@require_POST
def set_sms(request: HttpRequest) -> HttpResponse:
    phone = queries.phone_of(Account.objects.get(pk=_account(request)))
    if phone is None:
        raise Http404
    if phone.pk is None:
        phone, _fresh = Phone.objects.get_or_create(index=phone.index)
    wanted = request.POST.get("sms") == "1"
    change = actions.allow_sms if wanted else actions.stop_sms
    change(phone, actor=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("以后发短信告诉您") if wanted else _("以后不再发短信，通知里都看得到"))
    return HttpResponseRedirect(reverse("notices:ways"))


@seen_by("account")
@require_POST
def set_mail(request: HttpRequest) -> HttpResponse:
    form = MailForm(request.POST)
    if not form.is_valid():
        return _ways(request, form)
    address = form.cleaned_data["address"]
    key = str(_account(request))
    if address and not limits.count(_MAILS, key):
        form.add_error("address", _("试得太多了。请过一小时再试。"))
        return _ways(request, form)
    account = Account.objects.get(pk=_account(request))
    actions.set_mail(account, actor=request.actor, address=address)  # type: ignore[attr-defined]
    told = _("给这个邮箱发了一封信，点开里面的链接就好了") if address else _("以后不再发邮件")
    messages.success(request, told)
    return HttpResponseRedirect(reverse("notices:ways"))


@seen_by("everyone")  # whoever reads the mail
@never_cache
def confirm_mail(request: HttpRequest, token: str) -> HttpResponse:
    """A press, not the opening of the page: machines that look through mail open links."""
    box = actions.mailbox_named(token)
    if request.method == "POST" and box is not None:
        box = actions.confirm_mail(box, actor=system("notices", via="web"))
    done = box is not None and box.confirmed_at is not None
    return render(request, "notices/confirm_mail.html", {"box": box, "done": done})


def _frame(request: HttpRequest) -> str:
    return "ui/staff.html" if request.who.audience == "staff" else "ui/villager.html"  # type: ignore[attr-defined]


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) <= _LONGEST else None


def _account(request: HttpRequest) -> int:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    account_id = actor.account_id
    assert account_id is not None  # seen_by("account")
    return account_id
