"""The operations of the REST API that show projects and enterprises. Pure."""

from __future__ import annotations

from ckanext.gpo.common.rest import parameters as p
from ckanext.gpo.common.rest.operations import Operation
from ckanext.gpo.common.types import Translate


def operations(_: Translate) -> list[Operation]:
    return [
        Operation(
            name="project_show",
            path="projects/{code}",
            action="gpo_explore_project_show",
            tag="subjects",
            summary=_("A project: what all departments published of it"),
            answer="Project",
            parameters=(
                p.name("code", _("Project code, as 2017-320402-48-01-500001")),
            ),
        ),
        Operation(
            name="enterprise_show",
            path="enterprises/{code}",
            action="gpo_explore_enterprise_show",
            tag="subjects",
            summary=_("An enterprise: what all departments published of it"),
            answer="Enterprise",
            parameters=(p.name("code", _("Unified social credit code")),),
        ),
    ]
