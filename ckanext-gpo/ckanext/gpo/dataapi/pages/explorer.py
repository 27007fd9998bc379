"""The page on which the operations of the API are tried: its words and its document."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.language import is_english
from ckanext.gpo.common.rest.operations import BASE


def content(context: Context, dataset: str) -> dict[str, Any]:
    """The variables of `gpo_dataapi/explorer.html`.

    :param dataset: name of the dataset to whose table the operations are narrowed
    :raises ObjectNotFound: nothing is published of it, or the reader may not see it
    """
    language = "en" if is_english() else "zh"
    title, path = "", BASE
    if dataset:
        answer = tk.get_action("gpo_quality_publication_show")(
            tk.fresh_context(context), {"dataset": dataset}
        )
        title, path = answer["title"], f"{BASE}/datasets/{answer['dataset']}"
    return {
        "dataset": dataset,
        "title": title,
        "document": f"{path}/openapi.json?lang={language}",
        "words": {} if is_english() else words(),
    }


def words() -> dict[str, str]:
    """What Swagger UI says in English, in the reader's language."""
    return {
        "catalogue": tk._("Catalogue"),
        "datasets": tk._("Datasets"),
        "records": tk._("Records"),
        "versions": tk._("Versions"),
        "subjects": tk._("Subjects"),
        "search": tk._("Search"),
        "Try it out": tk._("Try it out"),
        "Cancel": tk._("Cancel"),
        "Execute": tk._("Execute"),
        "Clear": tk._("Clear"),
        "Reset": tk._("Reset"),
        "Parameters": tk._("Parameters"),
        "No parameters": tk._("No parameters"),
        "Name": tk._("Name"),
        "Description": tk._("Description"),
        "Request body": tk._("Request body"),
        "Responses": tk._("Answers"),
        "Response body": tk._("Body of the answer"),
        "Response headers": tk._("Headers of the answer"),
        "Server response": tk._("Answer of the server"),
        "Request URL": tk._("Address of the call"),
        "Code": tk._("Code"),
        "Details": tk._("Details"),
        "Links": tk._("Links"),
        "No links": tk._("No links"),
        "Media type": tk._("Media type"),
        "Example Value": tk._("Example"),
        "Schema": tk._("Schema"),
        "Schemas": tk._("Schemas"),
        "Headers:": tk._("Headers"),
        "Type": tk._("Type"),
        "Download": tk._("Download"),
        "Loading": tk._("Loading"),
        "LOADING": tk._("Loading"),
        "Servers": tk._("Servers"),
        "Authorize": tk._("Enter an API token"),
        "Available authorizations": tk._("API token"),
        "Authorized": tk._("The token is in use"),
        "Logout": tk._("Forget the token"),
        "Close": tk._("Close"),
        "Value:": tk._("Value"),
        "In:": tk._("Place"),
        "required": tk._("required"),
        "Add string item": tk._("Add a value"),
        "Send empty value": tk._("Send without a value"),
        "Controls": tk._("Controls"),
        "Expand all": tk._("Expand all"),
        "Collapse all": tk._("Collapse all"),
    }
