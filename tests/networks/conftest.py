"""With this file here, tests in the folders below import what lies beside it."""
