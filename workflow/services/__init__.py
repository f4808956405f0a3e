"""The only writers of the workflow. Each reads the same way; see workflow/services/acting.py."""
