"""Profiles of the fields of published tables."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.dataapi import questions
from ckanext.gpo.dataapi.logic import record_schema as schema
from ckanext.gpo.dataapi.model import TableProfile


@tk.side_effect_free
@tk.validate_action_data(schema.field_profile_list)
def gpo_dataapi_field_profile_list(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Tell what the columns of a dataset's published table look like.

    They are computed once for each version, some minutes after it was published.

    :param dataset: name or id of the dataset
    :type dataset: str

    :returns: ``{dataset, version, published, row_count, fields}``; of a field ``{name,
        empty, distinct, distinct_is_exact, min, max, mean, sum, quartiles, bins,
        frequent}``: ``bins`` lists ``{start, end, count}`` of numbers and days,
        ``frequent`` ``{value, count}`` of other fields. ``fields`` is empty as long as
        they are not computed
    :raises NotFound: nothing is published of the dataset, or the reader may not see it
    """
    tk.check_access("gpo_dataapi_field_profile_list", context, data_dict)
    publication = questions.publication(context, data_dict["dataset"])
    profile = model.Session.get(TableProfile, publication.dataset)
    is_current = profile is not None and profile.version == publication.version_id
    return {
        **publication.source,
        "row_count": publication.row_count,
        "fields": profile.fields if profile is not None and is_current else [],
    }
