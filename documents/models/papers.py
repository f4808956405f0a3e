"""Documents and their immutable versions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.files import StoredFile
from documents.models.registers import RegisterEntry
from documents.models.templates import TemplateVersion
from organisations.models import Unit


class DocumentKind(models.TextChoices):
    """Where a document's bytes come from."""

    GENERATED = "generated", _("Tạo từ mẫu")
    UPLOADED = "uploaded", _("Tải lên")
    ASSEMBLED = "assembled", _("Hồ sơ ghép")


class Document(models.Model):
    """One paper of a dossier, whatever its versions.

    subject       what it is about, e.g. "dossier:<uuid>"; plain text, because papers know no
                  nomination (docs/architecture.md)
    stream        the chain of events that its acts are recorded in
    signer_user   who is to sign it; seal_unit whose seal goes on it; NULL: nobody signs it
    mark          a line at the foot of every page, of every version; "" for none
    requested_by  plain values of the person who asked (audit Who), as they were
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("nguồn"), max_length=10, choices=DocumentKind)
    template_key = models.SlugField(_("mã mẫu"), max_length=60, blank=True)
    title = models.TextField(_("tên văn bản"))
    subject = models.CharField(max_length=120)
    stream = models.CharField(max_length=120)
    body = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="documents")
    register_entry = models.ForeignKey(
        RegisterEntry, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    signer_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents_to_sign",
    )
    seal_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="documents_to_seal"
    )
    mark = models.CharField(_("dấu ở chân trang"), max_length=120, blank=True)
    requested_by = models.JSONField(_("người yêu cầu"), default=dict)
    created_at = models.DateTimeField(_("tạo lúc"))

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["subject", "created_at"], name="document_by_subject"),
            models.Index(fields=["stream"], name="document_by_stream"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="document_kind_known"
            ),
            models.CheckConstraint(
                condition=(Q(kind=DocumentKind.GENERATED) & ~Q(template_key=""))
                | (~Q(kind=DocumentKind.GENERATED) & Q(template_key="")),
                name="document_generated_has_template",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="document_has_title"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class VersionStatus(models.TextChoices):
    """The life of a version; a person sees each of these."""

    REQUESTED = "requested", _("Chờ tạo")
    RUNNING = "running", _("Đang tạo")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Không tạo được")


class Stage(models.TextChoices):
    """How far a version has come, for the person who waits."""

    WAITING = "waiting", _("Đang xếp hàng")
    RENDERING = "rendering", _("Đang điền mẫu")
    CONVERTING = "converting", _("Đang chuyển sang PDF")
    ASSEMBLING = "assembling", _("Đang ghép hồ sơ")
    FINISHED = "finished", _("Kết thúc")


class DocumentVersion(models.Model):
    """One making of a document: what went in, frozen, and the files that came out.

    values           plain JSON, NFC; with the template's bytes it fixes the paper's bytes
    sources          where parts of the values were taken from, in the words of the room that asked
                     for the paper: plain JSON that this room keeps and does not read
    idempotency_key  SHA-256 of document, template and values: asking twice makes one version
    claimed_by       host, process and start time of the worker that has it (documents.claims)
    job_id           the queue's id of the job last started for it
    docx             may be there although the status is failed: the .docx is offered even where
                     no PDF can be made of it
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("lần"))
    status = models.CharField(
        _("trạng thái"), max_length=10, choices=VersionStatus, default=VersionStatus.REQUESTED
    )
    stage = models.CharField(_("bước"), max_length=12, choices=Stage, default=Stage.WAITING)
    template_version = models.ForeignKey(
        TemplateVersion, models.PROTECT, null=True, blank=True, related_name="document_versions"
    )
    values = models.JSONField(default=dict)
    sources = models.JSONField(default=list)
    values_sha256 = models.CharField(max_length=64)
    must_contain = models.JSONField(default=list)
    idempotency_key = models.CharField(max_length=64, unique=True)
    docx = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="versions_as_docx"
    )
    pdf = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="versions_as_pdf"
    )
    upload = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="versions_as_upload"
    )
    upload_name = models.CharField(_("tên tệp"), max_length=150, blank=True)
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("số lần thử"), default=0)
    claimed_by = models.CharField(max_length=120, blank=True)
    job_id = models.CharField(max_length=40, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    error_text = models.TextField(blank=True)
    requested_at = models.DateTimeField(_("yêu cầu lúc"))
    started_at = models.DateTimeField(_("bắt đầu lúc"), null=True, blank=True)
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("bản văn bản")
        verbose_name_plural = _("bản văn bản")
        ordering = ["document", "number"]
        indexes = [
            models.Index(
                fields=["status", "requested_at"],
                condition=Q(status__in=[VersionStatus.REQUESTED, VersionStatus.RUNNING]),
                name="version_unfinished",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=VersionStatus.values), name="version_status_known"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
            models.CheckConstraint(
                condition=~Q(status=VersionStatus.RUNNING)
                | (Q(started_at__isnull=False) & ~Q(claimed_by="")),
                name="version_running_is_claimed",
            ),
            models.CheckConstraint(
                condition=~Q(status=VersionStatus.DONE)
                | (
                    Q(finished_at__isnull=False, error_code="")
                    & (Q(pdf__isnull=False) | Q(upload__isnull=False))
                ),
                name="version_done_has_file",
            ),
            models.CheckConstraint(
                condition=(Q(status=VersionStatus.FAILED) & ~Q(error_code=""))
                | (~Q(status=VersionStatus.FAILED) & Q(error_code="")),
                name="version_failed_has_reason",
            ),
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
        ]

    def __str__(self) -> str:
        """Return document and number, for logs."""
        return f"{self.document_id} #{self.number}"


class DossierPart(models.Model):
    """One paper inside an assembled dossier, in its place.

    note         stands below the title in the contents: number and date, who signed
    signed_file  the signed PDF: shown instead of the part's own, and attached unchanged
    """

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField(_("thứ tự"))
    part = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="in_dossiers")
    title = models.TextField(_("tên trong mục lục"))
    note = models.TextField(_("ghi chú trong mục lục"), blank=True)
    signed_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="dossier_parts"
    )

    class Meta:
        verbose_name = _("thành phần hồ sơ ghép")
        verbose_name_plural = _("thành phần hồ sơ ghép")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="dossier_part_place_once"),
            models.UniqueConstraint(fields=["version", "part"], name="dossier_part_once"),
        ]

    def __str__(self) -> str:
        """Return place and title, for logs."""
        return f"{self.number}. {self.title}"
