"""Makes the page on what was validated in a published package, and with which result."""
