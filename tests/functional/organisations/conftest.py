import pytest

from organisations.actors import Actor, actor_for
from organisations.models import Role, Unit, UnitType
from tests.organisation import TODAY, grant, person, unit


@pytest.fixture
def province(db: None) -> Unit:
    return unit("tinh", kind=UnitType.PEOPLES_COMMITTEE, place="Kiên Giang")


@pytest.fixture
def department(province: Unit) -> Unit:
    return unit("so", province, place="Kiên Giang")


@pytest.fixture
def admin(province: Unit) -> Actor:
    user = person("admin")
    grant(user, Role.ADMINISTRATOR, province)
    return actor_for(user, TODAY)
