"""The catalogue: what must be disclosed, and what describes it.

In: the YAML of dataset_schemas/ (Data Packages, disclosure items, departments, domains).
Out: one private dataset record per table, one public record per disclosure item, and the
view of a domain with its items, datasets and data chains. Only the gate makes a dataset
public.

发改高技〔2017〕1272号 (metadata of a dataset), 国办发〔2017〕42号 and 〔2019〕54号
(columns of a disclosure item); which clause stands behind which field is told in
dataset.yaml and disclosure_item.yaml.
"""
