"""Rules that a campaign adds to its plan, the moves they bar, and the rules of law."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.cited import Cited

_IN_ORDER = Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class CampaignRule(Cited):
    """One rule of the campaign's file: which predicate, told what (docs/verdicts.md).

    `items`, `forms` and `subjects` name by key what it is for; empty means all. `basis` is the
    text it stands on. Decimals and days in `params` are kept as text.
    """

    key = models.SlugField(_("mã"), max_length=80)
    words = models.TextField(_("quy định"))
    predicate = models.CharField(_("phép kiểm tra"), max_length=40)
    params = models.JSONField(_("tham số"), default=dict, blank=True)
    asks = models.JSONField(_("dữ kiện hỏi thêm"), default=list, blank=True)
    items = models.JSONField(_("mục khen thưởng"), default=list, blank=True)
    forms = models.JSONField(_("hình thức"), default=list, blank=True)
    subjects = models.JSONField(_("đối tượng"), default=list, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=600, blank=True)
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta(Cited.Meta):
        verbose_name = _("quy tắc của phong trào")
        verbose_name_plural = _("quy tắc của phong trào")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="campaign_rule_key_once"),
            models.CheckConstraint(condition=_IN_ORDER, name="campaign_rule_dates_in_order"),
        ]

    def __str__(self) -> str:
        """Return the rule's words."""
        return self.words


class Gate(Cited):
    """The rules that must be met before a nomination may make a move."""

    move = models.CharField(_("bước"), max_length=40)
    rules = models.JSONField(_("quy tắc phải đạt"), default=list)

    class Meta(Cited.Meta):
        verbose_name = _("chốt kiểm tra")
        verbose_name_plural = _("chốt kiểm tra")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "move"], name="gate_once_per_move"),
        ]

    def __str__(self) -> str:
        """Return the move's name."""
        return self.move


class LawRule(models.Model):
    """One rule of law on awards, with its clause and the days on which its text applies.

    regimes   how well the text is known to apply under each regime, as [{regime, mark}]; under a
              regime that is not named the rule does not exist
    levels, kinds, forms   the levels of award, kinds of nominee and names of forms that it is
              for; empty means all
    """

    key = models.SlugField(_("mã"), max_length=60, unique=True)
    words = models.TextField(_("quy định"))
    predicate = models.CharField(_("phép kiểm tra"), max_length=40)
    params = models.JSONField(_("tham số"), default=dict, blank=True)
    asks = models.JSONField(_("dữ kiện hỏi thêm"), default=list, blank=True)
    levels = models.JSONField(_("cấp khen"), default=list, blank=True)
    kinds = models.JSONField(_("loại đối tượng"), default=list, blank=True)
    forms = models.JSONField(_("hình thức"), default=list, blank=True)
    regimes = models.JSONField(_("chế độ và mức tin cậy"), default=list)
    clause = models.CharField(_("điều khoản"), max_length=120)
    source = models.CharField(_("văn bản"), max_length=250)
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("quy định pháp luật")
        verbose_name_plural = _("quy định pháp luật")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="law_rule_dates_in_order"),
        ]

    def __str__(self) -> str:
        """Return the rule's words."""
        return self.words
