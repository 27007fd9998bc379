"""The pages of charts: one to read, and one for the frames of others."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.datasets import find_dataset
from ckanext.gpo.common.web.framing import allow_framing

from . import chart as page

gpo_chart = Blueprint("gpo_chart", __name__)


@gpo_chart.route("/dataset/<id>/chart")
def chart(id: str) -> Response:
    """A chart of a dataset's table, chosen by the query string."""
    return _answer("gpo_explore/chart.html", id)


@gpo_chart.route("/dataset/<id>/chart/embed")
def embed(id: str) -> Response:
    """The same alone, which any site may show in a frame."""
    allow_framing()
    return _answer("gpo_explore/chart_embed.html", id)


def _answer(template: str, id_: str) -> Response:
    pkg = find_dataset(id_)
    if pkg["type"] != "dataset":
        return tk.abort(404, tk._("There is no public dataset at this address."))
    try:
        content = page.content(pkg, tk.request.args)
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("No rows of this dataset are published."))
    except tk.ValidationError as error:
        refused = {"pkg": pkg, "messages": _messages(error.error_dict)}
        return make_response(tk.render("gpo_explore/chart_refused.html", refused), 400)
    return make_response(tk.render(template, content))


def _messages(errors: dict[str, Any]) -> list[str]:
    """What is wrong with the filters, in words."""
    return [
        message
        for messages in errors.values()
        if isinstance(messages, list)
        for message in messages
    ]
