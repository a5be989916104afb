"""Data files read and written, their problems named by line, source texts beside them."""
