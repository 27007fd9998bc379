"""A stock CKAN that harvests one source and prints what it has then, as JSON.

python stock_ckan.py INI NAME ADDRESS KIND CONFIG
"""

from __future__ import annotations

import json
import sys
from typing import Any

from ckan.cli import load_config
from ckan.config.middleware import make_app


def harvest(name: str, address: str, kind: str, config: str) -> dict[str, Any]:
    """Harvest a source, for the first time or again."""
    import ckan.plugins.toolkit as tk
    from ckan import model

    from ckanext.harvest.model import (
        HarvestGatherError,
        HarvestJob,
        HarvestObjectError,
    )
    from ckanext.harvest.queue import get_harvester
    from ckanext.harvest.tests.lib import run_harvest_job

    context = {"ignore_auth": True, "user": _site_user(tk)}
    try:
        source = tk.get_action("harvest_source_show")(dict(context), {"id": name})
    except tk.ObjectNotFound:
        tk.get_action("organization_create")(dict(context), {"name": "harvested"})
        source = tk.get_action("harvest_source_create")(
            dict(context),
            {
                "name": name,
                "title": name,
                "url": address,
                "source_type": kind,
                "config": config,
                "owner_org": "harvested",
            },
        )
    job = tk.get_action("harvest_job_create")(
        dict(context), {"source_id": source["id"]}
    )
    run_harvest_job(HarvestJob.get(job["id"]), get_harvester(kind))
    errors = [
        error.message
        for kind in (HarvestGatherError, HarvestObjectError)
        for error in model.Session.query(kind)
    ]
    names = tk.get_action("package_list")(dict(context), {})
    packages = [
        tk.get_action("package_show")(dict(context), {"id": name}) for name in names
    ]
    job = model.Session.query(HarvestJob).order_by(HarvestJob.created.desc()).first()
    return {
        "errors": errors,
        "objects": {each.guid: each.report_status for each in job.objects},
        "packages": [package for package in packages if package["type"] != "harvest"],
    }


def _site_user(tk: Any) -> str:
    return tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]


def main() -> None:
    ini, *source = sys.argv[1:]
    app = make_app(load_config(ini))._wsgi_app
    sys.stdout, printed = sys.stderr, sys.stdout
    with app.test_request_context():
        json.dump(harvest(*source), printed)


if __name__ == "__main__":
    main()
