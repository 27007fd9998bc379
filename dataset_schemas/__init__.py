"""What the district publishes, as data: dataset metadata, disclosure items and one Data Package per domain."""
