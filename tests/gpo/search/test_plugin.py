"""The engine stands where CKAN looks for Solr while the plugin is loaded, and not after."""

from __future__ import annotations

import subprocess
import sys
import types
from pathlib import Path

import pysolr
import pytest

import ckan.lib.search.index as index_module
import ckan.lib.search.query as query_module
import ckan.plugins as p
from ckan.common import config_declaration
from ckan.exceptions import CkanConfigurationException
from ckan.lib import jobs, search
from ckan.lib.search import common

from ckanext.gpo.search import config
from ckanext.gpo.search.adapter import patch
from ckanext.gpo.search.adapter.connection import Connection
from ckanext.harvest.logic.action import update as harvest_module

MODULES = (common, search, index_module, query_module, harvest_module)
"""Everybody who has imported the name."""


@pytest.fixture
def index_path(ckan_config, tmp_path):
    ckan_config["ckanext.gpo.search.index_path"] = str(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("with_plugins")
class TestLoaded:
    def test_everybody_gets_the_engine(self, index_path):
        for module in MODULES:
            connection = module.make_connection()
            assert isinstance(connection, Connection)
            assert connection.url.startswith(str(index_path))

    def test_nothing_is_asked_of_a_server(self, index_path):
        assert config_declaration["solr_url"].default == "embedded:gpo_search"
        assert search.is_available()
        assert search.check_solr_schema_version()

    def test_one_engine_for_all_connections_of_a_process(self, index_path):
        assert common.make_connection().engine is common.make_connection().engine

    def test_index_path_is_an_option(self, index_path, ckan_config):
        assert config.index_path() == index_path
        ckan_config["ckanext.gpo.search.index_path"] = ""
        ckan_config["ckan.storage_path"] = "/srv/files"
        assert str(config.index_path()) == "/srv/files/search-index"
        ckan_config["ckan.storage_path"] = None
        with pytest.raises(CkanConfigurationException):
            config.index_path()


class TestUnloaded:
    def test_solr_is_back_everywhere(self, with_plugins, ckan_config):
        # A module that takes the name over while the engine is there.
        late = types.ModuleType("late")
        late.make_connection = common.make_connection
        sys.modules["late"] = late

        ckan_config["solr_url"] = "http://solr.example/solr/ckan"
        p.unload("gpo_search")
        try:
            for module in (*MODULES, late):
                assert module.make_connection is patch.SOLR_CONNECTION
                assert isinstance(module.make_connection(), pysolr.Solr)
            assert search._get_schema_from_solr is patch.SOLR_SCHEMA
        finally:
            del sys.modules["late"]
            p.load("gpo_search")
        assert isinstance(common.make_connection(), Connection)

    def test_our_own_function_hands_over(self, ckan_config):
        ckan_config["solr_url"] = "http://solr.example/solr/ckan"
        assert not p.plugin_loaded("gpo_search")
        assert patch.make_connection().url == "http://solr.example/solr/ckan"


class TestReloaded:
    """CKAN unloads all plugins to load them anew, before each job for one."""

    def test_the_search_is_there_in_between(self, with_plugins, index_path, caplog):
        p.unload_all()
        try:
            assert search.is_available()
            assert search.check_solr_schema_version()
        finally:
            p.load_all()
        assert [record for record in caplog.records if record.exc_info] == []

    def test_a_job_logs_no_traceback(self, clean_db, clean_queues):
        jobs.enqueue(jobs.test_job, ["done"], queue="gpo-reload")
        ckan = Path(sys.executable).with_name("ckan")
        words = ["jobs", "worker", "--burst", "gpo-reload"]
        done = subprocess.run(
            [ckan, *words], check=True, capture_output=True, text=True
        )
        said = done.stdout + done.stderr
        assert "('done',)" in said
        assert "Traceback" not in said
        assert "WARN" not in said


def test_workers_are_forked_from_a_process_that_reads_chinese():
    """In a process of its own, where nothing has been read yet."""
    code = (
        "import sys; from ckanext.gpo.search.analysis import pinyin, warming\n"
        "assert 'rjieba' not in sys.modules\n"
        "warming.warm_up()\n"
        "assert 'rjieba' in sys.modules and pinyin._readings.cache_info().currsize\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_threads_may_begin_to_cut_at_once():
    """In a process of its own, whose dictionary has none of our words yet."""
    code = """
import threading
from ckanext.gpo.search.analysis.words import domain_segmenter, domain_synonyms

synonyms = domain_synonyms()
begin = threading.Barrier(12)
cuts = []

def cut():
    begin.wait()
    segmenter = domain_segmenter(synonyms)
    cuts.append([segmenter.cut("天宁区环境影响评价审批" * 400) for _ in range(20)])

threads = [threading.Thread(target=cut) for _ in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(cuts) == 12, len(cuts)
assert all(found == cuts[0] for found in cuts)
"""
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
