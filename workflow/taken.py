"""Work that somebody at a desk has taken upon himself: his alone, where the campaign says so.

Until he puts it back, it is given to another, or a colleague takes it over (services.assigning),
which is an act with its event. It bars those who would do the very work; what others may do with
a nomination meanwhile, such as withdrawing it, is not theirs to bar.
"""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.models import Taken
from organisations.actors import Actor, Mandate
from workflow.errors_assigning import TakenByAnotherError
from workflow.models import Nomination, WorkItem


def load_taken(nominations: Sequence[Nomination]) -> None:
    """Put on each nomination who has taken its work, where that is his alone.

    One query; none where no campaign among them says so.
    """
    kept = [row.pk for row in nominations if row.dossier.occasion.campaign.taken == Taken.KEPT]
    if not kept:
        return
    work = WorkItem.objects.select_related("assignee").filter(
        nomination__in=kept, closed_at__isnull=True, assignee__isnull=False
    )
    found = {item.nomination_id: item for item in work}
    for row in nominations:
        row.taken_work = found.get(row.pk)


def require_free(actor: Actor, mandate: Mandate, nomination: Nomination) -> None:
    """Raise TakenByAnotherError where the work that a mandate is for is another person's.

    Who acts in the name of the one who took it does that one's work.
    """
    work = nomination.taken_work
    if work is None or work.assignee is None or work.role != mandate.role:
        return
    if work.assignee_id not in {actor.user_id, mandate.lender_id}:
        raise TakenByAnotherError(name=nomination.nominee.name, person=work.assignee.full_name)
