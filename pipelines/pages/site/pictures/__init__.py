"""The pictures of the site, each drawn for a wide and for a narrow screen, with the rows behind it."""

from pipelines.pages.contents import Contents
from pipelines.pages.site.pictures.agencies import agencies
from pipelines.pages.site.pictures.comparison import comparison
from pipelines.pages.site.pictures.picture import Picture
from pipelines.pages.site.pictures.timeline import timeline
from pipelines.pages.site.pictures.wordings import wordings


def pictures(package: Contents) -> tuple[Picture, ...]:
    """All pictures, in the order in which the page shows them."""
    return (timeline(package), comparison(package), agencies(package), wordings(package))
