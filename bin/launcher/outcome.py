"""What a start ends with: the address, the accounts, what was published and rejected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import requests

from launcher.http import Reader
from launcher.site import Site
from launcher.steps import StepError
from launcher.tables import table


def show(site: Site, seconds: float) -> None:
    """Print it.

    Raises:
        StepError: the site does not tell.
    """
    try:
        with Reader(site.address) as reader:
            domains = [
                reader.call("gpo_catalogue_domain_show", id=domain["name"])
                for domain in reader.call("gpo_catalogue_domain_list")
            ]
            reader.login("admin", site.secrets.password_admin)
            candidates = reader.call("gpo_quality_candidate_list")
    except requests.RequestException as error:
        raise StepError(
            f"网站没有正常应答 · the site does not answer as it should: {error}",
            hint=f"查看日志 · see the log: {site.place.logs / 'web.log'}",
        ) from error
    print(f"\n就绪，用时 {seconds:.0f} 秒 · Ready after {seconds:.0f} s\n")
    print(describe_publications(domains))
    print(describe_rejections(candidates))
    print(f"网址 · Address   {site.address}")
    print(mails(site.existing.mail, site.place.mails))
    print(accounts(site))


def describe_publications(domains: Iterable[Mapping[str, Any]]) -> str:
    """Return the table of what the public sees, by domain."""
    rows: list[tuple[str, ...]] = [
        ("领域", "domain", "已公开 · public", "全部 · all", "行 · rows")
    ]
    total = [0, 0, 0]
    for domain in domains:
        counts = domain["counts"]
        numbers = [counts["published"], counts["datasets"], counts["rows"]]
        total = [a + b for a, b in zip(total, numbers, strict=True)]
        rows.append((domain["title"], domain["name"], *(f"{n:,}" for n in numbers)))
    rows.append(("合计", "total", *(f"{n:,}" for n in total)))
    return table(rows) + "\n"


def describe_rejections(candidates: Iterable[Mapping[str, Any]]) -> str:
    """Return the table of what the gate turned back, as the administrator sees it."""
    rows = [("未通过质检", "rejected", "错误 · errors")]
    rows += [
        (candidate["title"], candidate["dataset"], str(candidate["error_count"]))
        for candidate in candidates
        if candidate["state"] == "rejected"
    ]
    return (
        table(rows) + "\n"
        if len(rows) > 1
        else "没有未通过质检的数据 · Nothing rejected\n"
    )


def mails(server: str | None, folder: Path) -> str:
    """Return where mails go: to the server that is named, else into files."""
    if server:
        return f"邮件 · Mails     {server}"
    return f"邮件 · Mails     {folder} (*.eml；不外发 · none is sent)"


def accounts(site: Site) -> str:
    """Return the accounts with the passwords that were made for this site."""
    secrets = site.secrets
    return "\n".join(
        [
            "账户 · Accounts",
            f"  admin      {secrets.password_admin}  平台管理员 · administrator",
            f"  steward    {secrets.password_steward}  数据管理员 · data steward",
            f"  developer  {secrets.password_developer}  开发者 · developer",
            f"  ({site.place.secrets})",
        ]
    )
