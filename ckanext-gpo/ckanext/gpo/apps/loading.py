"""Apps out of a file: samples, or what an older registry held.

Each takes the way of every other app: its builder registers and submits it, a reviewer who
is somebody else approves it, and all checks hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import ckan.plugins.toolkit as tk
from ckan import model

from .model import App


def load(
    entries: Iterable[dict[str, Any]], folder: Path, *, builder: str, reviewer: str
) -> Iterator[tuple[str, str]]:
    """Register each and publish it, but for those that the builder has already.

    :param entries: the parameters of `gpo_apps_registration_update`, with `pictures`: paths
        in `folder`. A link without a host is one of this site
    :param builder: name of the account that registers them
    :param reviewer: name of the account that approves them
    :returns: title → `published` or `unchanged`, as it goes
    :raises ValidationError: what an entry lacks; those before it stay
    """
    titles = _titles(builder)
    for entry in entries:
        if entry["title"] in titles:
            yield entry["title"], "unchanged"
            continue
        _publish(entry, folder, builder, reviewer)
        yield entry["title"], "published"


def _titles(builder: str) -> set[str]:
    account = model.User.get(builder)
    apps = model.Session.query(App).filter_by(owner=account.id if account else "")
    return {app.content.get("title", "") for app in apps}


def _publish(entry: dict[str, Any], folder: Path, builder: str, reviewer: str) -> None:
    content = {name: value for name, value in entry.items() if name != "pictures"}
    if "link" in content:
        content["link"] = urljoin(tk.config["ckan.site_url"], content["link"])
    app = _call("gpo_apps_registration_create", builder, **content)["id"]
    for picture in entry.get("pictures", []):
        with (folder / picture).open("rb") as stream:
            _call("gpo_apps_file_add", builder, id=app, kind="picture", upload=stream)
    _call("gpo_apps_registration_submit", builder, id=app)
    _call("gpo_apps_registration_review", reviewer, id=app)
    _call("gpo_apps_registration_decide", reviewer, id=app, decision="approved")


def _call(action: str, account: str, **data_dict: Any) -> dict[str, Any]:
    return tk.get_action(action)({"user": account}, data_dict)
