"""`python -m docs.generate`: write every generated page."""

from __future__ import annotations

import sys

from docs.generate import tree
from docs.generate.pages import PAGES


def main() -> None:
    """Write the pages that changed, and name them."""
    for path, make in PAGES.items():
        text = make()
        if path.exists() and path.read_text("utf-8") == text:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        sys.stdout.write(f"{path.relative_to(tree.ROOT)}\n")


if __name__ == "__main__":
    main()
