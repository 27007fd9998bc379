"""Every operation with made-up parameters: no 500, no answer outside its schema.

Schemathesis reads the OpenAPI document as any client does. Places of the path are filled
with what there is as often as with what there is not, so that calls come past the look-up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.effort import times

from ...conftest import Gate
from .conftest import BASE, NAME, PLACES

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

EXAMPLES = times(30, nightly=1_000)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("document", ["openapi.json", f"datasets/{NAME}/openapi.json"])
def test_no_call_is_answered_otherwise_than_described(
    app: Any,
    published: Gate,
    tally: Callable[[str], Counter[str]],
    document: str,
    mode: GenerationMode,
):
    statuses = tally("Schemathesis")
    schema = schemathesis.openapi.from_wsgi(f"{BASE}/{document}", app.flask_app)

    for described in schema.get_all_operations():
        _try(described.ok(), mode, statuses)


def _try(operation: Any, mode: GenerationMode, statuses: Counter[str]) -> None:
    cases = operation.as_strategy(generation_mode=mode)
    places = st.sets(st.sampled_from(sorted(PLACES)), max_size=len(PLACES))

    @settings(
        max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], database=None
    )
    @given(case=cases, real=places)
    def call(case: Any, real: set[str]) -> None:
        for name in real & (case.path_parameters or {}).keys():
            case.path_parameters[name] = PLACES[name]
        # WSGI's client unpacks nothing
        response = case.call(headers={"Accept-Encoding": "identity"})
        statuses[str(response.status_code)] += 1
        case.validate_response(response, checks=CHECKS)

    call()
