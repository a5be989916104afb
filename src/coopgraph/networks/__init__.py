"""Networks: projections of encounters, and the files that other tools read."""
