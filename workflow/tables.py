"""Lists as tables, paginated; each costs the same queries however long it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableQuerysetData

from audit.models import Event
from campaigns.judging.verdicts import Outcome
from campaigns.models import Decider
from workflow.errors_rules import OUTCOME_WORDS
from workflow.models import Dossier, Nomination, WorkItem
from workflow.pages.due import by_due, due_cell, with_next_due
from workflow.pages.judging import worst_outcomes
from workflow.pages.trail import told
from workflow.pages.wording import act_text
from workflow.registered import Comparison
from workflow.states import State

PAGE = 50


def state_badge(nomination: Nomination) -> SafeString:
    """Return a state with its colour."""
    return format_html(
        '<span class="state state-{}">{}</span>', nomination.state, nomination.get_state_display()
    )


class NameColumn(tables.Column):
    """The nominee with a link to the nomination."""

    def render(self, value: Nomination) -> SafeString:
        """Return the link."""
        address = reverse("nomination", args=[value.pk])
        return format_html('<a href="{}">{}</a>', address, value.nominee.name)


class ChoiceColumn(tables.Column):
    """A box to choose a nomination by, at the version that is shown."""

    chooses = "item"

    @property
    def header(self) -> SafeString:
        """Return the box that chooses the whole page (ui/static/ui/js/ui.js)."""
        return format_html(
            '<input class="form-check-input" type="checkbox" data-check-all="{}" aria-label="{}">',
            self.chooses,
            gettext("Chọn tất cả trên trang này"),
        )

    def render(self, value: Nomination) -> SafeString:
        """Return the box, named for screen readers by the nominee."""
        return self.box(f"{value.pk}:{value.version}", value.nominee.name)

    def box(self, value: str, name: str) -> SafeString:
        """Return a box with a value, named for screen readers."""
        return format_html(
            '<input class="form-check-input" type="checkbox" name="{}" value="{}" aria-label="{}">',
            self.chooses,
            value,
            name,
        )


class DossierChoiceColumn(ChoiceColumn):
    """A box to choose a dossier by."""

    chooses = "dossier"

    def render(self, record: Dossier) -> SafeString:  # type: ignore[override]
        """Return the box, named for screen readers by the code."""
        return self.box(str(record.pk), record.code)


def _label(text: Any, css: str = "") -> dict[str, dict[str, Any]]:
    return {"td": {"data-label": text, "class": css}}


class InboxTable(tables.Table):
    """Work that waits for somebody, longest waiting first."""

    choose = ChoiceColumn(accessor="nomination", orderable=False)
    name = NameColumn(
        accessor="nomination", verbose_name=_("Đối tượng"), order_by="nomination__nominee__name"
    )
    form = tables.Column(
        accessor="nomination__award_item__form__name",
        verbose_name=_("Hình thức"),
        attrs=_label(_("Hình thức")),
    )
    unit = tables.Column(
        accessor="unit_name",
        verbose_name=_("Đơn vị đề nghị"),
        order_by="dossier__unit__path",
        attrs=_label(_("Đơn vị đề nghị")),
    )
    occasion = tables.Column(
        accessor="nomination__dossier__occasion__title",
        verbose_name=_("Đợt xét"),
        order_by="dossier__occasion__title",
        attrs=_label(_("Đợt xét")),
    )
    state = tables.Column(
        accessor="nomination", verbose_name=_("Trạng thái"), order_by="state",
        attrs=_label(_("Trạng thái")),
    )  # fmt: skip
    since = tables.Column(
        accessor="opened_at", verbose_name=_("Chờ từ"), attrs=_label(_("Chờ từ"), "nowrap")
    )
    due = tables.Column(
        accessor="due_on", verbose_name=_("Hạn"), attrs=_label(_("Hạn")), empty_values=()
    )
    assignee = tables.Column(
        accessor="assignee__full_name",
        verbose_name=_("Người xử lý"),
        attrs=_label(_("Người xử lý")),
        default="—",
    )

    class Meta:
        model = WorkItem
        fields: list[str] = []
        sequence = (
            "choose", "name", "form", "unit", "occasion", "state", "since", "due", "assignee",
        )  # fmt: skip
        attrs = {"class": "table stack align-middle"}
        empty_text = _("Không có việc nào đang chờ anh/chị.")
        order_by = ()

    def render_state(self, value: Nomination) -> SafeString:
        """Return the badge."""
        return state_badge(value)

    def render_due(self, record: WorkItem) -> SafeString:
        """Return the last day and how it stands."""
        return due_cell(record.due_on, record.soon_on, record.due_by)

    def order_due(
        self,
        rows: QuerySet[WorkItem],
        is_descending: bool,  # noqa: FBT001 - django_tables2 passes it so
    ) -> tuple[QuerySet[WorkItem], bool]:
        """Order by the last day, work without one last."""
        return by_due(rows, "due_on", descending=is_descending), True

    def render_since(self, record: WorkItem) -> SafeString:
        """Return the day it came and for how long it has waited."""
        opened = timezone.localtime(record.opened_at)
        days = (timezone.localdate() - opened.date()).days
        waited = gettext("hôm nay")
        if days:
            waited = ngettext("%(days)d ngày", "%(days)d ngày", days) % {"days": days}
        return format_html('{} <span class="text-quiet">({})</span>', f"{opened:%d/%m/%Y}", waited)


class NominationTable(tables.Table):
    """Nominations wherever they stand."""

    name = NameColumn(empty_values=(), verbose_name=_("Đối tượng"), order_by="nominee__name")
    form = tables.Column(
        accessor="award_item__form__name",
        verbose_name=_("Hình thức"),
        attrs=_label(_("Hình thức")),
    )
    subject = tables.Column(
        accessor="subject_kind__name", verbose_name=_("Nhóm"), attrs=_label(_("Nhóm"))
    )
    state = tables.Column(verbose_name=_("Trạng thái"), attrs=_label(_("Trạng thái")))
    outcome = tables.Column(
        empty_values=(), orderable=False, verbose_name=_("Đối chiếu"), attrs=_label(_("Đối chiếu"))
    )
    changed_at = tables.DateTimeColumn(
        format="H:i d/m/Y", verbose_name=_("Thay đổi"), attrs=_label(_("Thay đổi"), "nowrap")
    )

    registered = tables.Column(
        empty_values=(),
        verbose_name=_("Đăng ký"),
        attrs=_label(_("Đăng ký")),
        orderable=False,
    )

    class Meta:
        model = Nomination
        fields: list[str] = []
        sequence = (
            "name",
            "form",
            "subject",
            "registered",
            "state",
            "outcome",
            "changed_at",
        )
        attrs = {"class": "table stack align-middle"}
        empty_text = _("Chưa có đề nghị nào.")

    def __init__(
        self, *args: Any, registered: Mapping[UUID, Comparison] | None = None, **kwargs: Any
    ) -> None:
        """Show the column of registrations only where the movement has a round of them."""
        self.registered = registered or {}
        hidden = () if self.registered else ("registered",)
        super().__init__(*args, exclude=hidden, **kwargs)

    def render_name(self, record: Nomination) -> SafeString:
        """Return the link."""
        return NameColumn().render(record)

    def render_state(self, record: Nomination) -> SafeString:
        """Return the badge."""
        return state_badge(record)

    @cached_property
    def _outcomes(self) -> dict[UUID, Outcome]:
        """Return the worst outcomes of the page that is shown; the same queries for any number."""
        shown = [row.record for row in self.paginated_rows]
        return worst_outcomes(shown, timezone.now())

    def render_outcome(self, record: Nomination) -> SafeString:
        """Return the worst outcome, with a link to the verdicts; a dash where no rule applies."""
        outcome = self._outcomes.get(record.pk)
        if outcome is None:
            return format_html("—")
        return format_html(
            '<a class="outcome outcome-{}" href="{}">{}</a>',
            outcome.value,
            reverse("verdicts", args=[record.pk]),
            OUTCOME_WORDS[outcome],
        )

    def render_registered(self, record: Nomination) -> SafeString:
        """Return whether it was registered, and marked where it differs, the finding on hovering."""
        found = self.registered.get(record.pk)
        if found is None:
            return format_html("–")
        text = gettext("có") if found.registered else gettext("không")
        if found.registered and found.differs:
            text = gettext("khác hình thức")
        css = "overdue" if found.differs else ""
        return format_html('<span class="{}" title="{}">{}</span>', css, found.words, text)


class DossierTable(tables.Table):
    """Dossiers with how far their nominations have come."""

    choose = DossierChoiceColumn(accessor="pk", orderable=False)
    code = tables.Column(verbose_name=_("Mã hồ sơ"))
    unit = tables.Column(
        accessor="unit_name",
        verbose_name=_("Đơn vị"),
        order_by="unit__path",
        attrs=_label(_("Đơn vị")),
    )
    occasion = tables.Column(
        accessor="occasion__title", verbose_name=_("Đợt xét"), attrs=_label(_("Đợt xét"))
    )
    authority = tables.Column(
        verbose_name=_("Cấp quyết định"), attrs=_label(_("Cấp quyết định")), orderable=False
    )
    nominations = tables.Column(
        accessor="nomination_count",
        verbose_name=_("Số đề nghị"),
        orderable=False,
        attrs={"td": {"class": "numeric", "data-label": _("Số đề nghị")}},
    )
    received_at = tables.DateTimeColumn(
        format="d/m/Y", verbose_name=_("Tiếp nhận"), attrs=_label(_("Tiếp nhận"), "nowrap")
    )
    due = tables.Column(
        accessor="next_due",
        verbose_name=_("Hạn gần nhất"),
        attrs=_label(_("Hạn gần nhất")),
        empty_values=(),
    )

    class Meta:
        model = Dossier
        fields: list[str] = []
        sequence = (
            "choose", "code", "unit", "occasion", "authority", "nominations", "received_at", "due",
        )  # fmt: skip
        attrs = {"class": "table stack align-middle"}
        empty_text = _("Không có hồ sơ nào.")

    def render_code(self, record: Dossier) -> SafeString:
        """Return the link."""
        return format_html(
            '<a class="mono" href="{}">{}</a>', reverse("dossier", args=[record.pk]), record.code
        )

    def render_due(self, record: Dossier) -> SafeString:
        """Return the nearest last day of its open work and how it stands."""
        return due_cell(record.next_due, record.next_soon, record.next_by or "")  # type: ignore[attr-defined]

    def order_due(
        self,
        rows: QuerySet[Dossier],
        is_descending: bool,  # noqa: FBT001 - django_tables2 passes it so
    ) -> tuple[QuerySet[Dossier], bool]:
        """Order by the nearest last day, dossiers without one last."""
        return by_due(with_next_due(rows), "next_due", descending=is_descending), True

    def render_authority(self, record: Dossier) -> str:
        """Return who decides, in the reader's language."""
        return authority_text(record)


