"""Projects and enterprises: what all departments published of one."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.common import clock, dossiers, tables
from ckanext.gpo.explore import gathering
from ckanext.gpo.explore.logic import schema


@tk.side_effect_free
@tk.validate_action_data(schema.dossier_show)
def gpo_explore_project_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show the life of a project: what all departments published of it, and what is late.

    Only what is public is told, whoever asks.

    :param code: project code, as 2017-320402-48-01-500001
    :type code: string

    :returns: ``{code, name, location, parties, stations, timeline}``. ``parties`` are
        ``[{code, name, roles: [{title, title_en}]}]``. A station is ``{table_ref, domain,
        title, title_en, dataset, department, department_en, published, version,
        number_field, date_field, records, total, total_is_exact, in_chain}``: one table,
        in the order of the chain, and then those that bear the code besides (``in_chain``
        is false). Its ``records`` are ``[{key, number, date, name, location, status,
        validity, values, terms}]``, the newest first, 50 at most. A term is
        ``{title, title_en, basis, basis_en, agreed, start, days, unit, due, provisional,
        end, state, excess}``: ``state`` is kept, late, running, overdue or unjudged,
        ``agreed`` that a contract sets it and not the law. ``timeline`` is ``[{station,
        date, days}]`` in the order of days: the place of a station, its first date, and
        the days since the one before
    :raises NotFound: the code is none, or nothing public bears it
    """
    tk.check_access("gpo_explore_project_show", context, data_dict)
    code = _checked(dossiers.PROJECT, data_dict["code"])
    return _existing(gathering.project(code, clock.today()))


@tk.side_effect_free
@tk.validate_action_data(schema.dossier_show)
def gpo_explore_enterprise_show(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Show what all departments published of an enterprise.

    Only what is public is told, whoever asks. Penalties whose publicity has ended, and
    those changed or withdrawn, are left out.

    :param code: unified social credit code
    :type code: string

    :returns: ``{code, name, registered, stations, projects, projects_complete}``.
        ``stations`` are as in `gpo_explore_project_show`, ``validity`` of a record is
        valid, expired, ended or empty. ``projects`` are those in which it takes part, the
        latest first: ``[{code, name, date, roles: [{title, title_en}]}]``
    :raises NotFound: the code is none, or nothing public bears it
    """
    tk.check_access("gpo_explore_enterprise_show", context, data_dict)
    code = _checked(dossiers.ENTERPRISE, data_dict["code"])
    return _existing(gathering.enterprise(code, clock.today()))


@tk.side_effect_free
@tk.validate_action_data(schema.dossier_list)
def gpo_explore_dossier_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List the projects and enterprises that a domain published of last.

    :param domain: name of the domain
    :type domain: string
    :param limit: how many of each, at most 20 (default: 5)
    :type limit: int

    :returns: ``{projects, enterprises}``, each ``[{code, name, date}]``, the latest first
    """
    tk.check_access("gpo_explore_dossier_list", context, data_dict)
    domain, limit = data_dict["domain"], data_dict["limit"]
    refs = [ref for ref, table in tables.tables().items() if table.domain == domain]
    return {
        "projects": gathering.latest(dossiers.PROJECT, refs, limit),
        "enterprises": gathering.latest(dossiers.ENTERPRISE, refs, limit),
    }


def _checked(kind: str, code: str) -> str:
    if not dossiers.is_code(kind, code):
        raise tk.ObjectNotFound(tk._("This is not a code of that kind."))
    return code


def _existing(dossier: dict[str, Any] | None) -> dict[str, Any]:
    if dossier is None:
        raise tk.ObjectNotFound(tk._("Nothing public bears this code."))
    return dossier
