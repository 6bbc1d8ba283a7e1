"""PDF/UA and PDF/A, judged by veraPDF: ``python -m tests.conformance``."""
