"""What the room knows without a database."""
