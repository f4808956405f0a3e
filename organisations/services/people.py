"""People get a log-in, and lose it; they are never deleted, since events name them."""

import unicodedata

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from organisations.actors import Actor
from organisations.errors import ValueRefusedError
from organisations.models import User
from organisations.permissions import require_administrator, require_some_administrator
from organisations.services.units import STREAM
from organisations.text import clean_text


@transaction.atomic
def create_person(
    *, actor: Actor, username: str, full_name: str, position: str, password: str, hashed: str = ""
) -> User:
    """Create a log-in, as yet without any role, and return the person.

    hashed  a hash of `password` made before, for the many log-ins of a demo that share one

    Raises NotAdministratorError, ValueRefusedError for a name that is taken or malformed and
    for a password that the rules of AUTH_PASSWORD_VALIDATORS refuse.
    """
    now = timezone.now()
    mandate = require_some_administrator(actor)
    user = User(
        username=unicodedata.normalize("NFC", username),
        full_name=clean_text(full_name, label=_("Họ và tên"), longest=120),
        position=clean_text(position, label=_("Chức vụ"), longest=200, required=False),
    )
    try:
        user.clean_fields(exclude=["password"])
        user.validate_unique()
        validate_password(password, user)
    except ValidationError as error:
        raise ValueRefusedError(
            _("Không tạo được tài khoản “%(username)s”.") % {"username": username},
            why=" ".join(error.messages),
        ) from error
    if hashed:
        user.password = hashed
    else:
        user.set_password(password)
    user.save()
    after = {"username": user.username, "full_name": user.full_name, "position": user.position}
    entry = Entry(STREAM, "person.created", f"user:{user.pk}", after=after)
    record(who=actor.who(mandate), entry=entry, at=now)
    return user


@transaction.atomic
def deactivate_person(*, actor: Actor, user_id: int) -> User:
    """Take a person's log-in and all mandates away at once; what they did stays.

    Raises NotAdministratorError unless the actor administers every unit at which the person
    ever held a role, ValueRefusedError for somebody who is inactive already.
    """
    now = timezone.now()
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    mandate = require_some_administrator(actor)
    for grant in user.grants.select_related("unit"):
        mandate = require_administrator(actor, grant.unit.path)
    if not user.is_active:
        raise ValueRefusedError(
            _("Tài khoản của %(name)s đã khóa từ trước.") % {"name": user.full_name}
        )
    user.is_active = False
    user.save(update_fields=["is_active"])
    entry = Entry(
        STREAM,
        "person.deactivated",
        f"user:{user.pk}",
        before={"is_active": True},
        after={"is_active": False},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return user
