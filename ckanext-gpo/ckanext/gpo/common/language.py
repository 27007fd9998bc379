"""A language where no request speaks one: jobs, commands, mails to somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import has_request_context
from flask_babel import force_locale

import ckan.plugins.toolkit as tk
from ckan.config import middleware


def is_english() -> bool:
    """Whether somebody reads in English; nobody does where no request speaks a language."""
    return has_request_context() and tk.h.lang() == "en"


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Stand inside a request of nobody whose pages are in that language.

    :param language: one of `ckan.locales_offered`
    """
    standing = middleware._internal_test_request_context
    if standing is None:
        raise RuntimeError("The site's application has not been made")
    environ = {
        "CKAN_LANG": language,
        "CKAN_LANG_IS_DEFAULT": language == tk.config["ckan.locale_default"],
    }
    # The second for where a request is under way, whose language would be kept.
    with (
        standing.app.test_request_context(environ_overrides=environ),
        force_locale(language),
    ):
        yield
