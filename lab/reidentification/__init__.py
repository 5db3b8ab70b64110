"""How easily a record of a table can be singled out. Plain Python and DuckDB: values in, values out."""
