"""`python -m bench NAME…`: takes the figures and prints one JSON object a line."""

from __future__ import annotations

import argparse
import importlib
import json
from dataclasses import asdict

NAMES = (
    "api",
    "apps",
    "follow",
    "gate",
    "intake",
    "load",
    "pages",
    "report",
    "rows",
    "search",
    "search_large",
    "search_questions",
    "search_solr",
    "segmenters",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "names", nargs="+", choices=NAMES, metavar="NAME", help=", ".join(NAMES)
    )
    for name in parser.parse_args().names:
        for figure in importlib.import_module(f"bench.{name}").figures():
            print(json.dumps(asdict(figure), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
