"""The page of a form beside pdf.js showing the same PDF in the same browser."""
