"""What a campaign file may hold, as data, and the reading of one against it."""
