"""The dataset of an address, or a page that says why it is not there."""

from __future__ import annotations

from typing import Any

from flask import abort, g
from werkzeug.wrappers import Response

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from .actions import reader_context


class IMissingDataset(p.Interface):
    """A plugin that knows what became of datasets."""

    def missing_dataset_page(self, id_: str) -> Response | None:
        """What a reader is told to whom this dataset is not there; None: no more than that.

        :param id_: name or id, as it stands in the address; there may never have been one
        """
        return None


def find_dataset(id_: str) -> dict[str, Any]:
    """The dataset of an address, if it is there for this reader.

    :raises werkzeug.exceptions.HTTPException: with the page of a plugin that knows why it
        is not, else 404
    """
    context = reader_context()
    try:
        pkg = tk.get_action("package_show")(context, {"id": id_})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        for plugin in p.PluginImplementations(IMissingDataset):
            if page := plugin.missing_dataset_page(id_):
                return abort(page)
        # whether a private dataset exists is not told
        return tk.abort(404, tk._("There is no public dataset at this address."))
    # The session forgets a record that nobody holds, and each action that the page goes on
    # to call with the dataset's id would read it anew.
    g.gpo_dataset = context.get("package")
    return pkg
