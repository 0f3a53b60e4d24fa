import pytest

from tests.accounts.journey import Browser, register
from tests.factories import make_person


@pytest.fixture
def maker(db):
    """Who registers apps."""
    return make_person("Mo Maker")


@pytest.fixture
def walker(db):
    """Who lets them in."""
    return make_person("Wanda Walker", time_zone="Europe/Berlin")


@pytest.fixture
def makers_browser(maker):
    return Browser().sign_in(maker)


@pytest.fixture
def browser(walker):
    return Browser().sign_in(walker)


@pytest.fixture
def app(makers_browser):
    """A public app that registered profile:read and progress:read."""
    return register(makers_browser)
