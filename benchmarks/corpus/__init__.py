"""A generator of corpora of any size in the shape of the shipped records; see README.md."""
