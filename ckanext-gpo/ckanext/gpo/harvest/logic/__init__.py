"""Where ckanext-harvest's own actions would let too much happen or be seen."""
