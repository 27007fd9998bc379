"""The template method of every harvester: IHarvester, filled in but for `extract`.

ckanext-harvest calls gather, fetch and import on one object per process. It is a
singleton, so nothing is kept on it between two calls.
"""

from __future__ import annotations

import json
import logging
import time
from typing import Any, ClassVar

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.errors import GpoError
from ckanext.harvest.model import (
    HarvestGatherError,
    HarvestJob,
    HarvestObject,
    HarvestObjectError,
)

from . import candidate, config, handover, mapping, masking, pulse, stopping
from .extract import Extract, SourceFile
from .failures import HarvestError, Interrupted, explain
from .kind import Kind
from .sources import Source, SourceTable

log = logging.getLogger(__name__)


class GpoHarvester:
    """One kind of business system; a subclass also implements IHarvester.

    A table that fails leaves one error row with a stable code; whatever happens, the
    other tables and sources go on.
    """

    kind: ClassVar[Kind]
    """What it says of itself."""

    def extract(self, source: Source, table: SourceTable) -> Extract | SourceFile:
        """The rows of one table, unmapped, or its file.

        Errors may also come while rows are read.

        :raises HarvestError: they cannot be had
        """
        raise NotImplementedError

    # IHarvester
    def info(self) -> dict[str, Any]:
        title, description = self.kind.words(tk._)
        return {
            "name": f"gpo_{self.kind.name}",
            "title": title,
            "description": description,
            "form_config_interface": "Text",
        }

    def validate_config(self, text: str | None) -> str:
        """What a form may say: the name of a known source, and nothing else."""
        try:
            value = json.loads(text or "")
        except ValueError:
            value = None
        if not isinstance(value, dict) or value.keys() != {"source"}:
            raise ValueError(tk._('It has to be {"source": "<name of a source>"}'))
        try:
            source = config.sources().get(str(value["source"]))
        except GpoError as err:
            raise ValueError(explain(err, tk._)) from err
        if source.kind != self.kind.name:
            raise ValueError(
                tk._("The source {source} is of the kind {kind}").format(
                    source=source.name, kind=source.kind
                )
            )
        return json.dumps(value)

    def get_original_url(self, harvest_object_id: str) -> None:
        """None: a business system's address is nobody's business on a page."""

    def gather_stage(self, harvest_job: HarvestJob) -> list[str]:
        """One harvest object per table."""
        try:
            source = handover.find_source(harvest_job.source, self.kind.name)
        except Exception as err:  # noqa: BLE001 - every failure becomes a row
            model.Session.rollback()
            message = self._message(err, harvest_job.source.title)
            HarvestGatherError.create(message=message, job=harvest_job)
            return []
        objects = [
            HarvestObject(guid=f"{source.name}:{table.ref}", job=harvest_job)
            for table in source.tables
        ]
        model.Session.add_all(objects)
        model.Session.commit()
        return [each.id for each in objects]

    def fetch_stage(self, harvest_object: HarvestObject) -> bool:
        """Write the table's candidate to the spool."""
        try:
            harvest_object.content = json.dumps(
                self._fetch(harvest_object), ensure_ascii=False
            )
            harvest_object.save()
        except Interrupted:
            raise
        except Exception as err:  # noqa: BLE001 - every failure becomes a row
            return self._failed(err, harvest_object, "Fetch")
        return True

    def import_stage(self, harvest_object: HarvestObject) -> bool | str:
        """Hand the candidate to the gate."""
        try:
            version = handover.submit(harvest_object)
        except Exception as err:  # noqa: BLE001 - every failure becomes a row
            return self._failed(err, harvest_object, "Import")
        return "unchanged" if version.get("unchanged") else True

    def _fetch(self, harvest_object: HarvestObject) -> dict[str, Any]:
        source = handover.find_source(harvest_object.source, self.kind.name)
        source_table = source.table(harvest_object.guid.partition(":")[2])
        fields = mapping.fields(
            source, source_table, mapping.find_table(source_table.ref)
        )
        deadline = time.monotonic() + config.table_timeout()

        def keep_going() -> None:
            pulse.beat()
            stopping.check()
            if time.monotonic() > deadline:
                raise HarvestError(
                    "source-too-slow",
                    place=harvest_object.guid,
                    seconds=config.table_timeout(),
                )

        path = config.spool() / f"{harvest_object.id}{candidate.SUFFIX}"
        extract = self.extract(source, source_table)
        if isinstance(extract, SourceFile):
            result = candidate.copy(extract.path, path, keep_going)
            return {
                "table": source_table.ref,
                "origin": result.origin(extract.label),
                "declaration": extract.declaration,
                **result.as_dict(),
            }
        try:
            result = candidate.write(
                path,
                [field["name"] for field in fields],
                extract.rows,
                mapping.row_mapper(fields, source_table, extract.columns),
                keep_going,
            )
        finally:
            extract.rows.close()
        return {
            "table": source_table.ref,
            "origin": result.origin(extract.label),
            **result.as_dict(),
            **extract.facts,
        }

    def _failed(self, err: Exception, failed: HarvestObject, stage: str) -> bool:
        # Whatever broke may have left the session in the middle of a transaction.
        model.Session.rollback()
        message = self._message(err, failed.guid)
        HarvestObjectError.create(message=message, object=failed, stage=stage)
        return False

    def _message(self, err: Exception, place: str) -> str:
        if not isinstance(err, GpoError):
            log.error("%s: %s", place, masking.traceback(err))
            # The kind only: the text of a foreign error may quote what is secret.
            err = HarvestError("harvest-failed", place=place, reason=type(err).__name__)
        return explain(err, tk._)
