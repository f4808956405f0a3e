"""Notices and letters as tables, paginated; each costs the same queries however long it is."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from workflow.models import Mail, Notice


def _label(text: Any, css: str = "") -> dict[str, dict[str, Any]]:
    return {"td": {"data-label": text, "class": css}}


class NoticeTable(tables.Table):
    """What a person was told; what he has not read stands in bold."""

    kind = tables.Column(verbose_name=_("Loại"), orderable=False)
    about = tables.Column(
        verbose_name=_("Hồ sơ, phiên họp"), empty_values=(), orderable=False,
        attrs=_label(_("Hồ sơ, phiên họp")),
    )  # fmt: skip
    state = tables.Column(verbose_name=_("Bước"), orderable=False, attrs=_label(_("Bước")))
    count = tables.Column(
        verbose_name=_("Số đề nghị"), orderable=False, attrs=_label(_("Số đề nghị"), "numeric")
    )
    made_at = tables.DateTimeColumn(
        format="H:i d/m/Y", verbose_name=_("Lúc"), orderable=False, attrs=_label(_("Lúc"), "nowrap")
    )
    read = tables.TemplateColumn(
        template_name="workflow/notice_read.html", verbose_name="", orderable=False
    )

    class Meta:
        model = Notice
        fields: list[str] = []
        sequence = ("kind", "about", "state", "count", "made_at", "read")
        attrs = {"class": "table stack align-middle"}
        empty_text = _("Chưa có thông báo nào.")
        row_attrs = {"class": lambda record: "" if record.read_at else "fw-semibold"}

    def render_kind(self, record: Notice) -> SafeString:
        """Return the kind with its colour."""
        return format_html(
            '<span class="notice notice-{}">{}</span>', record.kind, record.get_kind_display()
        )

    def render_about(self, record: Notice) -> SafeString:
        """Return the code with a link to the dossier, or to the session."""
        page, key = ("dossier", record.dossier_id)
        if record.session_id is not None:
            page, key = ("council_session", record.session_id)
        return format_html(
            '<a class="mono" href="{}">{}</a>', reverse(page, args=[key]), record.code
        )

    def render_count(self, record: Notice) -> str:
        """Return of how many nominations; of a session it says nothing."""
        return str(record.count) if record.session_id is None else "—"

    def render_state(self, record: Notice) -> SafeString:
        """Return the step's name."""
        return format_html(
            '<span class="state state-{}">{}</span>', record.state, record.get_state_display()
        )


class MailTable(tables.Table):
    """Letters of the outbox."""

    subject = tables.Column(verbose_name=_("Tiêu đề"), orderable=False)
    user = tables.Column(
        accessor="user__full_name", verbose_name=_("Người nhận"), orderable=False,
        attrs=_label(_("Người nhận")),
    )  # fmt: skip
    address = tables.Column(verbose_name=_("Địa chỉ"), orderable=False, attrs=_label(_("Địa chỉ")))
    made_at = tables.DateTimeColumn(
        format="H:i d/m/Y", verbose_name=_("Lập lúc"), attrs=_label(_("Lập lúc"), "nowrap")
    )
    status = tables.Column(verbose_name=_("Tình trạng"), attrs=_label(_("Tình trạng")))

    class Meta:
        model = Mail
        fields: list[str] = []
        sequence = ("subject", "user", "address", "made_at", "status")
        attrs = {"class": "table stack align-middle"}
        empty_text = _("Không có thư nào.")

    def render_subject(self, record: Mail) -> SafeString:
        """Return the subject with a link to the letter."""
        address = reverse("outbox_mail", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, record.subject)

    def render_status(self, record: Mail) -> SafeString:
        """Return the status with its colour, and why where there is a reason."""
        return format_html(
            '<span class="state state-mail-{}">{}</span> <span class="text-quiet small">{}</span>',
            record.status,
            record.get_status_display(),
            record.note,
        )
