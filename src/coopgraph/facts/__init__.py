"""Fact tables: what a graph holds as typed tables, for engines of tables on one machine or many."""
