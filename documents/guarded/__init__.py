"""The work of the guarded child. Nothing here may import Django or any module that does."""
