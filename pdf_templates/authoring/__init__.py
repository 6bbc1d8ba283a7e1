"""Draws our own template PDFs, the same bytes every time.

A form is data (``forms/``): pages of blocks, blocks of fields. The modules beside it turn that data
into a tagged, fillable PDF. ``python -m pdf_templates.authoring`` draws them all.
"""
