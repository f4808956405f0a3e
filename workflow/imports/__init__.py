"""Lists of nominees from Excel, as untidy as clerks' lists are: read, checked, and dry-run."""
