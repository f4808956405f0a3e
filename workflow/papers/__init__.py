"""From nominations to papers: what each template is filled with, and who signs it."""
