"""What the district publishes, as data.

Dataset metadata, disclosure items, code lists and one Data Package per domain.
"""
