"""A description loads no picture from elsewhere: its readers would be seen there.

The browser is told so as well (Content-Security-Policy); feeds and other readers of the
HTML are not browsers.
"""

from __future__ import annotations

from ckan.lib import helpers


def install() -> None:
    helpers.MARKDOWN_TAGS = set(helpers.MARKDOWN_TAGS) - {"img"}
