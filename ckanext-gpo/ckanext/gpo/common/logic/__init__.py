"""What CKAN asks of gpo_common."""
