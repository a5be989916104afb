"""Questions and their answers: slots, tables, names, pages, and the words behind each row."""
