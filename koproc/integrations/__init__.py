"""Koproc inside other people's engines: Arrow batches (DuckDB, Polars, pandas), Spark, spaCy, scikit-learn.

Each module needs the extra of its name, and is imported only when asked for.
"""
