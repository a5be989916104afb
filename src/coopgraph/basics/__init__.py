"""Terms, identifiers, dates, names and findings: what every other room stands on."""
