"""Networks as files: one sheet of plain columns, and a writer for each format."""
