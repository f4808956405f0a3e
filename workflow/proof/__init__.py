"""Whether papers still say what the data says, agree with one another, and where it came from."""
