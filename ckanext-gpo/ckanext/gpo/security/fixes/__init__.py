"""What CKAN 2.12.0 gets wrong and upstream has, or will have, put right.

One module a fix, each with an `install()` that may be called twice, dropped when upstream
has it; tests/gpo/security/test_fixes.py tells. They stay for the life of the process:
CKAN 2.12 forgets a plugin before it tells it that it is unloaded, and taking a security
fix back would serve nobody.
"""

from __future__ import annotations

from . import (
    csrf,
    datastore_results,
    datastore_sql,
    dcat_formats,
    harvest_functions,
    markdown_images,
    numbers,
    starttls,
)

_FIXES = (
    csrf,
    datastore_results,
    datastore_sql,
    dcat_formats,
    harvest_functions,
    markdown_images,
    numbers,
    starttls,
)


def install() -> None:
    for fix in _FIXES:
        fix.install()
