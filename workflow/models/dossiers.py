"""Dossiers and the nominations in them; a nomination's state lives here and nowhere else."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal
from campaigns.judging.verdicts import Verdict
from campaigns.models import AwardItem, Occasion, PriorityField, Regime, SubjectKind
from organisations.models import Unit
from workflow.authority import Hand
from workflow.models.nominees import Nominee
from workflow.states import FLOW_VERSION, State

if TYPE_CHECKING:
    from workflow.models.work_items import WorkItem


class Dossier(models.Model):
    """What one unit sends for one occasion to one deciding authority.

    A separate one per deciding authority: NĐ 98/2023/NĐ-CP, Mẫu 01, and NĐ 152/2025/NĐ-CP,
    Điều 33.11 ask for a separate tờ trình for each. `regime` is the law of the day it was received
    (Điều 60.3); only services.regimes.change_regime changes it. `unit` holds it now; `began_with`
    is the dissolved body that began it, set once it was handed over. `split_from` is the dossier
    that its nominations lay in before they were split off (services.splitting).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("mã hồ sơ"), max_length=120, unique=True)
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="dossiers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossiers")
    began_with = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers_begun",
        verbose_name=_("đơn vị lập ban đầu"),
    )
    split_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="split_off",
        verbose_name=_("tách từ hồ sơ"),
    )
    authority = models.CharField(_("cấp quyết định"), max_length=24)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("lập lúc"))
    received_at = models.DateTimeField(_("tiếp nhận lúc"), null=True, blank=True)
    regime = models.ForeignKey(
        Regime,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers",
        verbose_name=_("chế độ khen thưởng"),
    )

    class Meta:
        verbose_name = _("hồ sơ")
        verbose_name_plural = _("hồ sơ")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "occasion", "authority"],
                condition=Q(began_with__isnull=True, split_from__isnull=True),
                name="dossier_one_per_authority",
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "id"], name="dossier_newest")]

    def __str__(self) -> str:
        """Return the code that people quote."""
        return self.code

    @property
    def stream(self) -> str:
        """Return the name of this dossier's chain in the audit log."""
        return f"dossier:{self.pk}"


class Nomination(models.Model):
    """One nominee for one award form on one occasion.

    `state`, `resume_to` and `version` are written by workflow.engine alone.
    `past_awards` holds rows {"year", "form", "number", "issued_on", "issuer"}; `report` further
    parts of the achievement report by the field names of its template (docs/templates.md).
    `law_due_on` is until when the law gives the province, reckoned by services.law_days.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="nominations")
    nominee = models.ForeignKey(Nominee, models.PROTECT, related_name="nominations")
    award_item = models.ForeignKey(AwardItem, models.PROTECT, related_name="nominations")
    subject_kind = models.ForeignKey(SubjectKind, models.PROTECT, related_name="nominations")
    field = models.ForeignKey(
        PriorityField,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("lĩnh vực ưu tiên"),
    )
    state = models.CharField(_("trạng thái"), max_length=20, choices=State, default=State.DRAFT)
    resume_to = models.CharField(max_length=20, choices=State, blank=True)
    version = models.PositiveIntegerField(default=1)
    flow_version = models.PositiveSmallIntegerField(default=FLOW_VERSION)
    summary = models.CharField(_("tóm tắt thành tích"), max_length=500, blank=True)
    achievement = models.TextField(_("thành tích"), blank=True)
    past_awards = models.JSONField(_("đã được khen"), default=list, blank=True)
    report = models.JSONField(_("nội dung báo cáo"), default=dict, blank=True)
    law_due_on = models.DateField(_("hạn theo luật"), null=True, blank=True)
    created_at = models.DateTimeField(_("lập lúc"))
    changed_at = models.DateTimeField(_("thay đổi lúc"))
    changed_by = models.CharField(_("người thay đổi"), max_length=120)

    unmet: Mapping[str, Sequence[Verdict]] = MappingProxyType({})
    """What bars it at which move: no column, but what gating.load_unmet found."""
    limited: bool = False
    """Whether its campaign limits any step: no column, but what engine.load looked up."""
    notice_bars: Mapping[str, Refusal | None] = MappingProxyType({})
    """What of the public notice bars a "vote": what notice_gate.load_notice_bars found."""
    taken_work: WorkItem | None = None
    """Its open work that is somebody's alone: no column, but what taken.load_taken found."""
    namesakes: Sequence[str] | None = None
    """Accounts not yet told apart from the nominee: what persons.load_namesakes found."""
    hands: Mapping[Hand, frozenset[int]] | None = None
    """Whose hands were in it, by user id: no column, but what hands.load_hands found."""

    class Meta:
        verbose_name = _("đề nghị")
        verbose_name_plural = _("đề nghị")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nominee", "award_item"],
                condition=~Q(state="withdrawn"),
                name="nomination_no_twins",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="nomination_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["returned", "held"]) ^ Q(resume_to=""),
                name="nomination_remembers_where_it_was",
            ),
            # Not that changed_at is after created_at: a server's clock may be set back, and
            # people go on working. The log keeps the order (audit.chain).
            models.CheckConstraint(condition=Q(version__gte=1), name="nomination_goes_forward"),
        ]
        indexes = [models.Index(fields=["dossier", "state"], name="nomination_by_state")]

    def __str__(self) -> str:
        """Return the nominee, for logs."""
        return f"{self.nominee_id}"

    @property
    def subject(self) -> str:
        """Return what the audit log calls this nomination."""
        return f"nomination:{self.pk}"


class Drafter(models.Model):
    """Who wrote a draft or edited it; where that was delegated, also in whose name."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="drafters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafted")

    class Meta:
        verbose_name = _("người soạn")
        verbose_name_plural = _("người soạn")
        constraints = [
            models.UniqueConstraint(fields=["nomination", "user"], name="drafter_once"),
        ]

    def __str__(self) -> str:
        """Return the nomination's key, for logs."""
        return str(self.nomination_id)
