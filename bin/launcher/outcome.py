"""What a start ends with: the address, the accounts, what was published and rejected."""

from __future__ import annotations

from launcher.site import Site


def show(site: Site, seconds: float) -> None:
    print(site.address)
