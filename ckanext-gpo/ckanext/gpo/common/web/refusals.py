"""Problem details as answers, and the titles of all codes, which the plugins bring."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.gpo.common import problems
from ckanext.gpo.common.problems import Problem


class IProblemCodes(p.Interface):
    """A plugin that refuses calls of the REST API with codes of its own."""

    def problem_codes(self) -> Mapping[str, str]:
        """Code → what it says in general, in the language of the present request."""
        return {}


def titles() -> dict[str, str]:
    """What every code says."""
    collected: dict[str, str] = {}
    for plugin in p.PluginImplementations(IProblemCodes):
        collected |= plugin.problem_codes()
    return collected


def is_problem_address() -> bool:
    """Whether refusals of this request have to be problem details."""
    return request.path.startswith(problems.ADDRESSES)


def respond(problem: Problem) -> Response:
    """The answer to a request that is refused."""
    response = Response(
        problem.text(tk.config["ckan.site_url"]),
        status=problem.status,
        content_type=problems.MEDIA_TYPE,
    )
    response.headers["Content-Language"] = tk.h.lang().replace("_", "-")
    return response
