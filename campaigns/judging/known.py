"""What a campaign's own rows say of a nomination before anybody enters a fact."""

from __future__ import annotations

from collections.abc import Iterable

from campaigns.judging.facts import Fact, Value
from campaigns.judging.from_plan import Origin
from campaigns.judging.wording import day_words
from campaigns.models import AwardItem, Campaign, Kind, PlanDocument, SubjectKind
from campaigns.spelling import words

_ENTERPRISES = (words("doanh nghiệp"), words("hợp tác xã"))
_ABROAD = words("định cư ở nước ngoài")


def origin_of(campaign: Campaign, documents: Iterable[PlanDocument]) -> Origin:
    """Return how the plan is cited: its latest dated document, else the campaign's name."""
    dated = [(day, paper) for paper in documents if (day := paper.effective or paper.date)]
    if not dated:
        return Origin(f"{campaign.name} (chưa có số, ngày của kế hoạch)", None)
    day, paper = max(dated, key=lambda pair: pair[0])
    said = " ".join(filter(None, (paper.type, paper.number)))
    return Origin(f"{said} ngày {day_words(paper.date or day)}", day)


def known_facts(item: AwardItem, subject: SubjectKind, origin: Origin) -> dict[str, Fact]:
    """Return the facts that follow from the campaign, the award and the category."""
    values: dict[str, Value] = {
        "nominee.subject": subject.key,
        "nominee.kind": subject.kind,
        "award.type": "chuyen_de",
        "movement.launched_by": "province",
    }
    if origin.since is not None:
        values["movement.since"] = origin.since
    said = words(subject.name)
    if subject.kind != Kind.COLLECTIVE:
        values["nominee.enterprise"] = False
    elif any(enterprise <= said for enterprise in _ENTERPRISES):
        values["nominee.enterprise"] = True
    if said >= _ABROAD:
        values["nominee.foreign"] = True
    source = f"{origin.source}; {item.clause}" if item.clause else origin.source
    return {key: Fact(key, value, source) for key, value in values.items()}
