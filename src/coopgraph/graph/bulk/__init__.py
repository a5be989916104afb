"""Many records from one stream of JSON Lines into a store built from nothing, in flat memory."""
