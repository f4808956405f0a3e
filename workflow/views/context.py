"""What every page shows around its content: who is here, as what, and the main sections."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.actors import Actor, Mandate
from organisations.models import Role
from workflow.archives import READERS as ARCHIVE_READERS
from workflow.pages.console import READERS as CONSOLE_READERS
from workflow.pages.notices import KEEPERS as OUTBOX_KEEPERS
from workflow.pages.offers import Movement, open_movements
from workflow.pages.registers import KEEPERS
from workflow.pages.registrations import READERS as REGISTRATION_READERS
from workflow.pages.templates import READERS as TEMPLATE_READERS
from workflow.pages.trails import READERS
from workflow.pages.units import READERS as UNIT_READERS
from workflow.permissions import CONSULTING_ROLES
from workflow.session_access import READERS as COUNCIL_READERS
from workflow.views.acting import actor_of, counts_of, unread_of


@dataclass(frozen=True)
class MenuItem:
    """One section of the product; `count` is shown beside it where there is something to do."""

    label: str
    url: str
    icon: str
    here: bool
    count: int = 0


@dataclass(frozen=True)
class MenuGroup:
    """Sections under one button; `here` where the page is in one of them."""

    label: str
    icon: str
    items: list[MenuItem]
    here: bool


@dataclass(frozen=True)
class _Section:
    """A section, and the roles that see it; none named: everybody."""

    url_name: str
    label: Promise
    icon: str
    roles: frozenset[str] = frozenset()


CONSULTATION_READERS: Final = frozenset[str]().union(*CONSULTING_ROLES.values())
"""Who asks other bodies and puts lists up."""
_WORK = (
    _Section("inbox", gettext_lazy("Việc cần làm"), "inbox"),
    _Section("dossiers", gettext_lazy("Hồ sơ"), "folder2-open"),
    _Section(
        "registrations", gettext_lazy("Đăng ký thi đua"), "pencil-square", REGISTRATION_READERS
    ),
    _Section("figures", gettext_lazy("Số liệu hằng năm"), "list"),
    _Section("jobs", gettext_lazy("Văn bản đang tạo"), "file-earmark-text"),
)
_REVIEW = (
    _Section("councils", gettext_lazy("Hội đồng"), "people", COUNCIL_READERS),
    _Section(
        "consultations", gettext_lazy("Ý kiến, công khai"), "question-circle", CONSULTATION_READERS
    ),
    _Section("bulk_list", gettext_lazy("Việc hàng loạt"), "list"),
)
_RULES = (
    _Section("campaigns", gettext_lazy("Phong trào"), "hand-thumbs-up"),
    _Section("regimes", gettext_lazy("Chế độ khen thưởng"), "bank"),
    _Section("process", gettext_lazy("Sơ đồ quy trình"), "list"),
    _Section("units", gettext_lazy("Đơn vị"), "people", UNIT_READERS),
    _Section("authority", gettext_lazy("Bảng thẩm quyền"), "shield-check"),
    _Section("paper_templates", gettext_lazy("Mẫu văn bản"), "file-earmark-word", TEMPLATE_READERS),
)
_RECORDS = (
    _Section("waits", gettext_lazy("Đang chờ ở đâu"), "hourglass-split"),
    _Section("decisions", gettext_lazy("Tiền thưởng"), "award"),
    _Section("archive", gettext_lazy("Nộp lưu"), "folder-plus", ARCHIVE_READERS),
    _Section("registers", gettext_lazy("Sổ văn bản đi"), "journal-text", KEEPERS),
    _Section("console", gettext_lazy("Việc bị tắc"), "exclamation-triangle", CONSOLE_READERS),
    _Section("trails", gettext_lazy("Kiểm tra nhật ký"), "shield-check", READERS),
    _Section("outbox", gettext_lazy("Thư gửi đi"), "send", OUTBOX_KEEPERS),
)
_GROUPS = (
    (gettext_lazy("Xét duyệt"), "people", _REVIEW),
    (gettext_lazy("Danh mục"), "bank", _RULES),
    (gettext_lazy("Tra cứu"), "search", _RECORDS),
)


class Desk:
    """The person's desk, asked for only by the pages that show it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _actor(self) -> Actor | None:
        return actor_of(self._request) if self._request.user.is_authenticated else None

    @cached_property
    def offices(self) -> list[str]:
        """Return the offices the person acts in today, own before delegated."""
        return [office_text(mandate) for mandate in self._actor.mandates] if self._actor else []

    @cached_property
    def _movements(self) -> list[Movement]:
        return open_movements()

    @property
    def movement(self) -> str:
        """Return the names of the movements that are open."""
        return "; ".join(movement.name for movement in self._movements)

    @property
    def examples(self) -> list[Movement]:
        """Return the open movements that stand on an example regulation."""
        return [movement for movement in self._movements if movement.is_example]

    @cached_property
    def unread(self) -> int:
        """Return how many notices the person has not read."""
        return unread_of(self._request) if self._actor is not None else 0

    @cached_property
    def reads_units(self) -> bool:
        """Return whether the person sees the section of units."""
        return self._actor is not None and bool(self._actor.mandates_as(*UNIT_READERS))

    @cached_property
    def menu(self) -> list[MenuItem]:
        """Return the sections of this person's daily work, with what waits in the first."""
        return self._seen(_WORK)

    @cached_property
    def groups(self) -> list[MenuGroup]:
        """Return the other sections this person sees, under what they are for."""
        found = [(label, icon, self._seen(sections)) for label, icon, sections in _GROUPS]
        return [
            MenuGroup(str(label), icon, items, any(item.here for item in items))
            for label, icon, items in found
            if items
        ]

    def _seen(self, sections: tuple[_Section, ...]) -> list[MenuItem]:
        if self._actor is None:
            return []
        held = {mandate.role for mandate in self._actor.mandates}
        return [self._item(one) for one in sections if not one.roles or one.roles & held]

    def _item(self, section: _Section) -> MenuItem:
        url = reverse(section.url_name)
        match = self._request.resolver_match
        here = match is not None and match.url_name == section.url_name
        count = sum(counts_of(self._request).values()) if section.url_name == "inbox" else 0
        return MenuItem(str(section.label), url, section.icon, here, count)


def office_text(mandate: Mandate) -> str:
    """Return “role, unit”, and for whom where it is delegated."""
    office = _("%(role)s, %(unit)s") % {
        "role": Role(mandate.role).label,
        "unit": mandate.unit_name,
    }
    if not mandate.on_behalf_of:
        return office
    return _("%(office)s (thay %(name)s)") % {"office": office, "name": mandate.on_behalf_of}


def desk(request: HttpRequest) -> dict[str, Any]:
    """Context processor; costs nothing until a template asks."""
    return {"desk": Desk(request)}
