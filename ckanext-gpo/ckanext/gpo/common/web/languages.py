"""The addresses of a page in the languages of the site."""

from __future__ import annotations

import ckan.plugins.toolkit as tk


def _locales() -> list[str]:
    """The site's own first."""
    own = tk.config["ckan.locale_default"]
    return [own, *(each for each in tk.config["ckan.locales_offered"] if each != own)]


def starts() -> list[str]:
    """What the path of a page begins with in each language, the site's own first."""
    return ["", *(f"/{locale}" for locale in _locales()[1:])]


def addresses(path: str) -> dict[str, str]:
    """Language, as HTML writes it, → full address of a page, the site's own first.

    :param path: in any language, with its query
    """
    site = tk.config["ckan.site_url"].rstrip("/")
    plain = next(
        (path[len(start) :] for start in starts() if start and _begins(path, start)),
        path,
    )
    return {
        tk.h.unix_locale_to_bcp47(locale): f"{site}{start}{plain}"
        for locale, start in zip(_locales(), starts(), strict=True)
    }


def _begins(path: str, start: str) -> bool:
    return path.startswith((f"{start}/", f"{start}?")) or path == start
