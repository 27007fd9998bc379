"""What a site holds before anyone comes: tables, catalogue, sample systems, first harvest.

Every step is done once for what it depends on; a start that changes nothing does none.
"""

from __future__ import annotations

import time
from pathlib import Path

import redis
from rq import Queue

from launcher import database
from launcher.bootstrap import CONSTRAINTS
from launcher.commands import Runner
from launcher.place import ROOT
from launcher.services import CKAN, PYTHON, WORKER
from launcher.site import SAMPLE_APPS, SOURCES, Site
from launcher.state import State, make_key
from launcher.steps import Step, StepError, Steps

_PLATFORM = ROOT / "ckanext-gpo" / "ckanext" / "gpo"
_SAMPLES = ROOT / "harvesters" / "samples"
# A check of the largest table takes seconds; a gate that stands still this long is stuck.
_STILL_SECONDS = 120
_TELL_SECONDS = 10
_LOG_HINT = (
    "查看日志；改正后再次运行 bin/run，已完成的步骤不会重做 · see the log; run again"
)


class Filling:
    """The steps that fill one site."""

    def __init__(self, site: Site, state: State, steps: Steps) -> None:
        self._site = site
        self._state = state
        self._steps = steps
        self._run = Runner(site.place.logs, site.env(), site.web.identity)
        self._database = site.database_urls["sqlalchemy.url"]
        existing = (site.existing.database, site.existing.solr)
        self._is_new = not state.was_done("migrate") and existing == (None, None)

    def migrate(self) -> None:
        """Bring both databases to what this code expects."""
        migrations = _files(_PLATFORM / "migration", "*.py")
        urls = self._site.database_urls
        key = make_key([*migrations, CONSTRAINTS], *urls.values())
        if self._state.is_done("migrate", key):
            return
        with self._steps.step("数据库结构", "Database tables"):
            self._ckan("db", "upgrade", log="migrate")
        with self._steps.step("DataStore 权限", "DataStore permissions") as step:
            self._set_permissions(step)
        self._state.mark_done("migrate", key)

    def index(self) -> None:
        """Build the search index anew where this code reads it otherwise than the last.

        And where a database came with data, or an engine without.
        """
        solr = self._site.existing.solr or ""
        key = make_key(_files(_PLATFORM / "search", "*"), self._database, solr)
        if self._state.is_done("index", key):
            return
        if not self._is_new:  # else there is nothing to index
            with self._steps.step("检索索引", "Search index"):
                self._ckan("search-index", "rebuild", "--quiet", log="index")
        self._state.mark_done("index", key)

    def load_what_needs_no_catalogue(self) -> None:
        """Fill the sample systems, translate the scripts; only PostgreSQL has to run."""
        self.load_samples()
        self.translate_scripts()

    def translate_scripts(self) -> None:
        """Give the browser's scripts their Chinese; CKAN itself does so in `ckan run` only."""
        key = make_key(
            _files(_PLATFORM / "i18n", "*.po"), str(self._site.place.storage)
        )
        if self._state.is_done("scripts", key):
            return
        with self._steps.step("页面脚本的中文", "Translations of scripts"):
            self._ckan("translation", "js", log="translation")
        self._state.mark_done("scripts", key)

    def seed(self) -> None:
        """Make domains, departments, disclosure items, datasets and accounts."""
        files = [
            *_files(ROOT / "dataset_schemas", "*.yaml"),
            *_files(_PLATFORM / "catalogue", "*.py"),
        ]
        key = make_key(files, self._database)
        if self._state.is_done("seed", key):
            return
        with self._steps.step("目录、部门与账户", "Catalogue, departments, accounts"):
            secrets = self._site.secrets
            passwords = {
                "GPO_PASSWORD_ADMIN": secrets.password_admin,
                "GPO_PASSWORD_STEWARD": secrets.password_steward,
                "GPO_PASSWORD_DEVELOPER": secrets.password_developer,
            }
            self._ckan("gpo-catalogue", "seed", log="seed", env=passwords)
        self._state.mark_done("seed", key)

    def load_samples(self) -> None:
        """Fill the sample business systems: database and drop folder."""
        key = make_key(_files(_SAMPLES, "*"))
        if self._state.is_done("samples", key):
            return
        with self._steps.step("示例业务系统", "Sample business systems"):
            folder = self._site.drop_folder
            self._site.web.folder(folder.parent)
            self._site.web.folder(folder)
            url = self._site.own_database(database.BUSINESS, database.BUSINESS)
            self._run(
                [PYTHON, "-m", "gpo_samples", "load", "--folder", folder],
                log="samples-load",
                hint=_LOG_HINT,
                env={"GPO_SAMPLES_DATABASE_URL": url},
            )
        self._state.mark_done("samples", key)

    def sync_sources(self) -> None:
        """Make a harvest source of every YAML."""
        key = make_key(_files(SOURCES, "*.yaml"), self._database)
        if self._state.is_done("sources", key):
            return
        with self._steps.step("采集源", "Harvest sources"):
            self._ckan("gpo-harvest", "sync-sources", log="sources")
        self._state.mark_done("sources", key)

    def first_harvest(self) -> None:
        """Harvest every source once."""
        if self._is_harvested():
            return
        with self._steps.step("首次采集", "First harvest"):
            self._ckan("gpo-harvest", "run", "--wait", log="first-harvest")

    def await_gate(self) -> None:
        """Wait until the gate has judged the first harvest."""
        if self._is_harvested():
            return
        with self._steps.step("质检与发布", "Gate") as step:
            self._wait_for_gate(step)
        self._state.mark_done("harvest", make_key([], self._database))

    def load_sample_apps(self) -> None:
        """Register the sample apps, which use what the first harvest made public."""
        key = make_key(_files(SAMPLE_APPS, "*.yaml"), self._database)
        if self._state.is_done("apps", key):
            return
        with self._steps.step("示例应用", "Sample apps"):
            words = ["load", SAMPLE_APPS / "apps.yaml"]
            accounts = ["--builder", "developer", "--reviewer", "admin"]
            self._ckan("gpo-apps", *map(str, words), *accounts, log="apps")
        self._state.mark_done("apps", key)

    def _is_harvested(self) -> bool:
        return self._state.is_done("harvest", make_key([], self._database))

    def _ckan(self, *words: str, log: str, env: dict[str, str] | None = None) -> None:
        self._run([CKAN, *words], log=log, hint=_LOG_HINT, env=env)

    def _set_permissions(self, step: Step) -> None:
        if self._site.existing.datastore_write:
            step.note(
                "已有的 DataStore 由其管理员执行 · its administrator has to run: "
                "ckan datastore set-permissions | psql"
            )
            return
        database.set_datastore_permissions(self._site.postgres, self._run)

    def _wait_for_gate(self, step: Step) -> None:
        """Wait for the queues to run empty.

        Raises:
            StepError: nothing has moved for a long time.
        """
        last_count, moved, last_message = -1, time.monotonic(), 0.0
        with redis.from_url(self._site.redis_url) as client:
            while waiting := waiting_jobs(client):
                now = time.monotonic()
                if waiting != last_count:
                    last_count, moved = waiting, now
                if now - last_message > _TELL_SECONDS:
                    step.note(f"待检 · to check: {waiting}")
                    last_message = now
                if now - moved > _STILL_SECONDS:
                    raise StepError(
                        f"质检停滞 · the gate stands still at {waiting}",
                        hint=_LOG_HINT,
                        log=self._site.place.logs / f"{WORKER}.log",
                    )
                time.sleep(0.5)


def waiting_jobs(client: redis.Redis) -> int:
    """Count the background jobs that wait or are under way."""
    return sum(
        queue.count + queue.started_job_registry.count
        for queue in Queue.all(connection=client)
    )


def _files(folder: Path, pattern: str) -> list[Path]:
    paths = folder.rglob(pattern)
    return [
        path for path in paths if path.is_file() and "__pycache__" not in path.parts
    ]
