from decimal import Decimal

class Item:
    @property
    def children(self) -> list[Item]: ...

class SearchField(Item):
    name: str
    expr: Item

class BaseGroup(Item):
    expr: Item

class Group(BaseGroup): ...
class FieldGroup(BaseGroup): ...

class Term(Item):
    value: str

class Word(Term): ...
class Phrase(Term): ...
class Regex(Term): ...

class Range(Item):
    low: Item
    high: Item
    include_low: bool
    include_high: bool

class Fuzzy(Item):
    term: Word
    degree: Decimal

class Proximity(Item):
    term: Phrase
    degree: int

class Boost(Item):
    expr: Item
    force: Decimal | int

class BaseOperation(Item): ...
class OrOperation(BaseOperation): ...
class AndOperation(BaseOperation): ...

class Unary(Item):
    a: Item

class Plus(Unary): ...
class Not(Unary): ...
class Prohibit(Unary): ...

class OpenRange(Unary):
    include: bool

class From(OpenRange): ...
class To(OpenRange): ...
