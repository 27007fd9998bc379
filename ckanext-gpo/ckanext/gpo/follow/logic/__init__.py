"""What CKAN asks of gpo_follow."""
