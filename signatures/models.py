"""Who can sign with what, and what was signed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from documents.models import DocumentVersion, StoredFile
from organisations.models import Unit


class SignerKind(models.TextChoices):
    """A person signs; a body seals."""

    PERSON = "person", _("Chữ ký cá nhân")
    SEAL = "seal", _("Con dấu cơ quan")


class Signer(models.Model):
    """One certificate of one person or one body. Replaced by a new row, never deleted.

    The private key is not here: keys.py finds its file by the fingerprint.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("loại"), max_length=6, choices=SignerKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="signers"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="signers")
    subject = models.CharField(_("chủ thể chứng thư"), max_length=250)
    organisation = models.CharField(_("cơ quan"), max_length=250)
    certificate_pem = models.TextField(_("chứng thư số"))
    fingerprint = models.CharField(_("dấu vân tay SHA-256"), max_length=64, unique=True)
    not_before = models.DateTimeField(_("có hiệu lực từ"))
    not_after = models.DateTimeField(_("có hiệu lực đến"))
    active = models.BooleanField(_("đang dùng"), default=True)

    class Meta:
        verbose_name = _("chứng thư của người ký")
        verbose_name_plural = _("chứng thư của người ký")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=SignerKind.PERSON, user__isnull=False, unit__isnull=True)
                | Q(kind=SignerKind.SEAL, user__isnull=True, unit__isnull=False),
                name="signer_person_or_unit",
            ),
            models.CheckConstraint(
                condition=Q(not_after__gt=F("not_before")), name="signer_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$"), name="signer_fingerprint_shape"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(active=True), name="signer_one_active_a_user"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(active=True), name="signer_one_active_a_unit"
            ),
        ]

    def __str__(self) -> str:
        """Return the name that the certificate bears."""
        return self.subject


class Signature(models.Model):
    """One signature on one version; `signed_file` is the exact file that it made.

    order        1 for the first on the version; each later file contains the earlier ones whole
    signer_name  the name as it was on the day
    acting_as    in what office, and on whose delegation
    page, box    where its picture stands: page from 0; left, bottom, right, top in points
    event_id     the audit event written with it
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="signatures")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    signer = models.ForeignKey(Signer, models.PROTECT, related_name="signatures")
    kind = models.CharField(_("loại"), max_length=6, choices=SignerKind)
    signed_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="signatures")
    signed_at = models.DateTimeField(_("ký lúc"))
    signer_name = models.CharField(_("người ký"), max_length=250)
    acting_as = models.CharField(_("với tư cách"), max_length=400)
    fingerprint = models.CharField(_("dấu vân tay chứng thư"), max_length=64)
    page = models.PositiveIntegerField(_("trang"))
    box = models.JSONField(_("vị trí"))
    event_id = models.UUIDField(_("sự kiện"))

    class Meta:
        verbose_name = _("chữ ký")
        verbose_name_plural = _("chữ ký")
        ordering = ["version", "order"]
        constraints = [
            models.CheckConstraint(condition=Q(order__gte=1), name="signature_order_from_one"),
            models.CheckConstraint(
                condition=Q(kind__in=SignerKind.values), name="signature_kind_known"
            ),
            models.UniqueConstraint(fields=["version", "order"], name="signature_order_once"),
            models.UniqueConstraint(fields=["version", "kind"], name="signature_kind_once"),
        ]

    def __str__(self) -> str:
        """Return version and order, for logs."""
        return f"{self.version_id} · {self.order}"
