"""Builds a static website in English and Chinese from the published package, every part of it inside."""

from pipelines.pages.site.build import print_site, write_site

__all__ = ["print_site", "write_site"]
