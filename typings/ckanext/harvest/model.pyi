"""What we use of ckanext-harvest's tables, with the types its columns have on a record.

Its classes are mapped by hand and untyped: a checker sees columns where values are.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, Query
from typing_extensions import Self

from ckan.model.domain_object import DomainObject

class HarvestDomainObject(DomainObject):
    id: Mapped[str]

    @classmethod
    def get(
        cls, key: str, default: Self | None = None, attr: str | None = None
    ) -> Self | None: ...
    @classmethod
    def filter(cls, **kwds: Any) -> Query[Self]: ...

class HarvestSource(HarvestDomainObject):
    url: Mapped[str]
    title: Mapped[str]
    config: Mapped[str | None]
    active: Mapped[bool]  # pyright: ignore[reportIncompatibleMethodOverride]

class HarvestJob(HarvestDomainObject):
    created: Mapped[datetime]
    gather_finished: Mapped[datetime | None]
    source_id: Mapped[str]
    status: Mapped[str]
    source: Mapped[HarvestSource]
    gather_errors: Mapped[list[HarvestGatherError]]

class HarvestObject(HarvestDomainObject):
    guid: Mapped[str]
    current: Mapped[bool]
    content: Mapped[str | None]
    state: Mapped[str]
    retry_times: Mapped[int]
    harvest_job_id: Mapped[str]
    harvest_source_id: Mapped[str]
    package_id: Mapped[str | None]
    report_status: Mapped[str | None]
    job: Mapped[HarvestJob]
    source: Mapped[HarvestSource]
    errors: Mapped[list[HarvestObjectError]]

class HarvestGatherError(HarvestDomainObject):
    message: Mapped[str]

    @classmethod
    def create(cls, message: str, job: HarvestJob | None) -> None: ...

class HarvestObjectError(HarvestDomainObject):
    message: Mapped[str]

    @classmethod
    def create(
        cls,
        message: str,
        object: HarvestObject,
        stage: str = "Fetch",
        line: int | None = None,
    ) -> None: ...
