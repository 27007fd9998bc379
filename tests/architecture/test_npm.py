"""The libraries that pages serve: pinned, built from the lock file, with their licences."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "ckanext-gpo"
LOCK = json.loads((ROOT / "npm" / "package-lock.json").read_text("utf-8"))
BUILT = sorted((ROOT / "ckanext").glob("gpo/*/public/*/vendor/*.js"))
BANNER = re.compile(r"(\S+) (\d\S*) \(([^)]+)\)")


def test_the_lock_file_says_nothing_of_where_packages_came_from():
    packages = LOCK["packages"].values()
    assert [package for package in packages if "resolved" in package] == []
    assert ".tgz" not in json.dumps(LOCK)


def test_every_package_is_pinned_by_its_hash():
    unpinned = [
        name
        for name, package in LOCK["packages"].items()
        if name and "integrity" not in package
    ]
    assert unpinned == []


def test_direct_needs_are_exact():
    direct = LOCK["packages"][""]
    versions = [*direct["dependencies"].values(), *direct["devDependencies"].values()]
    assert [v for v in versions if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []


@pytest.mark.parametrize("path", BUILT, ids=[path.name for path in BUILT])
def test_what_is_served_is_of_the_locked_versions(path: Path):
    banner = path.read_text("utf-8").partition("\n")[0]
    packages = BANNER.findall(banner)
    assert packages
    for name, version, _licence in packages:
        assert version in _locked(name)
    texts = path.with_name(f"{path.stem}.licences.txt").read_text("utf-8")
    assert [
        name for name, version, _ in packages if f"{name} {version}\n" not in texts
    ] == []


def _locked(name: str) -> set[str]:
    """The versions of a package, of which another may have one of its own."""
    return {
        package["version"]
        for folder, package in LOCK["packages"].items()
        if folder.endswith(f"node_modules/{name}")
    }


def test_all_that_is_built_is_served():
    script = (ROOT / "npm" / "build.mjs").read_text("utf-8")
    outputs = re.findall(r'"(\w+/public/\S+\.js)"', script)
    served = [str(path.relative_to(ROOT / "ckanext" / "gpo")) for path in BUILT]
    assert sorted(outputs) == served
