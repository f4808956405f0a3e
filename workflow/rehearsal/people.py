"""Who acts: the people of the loaded province, found by their roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from audit.errors import Refusal
from organisations.actors import Actor, actor_for
from organisations.models import Role, Unit
from organisations.queries import people_with_role


class NobodyError(Refusal):
    """A role that the round needs is held by nobody at the unit."""

    code = "ROLE_EMPTY"

    def __init__(self, role: Role, unit: Unit) -> None:
        super().__init__(
            _("Không thể diễn tập: thiếu người."),
            why=_("Không ai giữ vai trò “%(role)s” tại %(unit)s.")
            % {"role": role.label, "unit": unit.code},
            next_step=_("Hãy phân quyền hoặc sửa cột “Đơn vị đề nghị” trong danh sách."),
        )


class People:
    """Finds actors, each once."""

    def __init__(self, on: date) -> None:
        """Remember the day whose mandates count."""
        self._on = on
        self._found: dict[tuple[Role, Unit], Actor] = {}

    def at(self, unit: Unit, role: Role) -> Actor:
        """Return who holds the role himself at the unit, or raise NobodyError."""
        key = (role, unit)
        if key not in self._found:
            self._found[key] = self._find(role, unit)
        return self._found[key]

    def require_proposers(self, units: Iterable[Unit]) -> None:
        """Raise NobodyError where a unit of the list has no clerk or no head."""
        for unit in units:
            for role in (Role.UNIT_CLERK, Role.UNIT_HEAD):
                self.at(unit, role)

    def _find(self, role: Role, unit: Unit) -> Actor:
        for person in people_with_role(role, unit, self._on):
            actor = actor_for(person, self._on)
            own = [m for m in actor.mandates_as(role) if not m.on_behalf_of]
            if any(mandate.unit_id == unit.pk for mandate in own):
                return actor
        raise NobodyError(role, unit)
