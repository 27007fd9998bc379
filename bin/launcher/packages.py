"""Debian's packages: what is needed, what is missing, and how it gets installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from launcher.commands import Runner
from launcher.steps import Step, StepError

# psycopg2 is built here (CKAN's pin has no wheel), so a compiler and headers are needed.
FOR_RUN = (
    "gcc",
    "libc6-dev",
    "libmagic1",
    "libpq-dev",
    "postgresql",
    "python3-dev",
    "python3-venv",
    "redis-server",
)
FOR_TEST = (
    *FOR_RUN,
    "chromium",
    "fonts-noto-cjk",
    "git",
    "nginx-light",
    "openssl",
    "wrk",
)

_POLICY = Path("/usr/sbin/policy-rc.d")


def missing(packages: tuple[str, ...]) -> list[str]:
    """Return those of `packages` that are not installed, as dpkg knows it."""
    answer = subprocess.run(
        [
            "dpkg-query",
            "--show",
            "--showformat=${Package} ${db:Status-Status}\n",
            *packages,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    installed = {
        name
        for name, _, status in (
            line.partition(" ") for line in answer.stdout.splitlines()
        )
        if status == "installed"
    }
    return [package for package in packages if package not in installed]


def install(packages: tuple[str, ...], step: Step, logs: Path) -> None:
    """Install those of `packages` that are missing; touch nothing if none is.

    Raises:
        StepError: this is no Debian, the user may not install, or apt-get failed.
    """
    if not shutil.which("dpkg-query"):
        raise StepError(
            "没有 dpkg · no dpkg here",
            hint="请在 Debian 12 上运行，或使用 docker/ · Run on Debian 12, or use docker/",
        )
    names = missing(packages)
    if not names:
        step.outcome = "已齐全 · all there"
        return
    step.note(" ".join(names))
    prefix = _root_prefix(names)
    run = Runner(logs, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    hint = (
        "检查网络与软件源后重试 · check the network and apt's sources, then try again"
    )
    lock = ("-o", "DPkg::Lock::Timeout=120")
    run([*prefix, "apt-get", *lock, "-q", "update"], log="apt", hint=hint)
    with _services_stay_down(prefix):
        run(
            [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *lock, "-qy"]
            + ["install", "--no-install-recommends", *names],
            log="apt",
            hint=hint,
        )


def _root_prefix(names: list[str]) -> list[str]:
    if os.geteuid() == 0:
        return []
    if sudo := shutil.which("sudo"):
        return [sudo]
    raise StepError(
        "缺少系统软件包 · packages are missing",
        hint=f"以 root 执行 · run as root: apt-get install {' '.join(names)}",
    )


@contextmanager
def _services_stay_down(prefix: list[str]) -> Generator[None]:
    """Keep Debian from starting its own PostgreSQL and Redis: the site has its own.

    A policy-rc.d that stands there already is the administrator's, and is left alone.
    """
    if _POLICY.exists():
        yield
        return
    subprocess.run(
        [*prefix, "install", "-m", "755", "/dev/stdin", str(_POLICY)],
        input=b"#!/bin/sh\nexit 101\n",
        check=True,
    )
    try:
        yield
    finally:
        subprocess.run([*prefix, "rm", "-f", str(_POLICY)], check=True)
