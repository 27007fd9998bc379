"""What CKAN asks of gpo_apps."""
