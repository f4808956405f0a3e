"""What happens to an award after its decision: facts in it are mended, or it is taken back."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from workflow.models.decisions import Decision
from workflow.models.dossiers import Nomination


class Ground(models.TextChoices):
    """Why an award is revoked: the four cases of Luật 06/2022/QH15, Điều 93, khoản 2."""

    FRAUD = "a", _("Gian dối trong việc kê khai công trạng, thành tích")
    FALSE_PAPERS = "b", _("Cung cấp thông tin sai sự thật hoặc làm giả hồ sơ, giấy tờ")
    UNLAWFUL = "c", _("Thẩm định, xét, duyệt, đề nghị trái quy định của pháp luật")
    FAULT_FOUND = "d", _("Có kết luận, quyết định, bản án về vi phạm, khuyết điểm")


class Revocation(models.Model):
    """One award taken back, by which paper, and what is to be given back and was.

    ground      one of the law's four cases
    finding     the conclusion or judgement that it rests on, as a paper cites it
    money       in đồng, what had been granted; None where no amount had been reckoned
    items       what else is to come back: the certificate, a badge
    due_on      the last day for both; None where no checked text gives one, then `due_words` is
                what is missing, else the clause
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="revocation")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="revocations")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="revocations"
    )
    notation = models.CharField(_("số, ký hiệu"), max_length=60)
    issued_on = models.DateField(_("ngày ban hành"))
    issuer = models.CharField(_("cơ quan ban hành"), max_length=250)
    ground = models.CharField(_("trường hợp"), max_length=1, choices=Ground)
    reason = models.CharField(_("lý do"), max_length=1000)
    finding = models.CharField(_("căn cứ kết luận"), max_length=500)
    money = models.PositiveBigIntegerField(_("tiền thưởng thu hồi (đồng)"), null=True, blank=True)
    items = models.CharField(_("hiện vật thu hồi"), max_length=250, blank=True)
    due_on = models.DateField(_("hạn nộp lại"), null=True, blank=True)
    due_words = models.CharField(_("căn cứ của hạn"), max_length=500, blank=True)
    money_back_on = models.DateField(_("ngày nhận lại tiền"), null=True, blank=True)
    items_back_on = models.DateField(_("ngày nhận lại hiện vật"), null=True, blank=True)

    class Meta:
        verbose_name = _("hủy bỏ khen thưởng")
        verbose_name_plural = _("hủy bỏ khen thưởng")
        ordering = ["-issued_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=Ground.values), name="revocation_ground_known"
            ),
            models.CheckConstraint(
                condition=Q(money_back_on__isnull=True) | Q(money_back_on__gte=F("issued_on")),
                name="revocation_money_comes_after",
            ),
            models.CheckConstraint(
                condition=Q(items_back_on__isnull=True) | Q(items_back_on__gte=F("issued_on")),
                name="revocation_items_come_after",
            ),
        ]

    def __str__(self) -> str:
        """Return the notation that papers quote."""
        return self.notation

    @property
    def settled(self) -> bool:
        """Return whether everything that was to come back has come."""
        return not (self.money and self.money_back_on is None) and not (
            self.items and self.items_back_on is None
        )


class Mending(models.TextChoices):
    """By which paper a decision is mended (NĐ 30/2020/NĐ-CP, Điều 18, khoản 3)."""

    CONTENT = "content", _("sai nội dung: quyết định sửa đổi")
    FORM = "form", _("sai thể thức, trình bày: công văn đính chính")


class MendedFact(models.TextChoices):
    """What of an awardee a decision may have had wrong."""

    NAME = "name", _("Tên")
    BIRTH_DATE = "birth_date", _("Ngày sinh")
    POSITION = "position", _("Chức vụ")
    WORKPLACE = "workplace", _("Đơn vị công tác")
    ADDRESS = "address", _("Địa chỉ")


class Correction(models.Model):
    """One thing in a decision mended after it was issued, with the paper that says so.

    fact  of the awardee, for an error in the content; "" for one in the form, `place` says where
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="corrections")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="corrections")
    document = models.ForeignKey(Document, models.PROTECT, related_name="corrections")
    mending = models.CharField(_("cách sửa"), max_length=7, choices=Mending)
    fact = models.CharField(_("nội dung"), max_length=10, choices=MendedFact, blank=True)
    place = models.CharField(_("chỗ được sửa"), max_length=250)
    before = models.CharField(_("đã ghi"), max_length=500)
    after = models.CharField(_("sửa lại"), max_length=500)
    reason = models.CharField(_("lý do"), max_length=1000)
    made_at = models.DateTimeField(_("lúc"))
    made_by = models.CharField(_("người quyết định"), max_length=120)

    class Meta:
        verbose_name = _("sửa đổi, đính chính")
        verbose_name_plural = _("sửa đổi, đính chính")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mending="form", fact="")
                | Q(mending="content", fact__in=MendedFact.values),
                name="correction_says_what",
            ),
        ]

    def __str__(self) -> str:
        """Return what was mended, for logs."""
        return f"{self.place}: {self.before} → {self.after}"


class ReissueReason(models.TextChoices):
    """Why a certificate is given anew."""

    LOST = "lost", _("cấp lại do mất")
    DAMAGED = "damaged", _("cấp đổi do hư hỏng")
    CORRECTED = "corrected", _("cấp đổi do sửa đổi thông tin")


class Reissue(models.Model):
    """A certificate given anew, under the decision and the golden-book number of the first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="reissues")
    document = models.ForeignKey(Document, models.PROTECT, related_name="reissues")
    why = models.CharField(_("vì sao"), max_length=9, choices=ReissueReason)
    reason = models.CharField(_("lý do"), max_length=1000)
    made_at = models.DateTimeField(_("lúc"))
    made_by = models.CharField(_("người quyết định"), max_length=120)

    class Meta:
        verbose_name = _("cấp lại, cấp đổi")
        verbose_name_plural = _("cấp lại, cấp đổi")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=ReissueReason.values), name="reissue_reason_known"
            ),
        ]

    def __str__(self) -> str:
        """Return why, for logs."""
        return self.why
