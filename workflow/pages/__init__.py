"""What each page shows: reads, shaped for its template. They change nothing."""
