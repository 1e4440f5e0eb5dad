"""Describes the dataset as a schema.org Dataset in JSON-LD, for search engines that read web pages."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from pipelines.describe.facts import CoveredPlace, Facts, PublishedFile, SourcePlan
from pipelines.errors import PipelineError

CHINESE = "zh-Hans"
GB_T_2260 = "GB/T 2260"
SCRIPT = re.compile(r'(?<=<script type="application/ld\+json">).*?(?=</script>)', re.DOTALL)


def jsonld(facts: Facts, base: str = "") -> str:
    """The Dataset; the addresses of its files are their paths from the root of the package, after `base`.

    A page that carries it in a script element gives as `base` the way from the page to that root, such as "../".
    No `</` stands in it, so that no text in it can end that element.
    """
    dataset = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": facts.title,
        "alternateName": [facts.name, _chinese(facts.title_zh)],
        "description": facts.description,
        "abstract": _chinese(facts.description_zh),
        "version": facts.version,
        **({"datePublished": facts.released} if facts.released else {}),
        **({"url": facts.homepage} if facts.homepage else {}),
        "license": facts.licence.path,
        "copyrightNotice": facts.rights,
        "creator": [{"@type": "Organization", "name": creator} for creator in facts.creators],
        "keywords": list(facts.keywords),
        "inLanguage": [CHINESE, "en"],
        "isAccessibleForFree": True,
        **_coverage(facts),
        "isBasedOn": [_plan(plan) for plan in facts.plans],
        "variableMeasured": list(_variables(facts)),
        "distribution": [_download(file, base) for file in facts.files],
    }
    return json.dumps(dataset, ensure_ascii=False, indent=2).replace("</", "<\\/") + "\n"


def put_into_page(page: Path, dataset: str) -> None:
    """Puts a description in place of the one that a page carries: addresses count from the page that they stand in.

    Raises PipelineError for a page that carries none.
    """
    html, count = SCRIPT.subn(
        lambda _: dataset.strip().replace("<", "\\u003c"), page.read_text(encoding="utf-8"), count=1
    )
    if not count:
        raise PipelineError(
            file=page,
            place="head",
            found="no script of type application/ld+json",
            expected="the description of the dataset",
            remedy="build the site with a description: make site",
        )
    page.write_text(html, encoding="utf-8", newline="")


def _coverage(facts: Facts) -> dict[str, object]:
    coverage: dict[str, object] = {}
    if facts.first_day and facts.last_day:
        coverage["temporalCoverage"] = f"{facts.first_day.isoformat()}/{facts.last_day.isoformat()}"
    coverage["spatialCoverage"] = [_place(place) for place in facts.places]
    return coverage


def _place(place: CoveredPlace) -> dict[str, object]:
    described: dict[str, object] = {
        "@type": "AdministrativeArea",
        "name": place.label_en,
        "alternateName": _chinese(place.label),
    }
    if place.division_code:
        described["identifier"] = {
            "@type": "PropertyValue",
            "propertyID": GB_T_2260,
            "value": place.division_code,
        }
    if place.province and place.province_en and place.province != place.label:
        described["containedInPlace"] = {
            "@type": "AdministrativeArea",
            "name": place.province_en,
            "alternateName": _chinese(place.province),
        }
    return described


def _plan(plan: SourcePlan) -> dict[str, object]:
    return {
        "@type": "CreativeWork",
        "name": _chinese(plan.title),
        "alternateName": plan.title_en,
        **({"identifier": plan.document_number} if plan.document_number else {}),
        **({"datePublished": plan.issued_on.isoformat()} if plan.issued_on else {}),
        **(
            {
                "publisher": [
                    {"@type": "GovernmentOrganization", "name": _chinese(name)} for name in plan.issuers
                ]
            }
            if plan.issuers
            else {}
        ),
        "inLanguage": CHINESE,
    }


def _variables(facts: Facts) -> Iterator[dict[str, object]]:
    for schema in facts.schemas:
        for field in schema.fields:
            yield {
                "@type": "PropertyValue",
                "name": f"{schema.name}.{field.name}",
                "alternateName": [
                    f"{schema.title}: {field.title}",
                    _chinese(f"{schema.title_zh}：{field.title_zh}"),
                ],
                "description": field.description,
            }


def _download(file: PublishedFile, base: str) -> dict[str, object]:
    return {
        "@type": "DataDownload",
        "name": file.path.rpartition("/")[2],
        "alternateName": [file.title, _chinese(file.title_zh)],
        "description": file.description,
        "encodingFormat": file.media_type,
        "contentUrl": base + file.path,
        "contentSize": f"{file.size_bytes} B",
        "sha256": file.sha256,
    }


def _chinese(text: str) -> dict[str, str]:
    return {"@language": CHINESE, "@value": text}
