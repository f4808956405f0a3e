"""How long a step may take, as an office has set it for a campaign."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, ClockUnit
from workflow.states import State

NAMED_BY_THE_ACT: Final = (State.RETURNED, State.HELD)
"""States whose last day the act itself names: a return its deadline, a hold its review."""


class StepLimit(models.Model):
    """How long nominations of a campaign may stay in a state, and when somebody is reminded.

    An office's own, with the document that sets it; the product brings none. `soon` and
    `escalate` are days before and after the last day, of the same kind as `length`; without
    `escalate` the head is never told. In the states of NAMED_BY_THE_ACT there is no length.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="step_limits")
    state = models.CharField(_("bước"), max_length=20, choices=State)
    length = models.PositiveSmallIntegerField(_("thời hạn"), null=True, blank=True)
    unit = models.CharField(_("đơn vị tính"), max_length=13, choices=ClockUnit)
    soon = models.PositiveSmallIntegerField(_("nhắc trước"), default=0)
    escalate = models.PositiveSmallIntegerField(_("báo thủ trưởng sau"), null=True, blank=True)
    source = models.CharField(_("văn bản"), max_length=250)
    version = models.PositiveIntegerField(default=1)
    set_by = models.CharField(_("người đặt"), max_length=120)
    set_at = models.DateTimeField(_("đặt lúc"))

    class Meta:
        verbose_name = _("thời hạn của bước")
        verbose_name_plural = _("thời hạn của các bước")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "state"], name="step_limit_once"),
            models.CheckConstraint(
                condition=Q(state__in=NAMED_BY_THE_ACT, length__isnull=True)
                | (~Q(state__in=NAMED_BY_THE_ACT) & Q(length__gte=1)),
                name="step_limit_has_length",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=ClockUnit.values), name="step_limit_unit_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the state, for events."""
        return self.state


class StepMedian(models.Model):
    """How long nominations of a campaign have stayed in a state, of those that left it last.

    `cases` nominations were measured; half of them took at most `seconds`, all their stretches
    in the state together. Written by a job once a day.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="step_medians")
    state = models.CharField(_("bước"), max_length=20, choices=State)
    cases = models.PositiveIntegerField(_("số đề nghị"))
    seconds = models.PositiveIntegerField(_("trung vị (giây)"))
    reckoned_at = models.DateTimeField(_("tính lúc"))

    class Meta:
        verbose_name = _("thời gian từng bước")
        verbose_name_plural = _("thời gian từng bước")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "state"], name="step_median_once"),
            models.CheckConstraint(condition=Q(cases__gte=1), name="step_median_counts"),
        ]

    def __str__(self) -> str:
        """Return the state, for logs."""
        return self.state
