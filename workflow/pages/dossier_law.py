"""The card of a dossier's law: its regime and who changed it, sets, forms, channel, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import Event
from campaigns.models import AwardForm, Decider, Regime, SetCount, Topic
from campaigns.regimes import form_keys, regime_on
from campaigns.sayings import RegimeSayings, Said, provision_said, sayings_of
from organisations.actors import Actor
from workflow.engine import desk_paths
from workflow.models import Decision, Dossier
from workflow.permissions import mandate_for
from workflow.services.regimes import MAY_CHANGE, missing_regime
from workflow.states import Desk

PAPERS = ("to_trinh", "bao_cao_chuyen_de")
"""The papers of a movement's dossier that a regime may have a form for."""


@dataclass(frozen=True)
class Changed:
    """Who gave the dossier another regime than that of its day, when, from which, and why."""

    name: str
    at: datetime
    before: str
    reason: str


@dataclass(frozen=True)
class Line:
    """One thing the law or the plan says of this dossier; `asked`: what is asked for by name."""

    label: str
    said: Said | None
    asked: str = ""


@dataclass(frozen=True)
class DossierLaw:
    """The card; `gap`: why the dossier stands under no regime."""

    regime: Regime | None
    provisional: bool
    gap: str
    changed: Changed | None
    lines: Sequence[Line]
    decisions: Sequence[Decision]
    may_change: bool


def dossier_law(actor: Actor, dossier: Dossier) -> DossierLaw:
    """Return the card. Before its receipt a dossier is shown the regime of today, as such."""
    today = timezone.localdate()
    received = timezone.localdate(dossier.received_at) if dossier.received_at else None
    pinned = Regime.objects.filter(pk=dossier.regime_id).first() if dossier.regime_id else None
    regime = pinned if received else regime_on(today)
    said = sayings_of([regime])[0] if regime else None
    return DossierLaw(
        regime=regime,
        provisional=received is None,
        gap="" if regime else missing_regime(received or today),
        changed=_changed(dossier) if dossier.regime_id else None,
        lines=list(_lines(dossier, said)) if said else [],
        decisions=list(
            Decision.objects.filter(
                items__awarded=True, items__nomination__dossier=dossier
            ).distinct()
        ),
        may_change=received is not None and _may_change(actor, dossier),
    )


def _may_change(actor: Actor, dossier: Dossier) -> bool:
    campaign_id = dossier.occasion.campaign_id
    path = desk_paths([campaign_id]).get(campaign_id, {}).get(Desk.APPRAISAL)
    return mandate_for(actor, Desk.APPRAISAL, MAY_CHANGE, path) is not None


def _changed(dossier: Dossier) -> Changed | None:
    event = (
        Event.objects.filter(stream=dossier.stream, action="dossier.regime_changed")
        .order_by("-seq")
        .first()
    )
    if event is None:
        return None
    before = Regime.objects.filter(key=event.before.get("regime", "")).first()
    reason = str(event.data.get("reason", ""))
    return Changed(event.name, event.at, before.name if before else _("chưa có"), reason)


def _lines(dossier: Dossier, said: RegimeSayings) -> Iterator[Line]:
    given = dossier.nominations.values("award_item__form")
    forms = {form.pk: form for form in AwardForm.objects.filter(pk__in=given).order_by("position")}
    keys = form_keys(forms.values())
    for pk, form in forms.items():
        for topic in (Topic.SETS, Topic.COMPONENT):
            label = _("%(topic)s, %(form)s") % {"topic": topic.label, "form": form.name}
            yield _line(label, said, topic, keys[pk], form.name)
    for planned in SetCount.objects.filter(form__in=forms.keys()).select_related("form"):
        label = _("Số bộ theo kế hoạch, %(form)s") % {"form": planned.award}
        value = _("%(number)02d bộ") % {"number": planned.sets}
        yield Line(label, Said("", value, planned.clause, mark="S", source=planned.text))
    for paper in PAPERS:
        yield _line("", said, Topic.FORM_NUMBER, paper, paper)
    if dossier.authority in {Decider.PRIME_MINISTER, Decider.PRESIDENT}:
        yield _line(str(Topic.CHANNEL.label), said, Topic.CHANNEL, "centre", "")


def _line(label: str, said: RegimeSayings, topic: Topic, key: str, about: str) -> Line:
    row = said.provision(topic, key)
    one = provision_said(row) if row else None
    if not label:
        label = _("Mẫu số, %(paper)s") % {"paper": one.name if one else about}
    asked = f"{label} ({said.regime.name})"
    if one is None or not one.value:
        return Line(label, None, asked)
    return Line(label, one, "" if one.relied_upon else asked)
