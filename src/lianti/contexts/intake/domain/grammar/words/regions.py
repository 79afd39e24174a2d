"""Names of China's provinces, cities and counties, from the list that the package cpca carries (read as data, its code is not loaded)."""
