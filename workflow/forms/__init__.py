"""What people type, checked one value at a time."""
