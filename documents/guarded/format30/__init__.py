"""The checker of NĐ 30/2020, in the child: a file read into lines, lines named, names judged.

docx_reader / pdf_reader   a file        -> Paper (lines with their looks and places)
recognise                  Paper, pack   -> every line's component ("C05", "C20.item", "")
pages, looks, words, layout  the rules: each yields Fault
mending                    the faults that carry a Mend, put right in the .docx
"""
