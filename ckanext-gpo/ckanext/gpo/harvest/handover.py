"""Where ckanext-harvest's records meet our sources, and a candidate meets the gate."""

from __future__ import annotations

import json
from typing import Any, cast

from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.gpo.common import tables
from ckanext.harvest.model import HarvestObject, HarvestSource

from . import config
from .candidate import SUFFIX
from .failures import HarvestError
from .sources import Source


def find_source(harvest_source: HarvestSource, kind: str) -> Source:
    """The source that a harvest source names.

    Its kind and department are the YAML's, else an editor of one department could
    have another's tables harvested under his own name.

    :raises HarvestError: `source-unknown`, `source-invalid` or `source-not-its-own`
    """
    name = json.loads(harvest_source.config or "{}").get("source", "")
    source = config.sources().get(name)
    package = model.Package.get(harvest_source.id)
    owner = model.Group.get(package.owner_org) if package else None
    department = owner.name if owner else "-"
    for reason, actual, expected in (
        ("other-kind", kind, source.kind),
        ("other-department", department, source.organization),
    ):
        if actual != expected:
            raise HarvestError(
                "source-not-its-own",
                source=name,
                reason=reason,
                found=actual,
                wanted=expected,
            )
    return source


def submit(harvest_object: HarvestObject) -> dict[str, Any]:
    """Hand the fetched candidate to the gate; what was kept of it goes.

    :returns: the version, see `gpo_quality_version_submit`
    :raises HarvestError: `candidate-gone`, `dataset-missing`, `dataset-withdrawn` or
        `gate-refused`
    """
    fetched = json.loads(harvest_object.content or "{}")
    path = config.spool() / f"{harvest_object.id}{SUFFIX}"
    if not path.is_file() or "table" not in fetched:
        raise HarvestError("candidate-gone", place=harvest_object.guid)
    dataset = tables.table(fetched["table"]).dataset_name
    source_name = harvest_object.guid.partition(":")[0]
    try:
        with path.open("rb") as stream:
            version = tk.get_action("gpo_quality_version_submit")(
                {"ignore_auth": True, "user": site_user()},
                {
                    "dataset": dataset,
                    "upload": FileStorage(stream, fetched["origin"]["label"]),
                    "source": source_name,
                    "origin": fetched["origin"],
                    "declaration": fetched.get("declaration", {}),
                },
            )
    except tk.ObjectNotFound as err:
        raise HarvestError(
            "dataset-missing", dataset=dataset, place=fetched["table"]
        ) from err
    except tk.ValidationError as err:
        if err.error_dict.get("code") == ["dataset-withdrawn"]:
            raise HarvestError(
                "dataset-withdrawn", dataset=dataset, place=fetched["table"]
            ) from err
        raise HarvestError(
            "gate-refused", place=fetched["table"], reason=_sentences(err)
        ) from err
    finally:
        path.unlink()
    _make_current(harvest_object, dataset)
    return version


def site_user() -> str:
    """The name of the user that works in the background."""
    return tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]


def context() -> Context:
    """What an action of ckanext-harvest runs in: as the site's user, whatever is asked."""
    # ckanext-harvest still looks for "model", which CKAN's type no longer knows
    return cast(
        "Context",
        {
            "model": model,
            "session": model.Session,
            "user": site_user(),
            "ignore_auth": True,
        },
    )


def _make_current(harvest_object: HarvestObject, dataset: str) -> None:
    """The one object that now stands for the table.

    :raises HarvestError: `dataset-missing`, purged meanwhile
    """
    package = model.Package.get(dataset)
    if package is None:
        raise HarvestError("dataset-missing", dataset=dataset, place=dataset)
    model.Session.query(HarvestObject).filter(
        HarvestObject.guid == harvest_object.guid,
        HarvestObject.current.is_(True),
        HarvestObject.id != harvest_object.id,
    ).update({"current": False}, synchronize_session=False)
    harvest_object.current = True
    harvest_object.package_id = package.id
    model.Session.add(harvest_object)
    model.Session.commit()


def _sentences(err: tk.ValidationError) -> str:
    summary = err.error_summary or err.error_dict
    return "; ".join(f"{key}: {value}" for key, value in summary.items())
