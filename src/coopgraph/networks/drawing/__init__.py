"""Networks as people look at them: a page that opens offline, pictures, maps."""
