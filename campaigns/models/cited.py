"""What every fact taken from a plan carries: where it stands in the paper."""

import uuid

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Cited(models.Model):
    """A fact of one campaign with the place it was read.

    `clause` is the paper's own heading ("Mục IV.2.b"), which is what a person quotes;
    `refs` are "source:line" marks, which is what a checker follows; `derived` holds the
    readings of whoever transcribed the paper and never a fact of it. `is_example` marks what no
    paper says: it was made up for a rehearsal, in an example regulation.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.CASCADE)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    clause = models.CharField(_("điều khoản"), max_length=120, blank=True)
    refs = models.JSONField(_("dòng nguồn"), default=list, blank=True)
    derived = models.JSONField(_("cách hiểu"), default=dict, blank=True)
    is_example = models.BooleanField(_("quy định ví dụ"), default=False)

    class Meta:
        abstract = True
        ordering = ["campaign_id", "position"]

    @property
    def place_read(self) -> str:
        """Return where the fact stands, as a person quotes it; the line where no clause is given."""
        if self.is_example:
            return gettext("quy định ví dụ, không có thật")
        if self.clause or not self.refs:
            return self.clause
        return gettext("nguồn không nêu điều khoản; dòng %(refs)s") % {"refs": ", ".join(self.refs)}
