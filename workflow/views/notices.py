"""Notices of the person who is here, and the outbox of the house."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflow.errors import NotFoundError
from workflow.forms.notices import NoticeForm
from workflow.pages.notices import (
    MailFilter,
    access_mail,
    address_of,
    manners_of,
    notices_of,
    outbox,
)
from workflow.services.mails import hold_mail, release_mail, resend_mail
from workflow.services.notices import choose_notices, read_notices
from workflow.tables import paged
from workflow.tables_notices import MailTable, NoticeTable
from workflow.views.acting import actor_of
from workflow.views.forms import ask

_MAIL_ACTS = {"hold": hold_mail, "release": release_mail, "resend": resend_mail}


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List what this person was told, newest first."""
    table = paged(NoticeTable(notices_of(actor_of(request))), request)
    return render(request, "workflow/notices.html", {"table": table})


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Note that one notice was read, or all."""
    posted = request.POST.get("notice")
    if posted is not None and not posted.isdecimal():
        raise NotFoundError
    read_notices(actor=actor_of(request), notice_id=None if posted is None else int(posted))
    return redirect("notices")


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Choose how to hear of what happens."""
    actor = actor_of(request)
    initial = {"email": address_of(actor)}
    initial |= {kind.value: manner.value for kind, manner in manners_of(actor).items()}
    form = NoticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        email, manners = form.cleaned_data["email"], form.manners()
        if ask(form, lambda: choose_notices(actor=actor, email=email, manners=manners)):
            messages.success(request, _("Đã ghi cách nhận thông báo."))
            return redirect("notices")
    return render(request, "workflow/notice_settings.html", {"form": form})


@require_safe
def outbox_list(request: HttpRequest) -> HttpResponse:
    """List the letters, newest first."""
    page = outbox(actor_of(request))
    narrowed = MailFilter(request.GET, queryset=page.mails, request=request)
    table = paged(MailTable(narrowed.qs), request)
    context = {"page": page, "filter": narrowed, "table": table}
    return render(request, "workflow/outbox.html", context)


@require_safe
def outbox_mail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one letter as it leaves."""
    return render(request, "workflow/mail.html", {"mail": access_mail(actor_of(request), pk)})


@require_POST
def mail_act(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Hold a letter, let it go, or send it again."""
    service = _MAIL_ACTS.get(name)
    if service is None:
        raise NotFoundError
    mail = service(actor=actor_of(request), mail_id=pk)
    messages.success(request, _("Thư: %(status)s.") % {"status": mail.get_status_display()})
    return redirect("outbox_mail", pk)
