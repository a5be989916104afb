"""What records, claims and entities are, what must hold in them, and the triples they become."""
