"""Linked rules between the metadata items of 发改高技〔2017〕1272号."""

from __future__ import annotations

import pytest

from ckanext.gpo.catalogue import consistency


def same(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("rule", "values", "fine"),
    [
        # item 7: class → type
        (consistency.fmt_type, ("01", "pdf"), True),
        (consistency.fmt_type, ("02", "xlsx"), True),
        (consistency.fmt_type, ("03", "mysql"), True),
        (consistency.fmt_type, ("06", "table_driven"), True),
        (consistency.fmt_type, ("02", "pdf"), False),
        (consistency.fmt_type, ("03", "xlsx"), False),
        (consistency.fmt_type, ("05", "other"), True),
        # item 8: structured resources
        (consistency.table_ref, ("03", "tax/tax_arrears"), True),
        (consistency.table_ref, ("03", ""), False),
        (consistency.table_ref, ("02", ""), False),
        (consistency.table_ref, ("01", ""), True),
        # item 9: sharing
        (consistency.share_condition, ("0", ""), True),
        (consistency.share_condition, ("1", ""), False),
        (consistency.share_condition, ("1", "用于核查"), True),
        (consistency.share_condition, ("2", ""), False),
        (consistency.share_condition, ("2", "保守国家秘密法第九条"), True),
        (consistency.share_mode_class, ("0", ""), False),
        (consistency.share_mode_class, ("1", "mail"), True),
        (consistency.share_mode_class, ("2", ""), True),
        (consistency.share_mode_type, ("02", "platform", "file"), True),
        (consistency.share_mode_type, ("02", "platform", "database"), False),
        (consistency.share_mode_type, ("02", "platform", "api"), False),
        (consistency.share_mode_type, ("03", "platform", "database"), True),
        (consistency.share_mode_type, ("03", "platform", "api"), True),
        (consistency.share_mode_type, ("03", "platform", "file"), False),
        (consistency.share_mode_type, ("03", "platform", ""), False),
        (consistency.share_mode_type, ("03", "mail", "none"), True),
        (consistency.share_mode_type, ("01", "mail", "none"), True),
        (consistency.share_mode_type, ("01", "mail", "file"), False),
        (consistency.share_mode_type, ("03", "", ""), True),
        # item 10: openness
        (consistency.open_type, ("yes", "unconditional"), True),
        (consistency.open_type, ("yes", "conditional"), True),
        (consistency.open_type, ("yes", "none"), False),
        (consistency.open_type, ("no", "none"), True),
        (consistency.open_type, ("no", "unconditional"), False),
        (consistency.open_condition, ("conditional", ""), False),
        (consistency.open_condition, ("conditional", "实名申请"), True),
        (consistency.open_condition, ("unconditional", ""), True),
        (consistency.open_condition, ("unconditional", "注明来源"), True),
        # provenance
        (consistency.provenance, ("real", ""), False),
        (consistency.provenance, ("real", "国家统计局"), True),
        (consistency.provenance, ("sample", ""), True),
        # item 3: resource code
        (consistency.res_code, ("307015040205", "307015040205/1"), True),
        (consistency.res_code, ("307015040205", "307015040205/0"), False),
        (consistency.res_code, ("307015040205", "307015040206/1"), False),
        (consistency.res_code, ("307015040205", "307015040205"), False),
        # a value that is not in its list is another validator's business
        (consistency.fmt_type, ("99", "pdf"), True),
        (consistency.open_type, ("maybe", "none"), True),
        # channels of an item
        (consistency.channels, (["C01"], ["C03"], ""), True),
        (consistency.channels, (["C01"], ["C01"], ""), False),
        (consistency.channels, (["C99"], [], ""), False),
        (consistency.channels, ([], ["C99"], "村广播"), True),
    ],
)
def test_linked_rule(rule, values, fine):
    assert (rule(*values, same) is None) is fine


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "307015040205/1"),
        (["307015040205/2", "307015040205/10"], "307015040205/11"),
        (["3070150402/7"], "307015040205/1"),
    ],
)
def test_next_code_follows_the_highest_of_its_classification(taken, expected):
    assert consistency.next_res_code("307015040205", taken) == expected


@pytest.mark.parametrize(
    ("title", "others", "fine"),
    [
        ("A级纳税人名单", ["欠税公告"], True),
        ("A级纳税人名单", ["a级 纳税人名单。"], False),
        ("A级纳税人名单", ["A级(纳税人)名单"], False),
        ("纳税服务系统", [], False),
        ("公共法律服务实体平台", [], True),
    ],
)
def test_title_names_the_content_and_nothing_else_has_it(title, others, fine):
    assert (consistency.title(title, others, same) is None) is fine
