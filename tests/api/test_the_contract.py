"""The OpenAPI document says of every operation what holds for all."""

import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import spectacular_settings

from backend.api.scopes import SCOPES


@pytest.fixture(scope="module")
def document():
    found = SchemaGenerator().get_schema(request=None, public=True)
    assert spectacular_settings.POSTPROCESSING_HOOKS
    return found


def operations(document):
    for address, path in document["paths"].items():
        for method, operation in path.items():
            yield address, method, operation


def test_every_way_in_is_described(document):
    schemes = document["components"]["securitySchemes"]
    scopes = schemes["oauth2"]["flows"]["authorizationCode"]["scopes"]
    assert list(scopes) == list(SCOPES)
    asked = [
        (name, scope)
        for _, _, operation in operations(document)
        for one in operation["security"]
        for name, needed in one.items()
        for scope in needed or [""]
    ]
    assert {name for name, _ in asked} == set(schemes)
    assert {scope for _, scope in asked if scope} == set(SCOPES)


def test_conditions_are_described(document):
    """Whatever can be read has an ETag, and can be changed on the condition that it is still so."""
    for address, method, operation in operations(document):
        names = [one.get("$ref", "") for one in operation.get("parameters", [])]
        said = {name.rpartition("/")[2] for name in names if name}
        readable = "get" in document["paths"][address]
        wanted = {"get": "IfNoneMatch", "post": None}.get(method, "IfMatch" if readable else None)
        assert said == ({wanted} if wanted else set()), (address, method)
        if method == "get":
            assert "ETag" in operation["responses"]["200"]["headers"]
            assert "304" in operation["responses"]
