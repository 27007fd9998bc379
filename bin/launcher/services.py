"""The programs of a site, in the order in which each stands on the ones before."""

from __future__ import annotations

from launcher.place import ROOT, VENV
from launcher.ports import HOST
from launcher.programs import Program
from launcher.site import Site

CKAN = VENV / "bin" / "ckan"
PYTHON = VENV / "bin" / "python"

POSTGRES = "postgres"
REDIS = "redis"
SAMPLES = "samples"
WEB = "web"
WORKER = "worker"
HARVEST = "harvest"

LISTENING = (POSTGRES, REDIS, SAMPLES, WEB)
"""What has a port of its own, under the same name in `Site.ports`."""


def programs(site: Site) -> list[Program]:
    """Return what the supervisor of `site` looks after."""
    own = [
        Program(
            POSTGRES,
            "PostgreSQL",
            site.postgres.command,
            site.servers,
            priority=10,
            stop_signal="INT",  # fast shutdown: clients are cut off, data is safe
            stop_seconds=30,
            whole_group=False,
        )
    ]
    if site.existing.redis is None:
        own.append(
            Program(REDIS, "Redis", site.redis.command, site.servers, priority=20)
        )
    ckan = [
        Program(
            SAMPLES,
            "示例业务系统 · sample business systems",
            [str(PYTHON), "-m", "gpo_samples", "serve"]
            + ["--port", str(site.ports["samples"])]
            + ["--folder", str(site.drop_folder)],
            site.web,
            priority=30,
            env={"GPO_SAMPLES_TOKEN": site.secrets.sample_service_token},
        ),
        Program(
            WEB,
            "网站与接口 · pages and API",
            [
                str(VENV / "bin" / "gunicorn"),
                "-c",
                str(ROOT / "config/gunicorn.conf.py"),
            ],
            site.web,
            priority=40,
            env={"GPO_BIND": f"{HOST}:{site.ports['web']}"},
            stop_seconds=30,
        ),
        Program(
            WORKER,
            "质检与后台任务 · gate and background jobs",
            [str(CKAN), "gpo-quality", "worker"],
            site.web,
            priority=50,
            stop_seconds=90,  # the job at hand is finished
        ),
        Program(
            HARVEST,
            "采集 · harvest",
            [str(CKAN), "gpo-harvest", "consumer"],
            site.web,
            priority=60,
            stop_seconds=30,
        ),
    ]
    return own + ckan
