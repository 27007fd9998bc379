"""The whole catalogue as DCAT-US, at the address where its harvesters look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web import by_state
from ckanext.gpo.common.web.limited import limited
from ckanext.gpo.dataapi.federation import (
    DATASETS_ALONE,
    data_json,
    read_catalogue,
    read_dataset,
)

data_json_page = Blueprint("gpo_dataapi_data_json", __name__)

ROWS: Final = 1000
REVISION: Final = "1"
"""Of how it is written: another one makes what readers keep out of date."""


@data_json_page.route("/data.json")
@limited
def index() -> Response:
    """What is public; the same for every reader."""
    return by_state.answer(
        REVISION,
        lambda: jsonify(data_json(read_catalogue(), map(read_dataset, _datasets()))),
    )


def _datasets() -> Iterator[dict[str, Any]]:
    start, count = 0, 1
    while start < count:
        answer = tk.get_action("package_search")(
            {"user": ""},
            {"fq": DATASETS_ALONE, "sort": "id asc", "start": start, "rows": ROWS},
        )
        yield from answer["results"]
        start, count = start + ROWS, answer["count"]