def authority_text(dossier: Dossier) -> str:
    """Return who decides a dossier, in the reader's language."""
    return str(Decider(dossier.authority).label)


class EventTable(tables.Table):
    """Events of the log, as the auditor reads them."""

    at = tables.DateTimeColumn(
        format="H:i:s d/m/Y", verbose_name=_("Lúc"), attrs=_label(_("Lúc"), "nowrap")
    )
    seq = tables.Column(verbose_name=_("Thứ tự"), attrs=_label(_("Thứ tự"), "numeric"))
    action = tables.Column(verbose_name=_("Việc"), attrs=_label(_("Việc")))
    name = tables.Column(verbose_name=_("Người làm"), attrs=_label(_("Người làm")))
    data = tables.Column(verbose_name=_("Nội dung"), attrs=_label(_("Nội dung")), orderable=False)
    hash = tables.Column(
        verbose_name=_("Mã băm"), attrs=_label(_("Mã băm"), "mono nowrap"), orderable=False
    )

    class Meta:
        model = Event
        fields: list[str] = []
        sequence = ("at", "seq", "action", "name", "data", "hash")
        attrs = {"class": "table stack"}
        empty_text = _("Không có sự kiện nào.")

    def render_action(self, record: Event) -> SafeString:
        """Return the act in the reader's language, with a link to its dossier's trail."""
        kind, _colon, key = record.stream.partition(":")
        if kind != "dossier":
            return format_html("{}", act_text(record.action))
        address = reverse("trail", args=[key])
        return format_html('<a href="{}">{}</a>', address, act_text(record.action))

    def render_name(self, record: Event) -> SafeString:
        """Return who, as what, and for whom."""
        event = told([record])[0]
        parts = [part for part in (event.office, record.on_behalf_of) if part]
        return format_html(
            '{}<div class="text-quiet small">{}</div>', record.name, "; ".join(parts)
        )

    def render_data(self, record: Event) -> SafeString:
        """Return the facts worth reading, and the change of state where there is one."""
        lines = [(label, value) for label, value in told([record])[0].details]
        before, after = record.before.get("state"), record.after.get("state")
        if after and before != after:
            change = " → ".join(state_text(state) for state in (before, after) if state)
            lines.append((gettext("Trạng thái"), change))
        return format_html_join("", "<div>{}: {}</div>", lines)

    def render_hash(self, value: str) -> SafeString:
        """Return the beginning, the whole on hovering."""
        return format_html('<span title="{}">{}…</span>', value, value[:12])


def state_text(state: str) -> str:
    """Return a state's name; the word itself where the table knows it no more."""
    return str(State(state).label) if state in State.values else state


class KeysFirst(TableQuerysetData):
    """Rows of which only the keys are put in order, and only a page's are read in full.

    A list of a hundred thousand is sorted, skipped and counted without what its lines show.
    """

    def __init__(
        self,
        rows: QuerySet[Any],
        in_full: Callable[[QuerySet[Any]], QuerySet[Any]],
        total: int | None = None,
    ) -> None:
        """Take the rows.

        in_full  what gives rows all that a line shows
        total    how many there are, where that is known
        """
        super().__init__(rows)
        self._in_full = in_full
        self._length = total

    def __getitem__(self, key: slice) -> list[Any]:
        """Return a page, in two queries."""
        keys = list(self.data.values_list("pk", flat=True)[key])
        rows = self.data.model.objects.filter(pk__in=keys)
        found = {row.pk: row for row in self._in_full(rows)}
        return [found[one] for one in keys if one in found]


def paged(table: tables.Table, request: Any) -> tables.Table:
    """Return the table on the page that was asked for; a page that is not there is the nearest."""
    tables.RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    return table
