"""Everything that is installed: Debian's packages, `.venv`, compiled translations.

A stamp in `.venv` tells what it was made from, so that a second start asks no one.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from launcher import packages
from launcher.commands import Runner
from launcher.place import ROOT, VENV, VENV_PYTHON, Place
from launcher.steps import Steps

CONSTRAINTS = ROOT / "constraints.txt"
DISTRIBUTIONS = ("dataset_schemas", "ckanext-gpo", "harvesters", "harvesters/samples")

# What packages without a wheel are built with: once for all, not a fresh download for each.
_FOR_BUILD = ("setuptools", "setuptools-scm")
# Beside what the distributions name themselves.
FOR_RUN = ("gunicorn", "supervisor", "ckanapi")
FOR_TEST = (
    *FOR_RUN,
    # what CKAN's own fixtures import
    "beautifulsoup4",
    "factory-boy",
    "faker",
    "freezegun",
    "pytest",
    "pytest-factoryboy",
    "responses",
    # ours
    "aiohttp",  # fsspec's way to HTTP
    "aiosmtpd",
    "axe-playwright-python",
    "bm25s",
    "dnslib",
    "feedparser",
    "fsspec",  # reads an address for DuckDB
    "frictionless[json]",  # reads our JSON download back
    "html5lib",
    "hypothesis",
    "openapi-spec-validator",
    "playwright",
    "pre-commit",
    "pyright[nodejs]",
    "pyshacl",
    "pytest-cov",
    "pytest-xdist",
    "ruff",
    "schemathesis",
    "towncrier",
    "xlwt",  # makes XLS files for tests
)

_STAMP = VENV / "gpo-stamp.json"
_CATALOGUES = ROOT / "ckanext-gpo" / "ckanext" / "gpo" / "i18n"


def prepare(steps: Steps, *, testing: bool) -> None:
    """Install what is missing; two commands started at once do it one after the other.

    Raises:
        StepError: a step failed.
    """
    logs = Place.locate().logs
    logs.mkdir(parents=True, exist_ok=True)
    with _alone():
        with steps.step("系统软件包", "Debian packages") as step:
            required = packages.FOR_TEST if testing else packages.FOR_RUN
            packages.install(required, step, logs)
        with steps.step("Python 环境", "Python packages") as step:
            tools = FOR_TEST if testing else FOR_RUN
            if up_to_date(tools):
                step.outcome = "已是最新 · up to date"
            else:
                _install(tools, Runner(logs))
        _compile_translations(Runner(logs))


def is_installed() -> bool:
    """Tell whether an installation has ever come to its end here."""
    return _STAMP.exists()


def recipe() -> str:
    """Return a hash of all that decides what `.venv` holds."""
    digest = hashlib.sha256(f"{sys.version}\n{ROOT}\n".encode())
    for path in (
        CONSTRAINTS,
        *(ROOT / name / "pyproject.toml" for name in DISTRIBUTIONS),
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def up_to_date(tools: tuple[str, ...], stamp: Path = _STAMP) -> bool:
    """Tell whether `.venv` was made from this recipe and holds `tools`."""
    try:
        recorded = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return False
    return recorded["recipe"] == recipe() and set(tools) <= set(recorded["tools"])


def _install(tools: tuple[str, ...], run: Runner) -> None:
    hint = "检查网络后重试，或删除 .venv · check the network, or delete .venv"
    if not _usable():
        venv = [sys.executable, "-m", "venv", "--clear", VENV]
        run(venv, log="venv", hint=hint)
    pip = [VENV_PYTHON, "-m", "pip", "--no-input", "--disable-pip-version-check"]
    pip += ["install", "--root-user-action", "ignore", "--no-compile"]
    run([*pip, "--constraint", CONSTRAINTS, "uv"], log="pip", hint=hint)
    # uv takes a third of pip's time.
    uv = [VENV / "bin" / "uv", "pip", "install", "--python", VENV_PYTHON]
    uv += ["--constraint", CONSTRAINTS]
    env = {**os.environ, **_package_index()}
    run([*uv, *_FOR_BUILD], log="pip", hint=hint, env=env)
    editable = [word for name in DISTRIBUTIONS for word in ("--editable", f"./{name}")]
    build = ["--no-build-isolation", *editable]
    run([*uv, *build, *tools], log="pip", hint=hint, env=env)
    # Compiled here, on all cores: the servers' user can't write into the checkout.
    # Of the files a fifth are tests of the packages, which no server loads; and two
    # packages bring modules for Python 2 alone.
    code = [VENV / "lib", *(ROOT / name for name in (*DISTRIBUTIONS, "bin/launcher"))]
    left_out = r"/tests/|/aenum/_py2\.py$|/olefile/olefile2\.py$"
    compileall = [VENV_PYTHON, "-m", "compileall", "-q", "-j", "0", "-x", left_out]
    run([*compileall, *code], log="pip", hint=hint)
    _STAMP.write_text(json.dumps({"recipe": recipe(), "tools": sorted(tools)}))


def _package_index() -> dict[str, str]:
    """Tell uv which index pip is set up to use, where it is: a mirror, often.

    By the environment: an address may hold a password, and commands are logged.
    """
    command = [VENV_PYTHON, "-m", "pip", "config", "get", "global.index-url"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    address = os.environ.get("PIP_INDEX_URL") or result.stdout.strip()
    return {"UV_DEFAULT_INDEX": address} if address else {}


def _usable() -> bool:
    """Tell whether `.venv` has a pip that runs and was made in this place."""
    pip = VENV / "bin" / "pip"
    try:
        shebang = pip.read_text().splitlines()[0]
    except (OSError, IndexError):
        return False
    if not shebang.startswith(f"#!{VENV_PYTHON}"):  # python, python3 or python3.11
        return False
    check = [VENV_PYTHON, "-m", "pip", "--version"]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def _compile_translations(run: Runner) -> None:
    for source in _CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            run(
                [VENV / "bin" / "pybabel", "compile", "-i", source, "-o", target]
                + ["-l", source.parts[-3]],
                log="pybabel",
                hint=f"修正 {source} · mend it",
            )


@contextmanager
def _alone() -> Generator[None]:
    checkout = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(checkout, fcntl.LOCK_EX)
        yield
    finally:
        os.close(checkout)
