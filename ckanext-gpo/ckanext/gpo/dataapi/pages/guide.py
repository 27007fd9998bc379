"""The page about the API: real calls on what is really published."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.web.calls import action_call, examples


def content(context: Context) -> dict[str, Any]:
    """The variables of `gpo_dataapi/guide.html`.

    The examples name the dataset published last; without any, only the calls that need
    no dataset are shown.
    """
    site = tk.config["ckan.site_url"]
    datasets = tk.get_action("package_search")(
        tk.fresh_context(context),
        {"rows": 1, "sort": "metadata_modified desc", "fq": "dataset_type:dataset"},
    )["results"]
    pkg = next(iter(datasets), None)
    steps = [
        *(
            {"title": example.title, "call": action_call(site, example.action, {})}
            for example in examples()
        ),
        {
            "title": tk._("Find datasets"),
            "call": action_call(
                site, "package_search", {"q": pkg["title"] if pkg else "*:*", "rows": 3}
            ),
        },
    ]
    if pkg:
        steps.append(
            {
                "title": tk._("One dataset with its metadata and downloads"),
                "call": action_call(site, "package_show", {"id": pkg["name"]}),
            }
        )
        steps += [
            {
                "title": tk._("Rows of its table"),
                "call": action_call(
                    site,
                    "datastore_search",
                    {"resource_id": resource["id"], "limit": 5},
                ),
            }
            for resource in pkg["resources"][:1]
        ]
    return {"steps": steps, "pkg": pkg, "site_url": site}
