"""Builds docx_templates/: the papers of an award round, laid out by NĐ 30/2020/NĐ-CP."""
