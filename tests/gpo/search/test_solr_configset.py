"""The configset for Solr, as far as can be told without one."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from ckanext.gpo.search import solr_configset
from ckanext.gpo.search.cli import gpo_search
from ckanext.gpo.search.index.solr_schema import ckan_schema_text, read_schema

KNOWN = {
    # solr-core and lucene-analysis-common
    "ASCIIFolding": "Filter",
    "CJKBigram": "Filter",
    "FlattenGraph": "Filter",
    "LowerCase": "Filter",
    "SnowballPorter": "Filter",
    "SynonymGraph": "Filter",
    "WordDelimiterGraph": "Filter",
    "Mapping": "CharFilter",
    "PatternReplace": "CharFilter",
    "NGram": "Tokenizer",
    "Standard": "Tokenizer",
    "Whitespace": "Tokenizer",
    # the module analysis-extras
    "ICUNormalizer2": "CharFilter",
}
"""What Solr 9 has under these names; a misspelt one is an error when it starts."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("solr") / "conf"
    result = CliRunner().invoke(gpo_search, ["solr-configset", str(folder)])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def root(folder: Path) -> ET.Element:
    return ET.parse(folder / "schema.xml").getroot()


def parts(root: ET.Element) -> list[ET.Element]:
    return [part for analyzer in root.iter("analyzer") for part in analyzer]


def rules(folder: Path, name: str) -> list[str]:
    return (folder / name).read_text("utf-8").splitlines()


def test_the_fields_are_those_of_ckan(folder):
    ours = read_schema((folder / "schema.xml").read_text("utf-8"))
    theirs = read_schema(ckan_schema_text())
    assert ours.fields == theirs.fields
    assert ours.dynamic == theirs.dynamic
    assert ours.copies == theirs.copies
    assert (ours.version, ours.unique_key) == (theirs.version, theirs.unique_key)


def test_every_part_of_an_analysis_is_one_that_solr_has(root):
    for part in parts(root):
        kind = part.tag[0].upper() + part.tag[1:]
        name = part.get("class", "").removeprefix("solr.").removesuffix("Factory")
        assert KNOWN[name.removesuffix(kind)] == kind


def test_order_within_an_analysis(root):
    order = {"charFilter": 0, "tokenizer": 1, "filter": 2}
    for analyzer in root.iter("analyzer"):
        tags = [order[part.tag] for part in analyzer]
        assert tags == sorted(tags)
        assert tags.count(1) == 1


def test_chinese_is_cut_in_every_text_of_words(root):
    cut = 0
    for field_type in root.iter("fieldType"):
        if field_type.get("name") in ("text", "text_general"):
            for analyzer in field_type.iter("analyzer"):
                names = [part.get("class") for part in analyzer]
                assert "solr.CJKBigramFilterFactory" in names
                assert ("solr.SynonymGraphFilterFactory" in names) == (
                    analyzer.get("type") == "query"
                )
                cut += 1
    assert cut == 4


def test_every_file_that_is_named_is_there(folder, root):
    named = {
        name
        for part in parts(root)
        for option in ("mapping", "synonyms", "protected")
        for name in part.get(option, "").split(",")
        if name
    }
    assert len(named) == 5
    assert all((folder / name).is_file() for name in named)
    assert ET.parse(folder / "solrconfig.xml").getroot().tag == "config"


def test_words_are_those_of_the_engine(folder):
    synonyms = rules(folder, "synonyms.txt")
    assert "食药监, 食药监管, 食品药品监管, 食品药品监督管理" in synonyms
    assert "安监局 => 安监局, 应急管理局, 安全生产" in synonyms
    assert '"環" => "环"' in rules(folder, "simplified.txt")
    assert '"怎么" => " "' in rules(folder, "stopwords.txt")
    sounds = dict(line.split(" => ") for line in rules(folder, "sounds.txt"))
    assert sounds["zhengwugongkai"] == "zhengwugongkai, 政务公开"
    assert "政务公开" in sounds["zwgk"].split(", ")


def test_the_image_makes_it_by_the_module():
    dockerfile = Path("docker/solr/Dockerfile").read_text("utf-8")
    assert f"-m {solr_configset.__name__} " in dockerfile
    assert "SOLR_MODULES=analysis-extras" in dockerfile
