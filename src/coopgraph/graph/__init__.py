"""From files to a store: put together, derived, loaded in one commit, described, exported."""
