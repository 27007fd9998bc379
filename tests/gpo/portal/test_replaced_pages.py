"""CKAN's pages of resources lead to the page of the dataset, for every type of package."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("non_clean_db")


def resource_pages(app) -> list[str]:
    """The addresses of all that CKAN shows below a resource without a form of ours."""
    rules = [
        rule.rule
        for rule in app.flask_app.url_map.iter_rules()
        if "/resource/<resource_id>" in rule.rule
        and rule.rule.startswith(("/dataset/", "/disclosure-item/", "/harvest/"))
        and not rule.rule.endswith(("/edit", "/delete", "/download", "<filename>"))
    ]
    for argument in ("id", "resource_id", "view_id"):
        rules = [rule.replace(f"<{argument}>", f"some-{argument}") for rule in rules]
    return sorted(set(rules))


def test_pages_of_resources_lead_to_the_dataset(app):
    pages = resource_pages(app)
    assert len(pages) >= 3
    for page in pages:
        for language in ("", "/en"):
            answer = app.get(language + page, follow_redirects=False)
            assert answer.status_code == 302, page
            kind = page.split("/")[1]
            assert answer.location.endswith(f"{language}/{kind}/some-id#downloads")
