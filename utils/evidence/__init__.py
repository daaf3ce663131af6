"""What a data folder may hold, and how it is read and validated."""
