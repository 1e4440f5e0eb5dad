"""The published package in; a static website in English and Chinese out, every part of it inside."""

from pipelines.pages.site.build import print_site, write_site

__all__ = ["print_site", "write_site"]
