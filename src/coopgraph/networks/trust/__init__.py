"""What a network rests on, and what it would be without any of it."""
