"""Makes the one page for people, in English and Chinese, on what was validated in a project and found.

The page is one file that asks nothing of anybody: styles and script stand in it, and its own policy, which
names both by their digests, lets a browser run nothing else.
"""

import base64
import hashlib
import os
import tempfile
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from pipelines.errors import PipelineError
from pipelines.pages.report.findings import gather
from pipelines.pages.report.shown import View
from pipelines.pages.report.view import busiest, view
from pipelines.pages.wording import Words

HERE = Path(__file__).parent
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{}'; script-src '{}'"


def print_report_page(root: Path, out: Path, *, seeds: Path | None = None) -> bool:
    """Writes the report on the package in `root` to the file `out`, and says so; true if no check failed.

    `seeds` is the folder of its raw texts, where that is not seeds/ in it.
    Raises PipelineError if there is no descriptor to read, or if the file cannot be written.
    """
    findings = gather(root, seeds)
    shown = view(findings)
    _write(out, page(shown))
    print(f"report  {out}  ({shown.verdict.en})")
    return findings.report.ok


def page(shown: View, *, in_site: bool = False) -> str:
    """The page as HTML, the same characters for the same findings; in the site, with a way back to it."""
    style = (HERE / "page.css").read_text(encoding="utf-8")
    script = (HERE / "page.js").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        busiest=busiest, w=both, comma=lambda count: f"{count:,}", figure=lambda share: f"{share:.3f}"
    )
    environment.globals.update(_=lambda en, zh: both(Words(en, zh)))
    return environment.get_template("page.html").render(
        shown=shown,
        in_site=in_site,
        style=Markup(style),
        script=Markup(script),
        policy=POLICY.format(_digest(style), _digest(script)),
    )


def both(words: Words) -> Markup:
    """Words in both languages, of which the page shows one; once, where they are the same.

    >>> str(both(Words("rows < 5", "行")))
    '<span class="en" lang="en">rows &lt; 5</span><span class="zh" lang="zh-Hans">行</span>'
    """
    if words.en == words.zh:
        return escape(words.en)
    return Markup('<span class="en" lang="en">{}</span><span class="zh" lang="zh-Hans">{}</span>').format(
        words.en, words.zh
    )


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode()}"


def _write(out: Path, html: str) -> None:
    """Puts the page in place whole: a reader never finds half of it."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, staged = tempfile.mkstemp(prefix=".report-", suffix=".html", dir=out.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(html)
            Path(staged).chmod(0o644)
            Path(staged).replace(out)
        finally:
            Path(staged).unlink(missing_ok=True)
    except OSError as error:
        raise PipelineError(
            file=out,
            place="",
            found=error.strerror or str(error),
            expected="a file that can be written",
            remedy="free some room or mend the permissions, and run make report again",
        ) from None
