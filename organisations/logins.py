"""Log-in: allauth's adapter, and the events of coming in, failing and being locked out.

Elsewhere in the product a signal is forbidden: a service calls what it needs. Here the acts
belong to allauth, Django and axes, which offer nothing but their signals to say that they
happened; the receivers are connected in OrganisationsConfig.ready and do nothing but record.
"""

import unicodedata
from typing import TypedDict

from allauth.account.adapter import DefaultAccountAdapter
from axes.signals import user_locked_out
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from audit.services import SECURITY, Entry, Who, record
from organisations.models import User

NOBODY = Who(user_id="", name="")


class Credentials(TypedDict, total=False):
    """What was typed, as Django passes it on; the password is masked by then."""

    username: str


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Nobody signs up; an administrator creates log-ins (services.create_person)."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Say no."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: str) -> AbstractBaseUser | None:
        """Authenticate by the one spelling of the user name that is stored: NFC."""
        if "username" in credentials:
            credentials["username"] = unicodedata.normalize("NFC", credentials["username"])
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return user


def username_of(request: HttpRequest, credentials: Credentials | None) -> str:
    """AXES_USERNAME_CALLABLE: the name a failure is counted under.

    The form's field is "login" and Django's credential is "username"; with one name for both,
    as AXES_USERNAME_FORM_FIELD wants, failures are counted under another name than is checked,
    and the right password opens a locked log-in.
    """
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return unicodedata.normalize("NFC", typed)


def connect() -> None:
    """Connect the receivers; connecting again changes nothing."""
    user_logged_in.connect(record_login, dispatch_uid="audit.logged_in")
    user_login_failed.connect(record_failure, dispatch_uid="audit.login_failed")
    user_locked_out.connect(record_lock, dispatch_uid="audit.locked")


def record_login(*, user: User, request: HttpRequest, **_sent: object) -> None:
    """Record who came in, from where."""
    who = Who(user_id=str(user.pk), name=user.full_name)
    _record(who, "auth.logged_in", f"user:{user.pk}", request)


def record_failure(
    *, credentials: Credentials, request: HttpRequest | None = None, **_sent: object
) -> None:
    """Record a wrong password; the one that locks is recorded by record_lock alone."""
    if not getattr(request, "axes_locked_out", False):
        _record(NOBODY, "auth.login_failed", _subject(credentials.get("username", "")), request)


def record_lock(*, username: str | None, request: HttpRequest, **_sent: object) -> None:
    """Record that a name was locked out, or tried again while it is."""
    _record(NOBODY, "auth.locked", _subject(username or ""), request)


def _subject(username: str) -> str:
    """Return whose log-in was tried. A name nobody has is not kept: it may be a password."""
    user_id = User.objects.filter(username=username).values_list("pk", flat=True).first()
    return f"user:{user_id}" if user_id else "user:unknown"


@transaction.atomic
def _record(who: Who, action: str, subject: str, request: HttpRequest | None) -> None:
    address = request.META.get("REMOTE_ADDR", "") if request else ""
    entry = Entry(SECURITY, action, subject, data={"address": address})
    record(who=who, entry=entry, at=timezone.now())
