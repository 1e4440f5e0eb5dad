"""A published package in; the page on what was validated, and with which result, out."""
