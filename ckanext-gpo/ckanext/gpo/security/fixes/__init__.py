"""What CKAN 2.12.0 gets wrong and upstream has, or will have, put right.

In: CKAN as it is installed.

Out: CKAN with every fix in place. One module of this folder a fix, each with an `install()`
that may be called twice, dropped when upstream has it; tests/gpo/security/test_fixes.py
tells. They stay for the life of the process: CKAN 2.12 forgets a plugin before it tells it
that it is unloaded, and taking a security fix back would serve nobody.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

__all__ = ["install"]


def install() -> None:
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}").install()
