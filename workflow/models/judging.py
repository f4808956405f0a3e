"""What a nomination was held against: facts as entered, verdicts as given, rules overruled.

All three are added to and never rewritten: an inspector reads years later what was known, by
which rules it was judged, and who decided otherwise.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.judging.verdicts import Outcome
from campaigns.models import Regime
from workflow.models.dossiers import Nomination


class FactKind(models.TextChoices):
    """What sort of value a rule asks for (campaigns.judging.rules.AskedFact)."""

    PERCENT = "percent", _("tỷ lệ (%)")
    MONEY = "money", _("số tiền (đồng)")
    COUNT = "count", _("số lượng")
    YES_NO = "yes_no", _("có hoặc không")
    DATE = "date", _("ngày")
    TEXT = "text", _("nội dung")
    DOCUMENT = "document", _("văn bản")


class FactEntry(models.Model):
    """One value of one fact, as somebody entered it; the newest counts, the others stay.

    `value` is the plain form of its kind: a decimal with a point, "yes" or "no", an ISO date, or
    text as typed; "none" where it is known that there is none; empty where the value before it
    was taken back. `source` is the document or
    the words that it rests on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="fact_entries")
    key = models.CharField(_("dữ kiện"), max_length=120)
    label = models.TextField(_("tên dữ kiện"))
    kind = models.CharField(_("loại"), max_length=10, choices=FactKind)
    value = models.CharField(_("giá trị"), max_length=1000, blank=True)
    source = models.CharField(_("nguồn"), max_length=500)
    entered_by = models.CharField(_("người nhập"), max_length=120)
    entered_role = models.CharField(_("vai trò"), max_length=24)
    entered_at = models.DateTimeField(_("nhập lúc"))

    class Meta:
        verbose_name = _("dữ kiện")
        verbose_name_plural = _("dữ kiện")
        ordering = ["entered_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FactKind.values), name="fact_kind_known"),
            models.CheckConstraint(condition=~Q(source=""), name="fact_has_source"),
        ]
        indexes = [
            models.Index(fields=["nomination", "key", "-entered_at"], name="fact_newest"),
        ]

    def __str__(self) -> str:
        """Return the key with its value, for logs."""
        return f"{self.key}={self.value}"


class Judgement(models.Model):
    """The verdicts on one nomination at one time, with the facts they used.

    `digest` is that of the rules as data (campaigns.judging.judge.digest); `outcome` the worst
    of the verdicts. `verdicts` and `facts` are written by workflow.judgements.plain.
    """

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="judgements")
    judged_at = models.DateTimeField(_("đối chiếu lúc"))
    judged_by = models.CharField(_("người đối chiếu"), max_length=120)
    regime = models.ForeignKey(
        Regime, models.PROTECT, null=True, blank=True, related_name="judgements"
    )
    rules_on = models.DateField(_("quy định có hiệu lực ngày"))
    digest = models.CharField(max_length=64)
    outcome = models.CharField(_("kết quả"), max_length=10)
    verdicts = models.JSONField(_("kết quả từng tiêu chuẩn"))
    facts = models.JSONField(_("dữ kiện đã dùng"))

    class Meta:
        verbose_name = _("lần đối chiếu tiêu chuẩn")
        verbose_name_plural = _("lần đối chiếu tiêu chuẩn")
        ordering = ["-judged_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]),
                name="judgement_outcome_known",
            ),
        ]
        indexes = [
            models.Index(fields=["nomination", "-judged_at", "-id"], name="judgement_newest"),
        ]

    def __str__(self) -> str:
        """Return the worst outcome, for logs."""
        return self.outcome


class Overrule(models.Model):
    """One rule set aside for one nomination by an authorised person, or put back (`stands`).

    The newest row of a rule counts, and only while the rule still reads as it did: `rule_digest`
    is the digest of that one rule, so that an amended rule has to be overruled anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="overrules")
    rule = models.CharField(_("tiêu chuẩn"), max_length=120)
    rule_digest = models.CharField(max_length=64)
    words = models.TextField(_("nội dung tiêu chuẩn"))
    clause = models.CharField(_("căn cứ"), max_length=250, blank=True)
    outcome = models.CharField(_("kết quả đối chiếu"), max_length=10)
    stands = models.BooleanField(_("chấp thuận khác kết quả"))
    reason = models.CharField(_("lý do"), max_length=1000)
    by = models.CharField(_("người quyết định"), max_length=120)
    position = models.CharField(_("chức vụ"), max_length=200, blank=True)
    role = models.CharField(_("vai trò"), max_length=24)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("chấp thuận khác kết quả đối chiếu")
        verbose_name_plural = _("chấp thuận khác kết quả đối chiếu")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="overrule_has_reason"),
        ]
        indexes = [models.Index(fields=["nomination", "rule", "-at"], name="overrule_newest")]

    def __str__(self) -> str:
        """Return the rule, for logs."""
        return self.rule
