"""What a reader may know of: one place that says so, for every door.

A record that a reader may not see is, for that reader, not there: the answer is that of a
name that never existed. CKAN's permission labels decide, as they do for the search.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.lib.plugins import get_permission_labels
from ckan.types import Context

from ckanext.gpo.common.web.actions import reader_context


def visible_packages(context: Context, ids: Iterable[str]) -> set[str]:
    """Ids of those packages that the reader may see."""
    rows = model.Session.scalars(
        sa.select(model.Package).where(model.Package.id.in_(list(ids)))
    )
    return _ids(context, rows)


def visible_tags(context: Context, names: Iterable[str]) -> set[str]:
    """Names of those tags that stand at a package which the reader may see."""
    rows = model.Session.execute(
        sa.select(model.Tag.name, model.Package)
        .join(model.PackageTag, model.PackageTag.tag_id == model.Tag.id)
        .join(model.Package, model.Package.id == model.PackageTag.package_id)
        .where(
            model.Tag.name.in_(list(names)),
            model.PackageTag.state == model.State.ACTIVE,
        )
    ).all()
    visible = _ids(context, {package for _, package in rows})
    return {name for name, package in rows if package.id in visible}


def sees_members(context: Context, group_id: str) -> bool:
    """Whether the reader may know who works in a department or for a domain."""
    return _sees_all(context) or authz.has_user_permission_for_group_or_org(
        group_id, context.get("user"), "read"
    )


def without_hidden(context: Context, kind: str, call: dict[str, Any]) -> dict[str, Any]:
    """The same call, with an id that never existed in the place of a hidden one.

    :param kind: what `id` names: package, group, user or activity
    """
    names = {key: call[key] for key in ("id", "id2") if isinstance(call.get(key), str)}
    hidden = [key for key, name in names.items() if _is_hidden(context, kind, name)]
    return {**call, **{key: str(uuid4()) for key in hidden}}


def _is_hidden(context: Context, kind: str, name: str) -> bool:
    reader = tk.fresh_context(context)
    try:
        tk.check_access(f"{kind}_show", reader, {"id": name, "include_data": False})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return True
    return False


def refuse_confirmation() -> None:
    """Whether to delete a dataset is asked of those who may; CKAN asks every reader.

    :raises NotAuthorized: the reader may see the dataset, but not delete it
    """
    args = tk.request.view_args or {}
    if (tk.request.endpoint or "").endswith(".delete") and "package_type" in args:
        try:
            tk.check_access("package_show", reader_context(), {"id": args["id"]})
        except (tk.NotAuthorized, tk.ObjectNotFound):
            return  # CKAN says that there is nothing
        tk.check_access("package_delete", reader_context(), {"id": args["id"]})


def _ids(context: Context, packages: Iterable[model.Package]) -> set[str]:
    if _sees_all(context):
        return {package.id for package in packages}
    labels = get_permission_labels()
    own = set(labels.get_user_dataset_labels(_reader(context)))
    return {p.id for p in packages if own & set(labels.get_dataset_labels(p))}


def _reader(context: Context) -> Any:
    return context.get("auth_user_obj") or model.User.get(context.get("user") or "")


def _sees_all(context: Context) -> bool:
    return bool(context.get("ignore_auth")) or authz.is_sysadmin(context.get("user"))
