"""Sheets in and out: XLSX and CSV read safely, staged with errors in place, applied in small batches."""
