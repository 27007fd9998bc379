"""What the search engine is asked for; its own types leave counts and aggregations open."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Literal, TypeAlias, TypedDict, TypeVar, overload

Value: TypeAlias = str | int | float

_V = TypeVar("_V", str, int, float)

class Schema: ...

class SchemaBuilder:
    def add_text_field(
        self,
        name: str,
        stored: bool = False,
        fast: bool = False,
        tokenizer_name: str = "default",
        index_option: str = "position",
    ) -> SchemaBuilder: ...
    def add_integer_field(
        self, name: str, stored: bool = False, indexed: bool = False, fast: bool = False
    ) -> SchemaBuilder: ...
    def add_float_field(
        self, name: str, stored: bool = False, indexed: bool = False, fast: bool = False
    ) -> SchemaBuilder: ...
    def add_json_field(
        self,
        name: str,
        stored: bool = False,
        fast: bool = False,
        tokenizer_name: str = "default",
        index_option: str = "position",
        expand_dots_enabled: bool = False,
    ) -> SchemaBuilder: ...
    def add_bytes_field(self, name: str, stored: bool = False) -> SchemaBuilder: ...
    def build(self) -> Schema: ...

class Token:
    def __init__(
        self,
        text: str,
        position: int,
        char_offset_from: int,
        char_offset_to: int | None = None,
    ) -> None: ...

class PreTokenizedString:
    def __init__(self, text: str, tokens: Sequence[Token]) -> None: ...

class Document:
    def __getitem__(self, key: str) -> list[Any]: ...
    def add_text(self, field_name: str, text: str) -> None: ...
    def add_pre_tokenized_text(
        self, field_name: str, pre_tokenized_text: PreTokenizedString
    ) -> None: ...
    def add_integer(self, field_name: str, value: int) -> None: ...
    def add_float(self, field_name: str, value: float) -> None: ...
    def add_bytes(self, field_name: str, bytes: bytes) -> None: ...
    def add_json(self, field_name: str, value: Mapping[str, object]) -> None: ...

class Occur(Enum):
    Must = 1
    Should = 2
    MustNot = 3

class FieldType(Enum):
    Text = 1
    Unsigned = 2
    Integer = 3
    Float = 4
    Boolean = 5
    Date = 6
    Facet = 7
    Bytes = 8
    Json = 9
    IpAddr = 10

class Order(Enum):
    Asc = 1
    Desc = 2

class Explanation:
    def to_json(self) -> str: ...

class Query:
    @staticmethod
    def term_query(
        schema: Schema,
        field_name: str,
        field_value: Value,
        index_option: str = "position",
    ) -> Query: ...
    @staticmethod
    def term_set_query(
        schema: Schema, field_name: str, field_values: Sequence[Value]
    ) -> Query: ...
    @staticmethod
    def all_query() -> Query: ...
    @staticmethod
    def empty_query() -> Query: ...
    @staticmethod
    def exists_query(fast_field_name: str, json_subpaths: bool = False) -> Query: ...
    @staticmethod
    def fuzzy_term_query(
        schema: Schema,
        field_name: str,
        text: str,
        distance: int = 1,
        transposition_cost_one: bool = True,
        prefix: bool = False,
    ) -> Query: ...
    @staticmethod
    def phrase_query(
        schema: Schema,
        field_name: str,
        words: Sequence[str | tuple[int, str]],
        slop: int = 0,
    ) -> Query: ...
    @staticmethod
    def phrase_prefix_query(
        schema: Schema, field_name: str, words: Sequence[str | tuple[int, str]]
    ) -> Query: ...
    @staticmethod
    def boolean_query(
        subqueries: Sequence[tuple[Occur, Query]],
        minimum_number_should_match: int | None = None,
    ) -> Query: ...
    @staticmethod
    def disjunction_max_query(
        subqueries: Sequence[Query], tie_breaker: float | None = None
    ) -> Query: ...
    @staticmethod
    def boost_query(query: Query, boost: float) -> Query: ...
    @staticmethod
    def regex_query(schema: Schema, field_name: str, regex_pattern: str) -> Query: ...
    @staticmethod
    def const_score_query(query: Query, score: float) -> Query: ...
    @staticmethod
    def range_query(
        schema: Schema,
        field_name: str,
        field_type: FieldType,
        lower_bound: _V | None = None,
        upper_bound: _V | None = None,
        include_lower: bool = True,
        include_upper: bool = True,
        use_inverted_index: bool = False,
    ) -> Query: ...
    def explain(self, searcher: Searcher, doc_address: DocAddress) -> Explanation: ...

class DocAddress:
    def __new__(cls, segment_ord: int, doc: int) -> DocAddress: ...
    @property
    def segment_ord(self) -> int: ...
    @property
    def doc(self) -> int: ...

class SearchResult:
    @property
    def hits(self) -> list[tuple[Any, DocAddress]]:
        """Each with its score, or its value of the field that orders."""

class CountedResult(SearchResult):
    @property
    def count(self) -> int: ...

class Bucket(TypedDict):
    key: Value
    doc_count: int

class Aggregate(TypedDict):
    """`buckets` of terms, `value` of a minimum or maximum."""

    buckets: list[Bucket]
    value: float | None

class Searcher:
    @overload
    def search(
        self,
        query: Query,
        limit: int = 10,
        count: Literal[True] = True,
        order_by_field: str | None = None,
        offset: int = 0,
        order: Order = Order.Desc,
    ) -> CountedResult: ...
    @overload
    def search(
        self,
        query: Query,
        limit: int = 10,
        *,
        count: Literal[False],
        order_by_field: str | None = None,
        offset: int = 0,
        order: Order = Order.Desc,
    ) -> SearchResult: ...
    def aggregate(
        self, query: Query, agg: Mapping[str, Mapping[str, object]]
    ) -> dict[str, Aggregate]: ...
    @property
    def num_docs(self) -> int: ...
    @property
    def num_segments(self) -> int: ...
    def doc(self, doc_address: DocAddress) -> Document: ...
    def fast_field_values(
        self, field_name: str, doc_addresses: list[DocAddress]
    ) -> list[int | float | bool | None]: ...
    def doc_freq(self, field_name: str, field_value: Value) -> int: ...
    def terms_with_prefix(
        self,
        field_name: str,
        prefix: str,
        filter_query: Query | None = None,
        limit: int | None = None,
    ) -> list[tuple[str, int]]: ...
    def cardinality(self, query: Query, field_name: str) -> float: ...

class IndexWriter:
    def add_document(self, doc: Document) -> int: ...
    def commit(self) -> int: ...
    def rollback(self) -> int: ...
    def delete_all_documents(self) -> None: ...
    def delete_documents_by_term(self, field_name: str, field_value: Value) -> int: ...
    def delete_documents_by_query(self, query: Query) -> int: ...
    def wait_merging_threads(self) -> None: ...

class Index:
    def __new__(
        cls, schema: Schema, path: str | None = None, reuse: bool = True
    ) -> Index: ...
    @staticmethod
    def open(path: str) -> Index: ...
    @staticmethod
    def exists(path: str) -> bool: ...
    def writer(
        self, heap_size: int = 128_000_000, num_threads: int = 0
    ) -> IndexWriter: ...
    def config_reader(
        self, reload_policy: str = "commit", num_warmers: int = 0
    ) -> None: ...
    def searcher(self) -> Searcher: ...
    @property
    def schema(self) -> Schema: ...
    def reload(self) -> None: ...
    def parse_query(
        self, query: str, default_field_names: Sequence[str] | None = None
    ) -> Query: ...

class Tokenizer:
    @staticmethod
    def raw() -> Tokenizer: ...
    @staticmethod
    def regex(pattern: str) -> Tokenizer: ...

class Filter:
    @staticmethod
    def ascii_fold() -> Filter: ...
    @staticmethod
    def stemmer(language: str) -> Filter: ...

class TextAnalyzer:
    def analyze(self, text: str) -> list[str]: ...

class TextAnalyzerBuilder:
    def __init__(self, tokenizer: Tokenizer) -> None: ...
    def filter(self, filter: Filter) -> TextAnalyzerBuilder: ...
    def build(self) -> TextAnalyzer: ...

__version__: str
