"""Reads a plain text: UTF-8 as it is, other encodings decoded."""

from pipelines.errors import PipelineError
from pipelines.inputs import likely_encoding
from pipelines.seeds.formats.original import Original, checked

DECODED = ("GB18030", "BIG5", "UTF-16")


def read_plain(data: bytes, file: str) -> Original:
    """The text of a plain text; a UTF-8 one is its own seed, and no tool is named."""
    try:
        return Original(checked(data.decode("utf-8"), file, "check that it is the text of a plan"), "")
    except UnicodeDecodeError:
        encoding = likely_encoding(data)
    if encoding not in DECODED:
        found = f"bytes that are not UTF-8 (this looks like {encoding})"
        raise PipelineError(file, "", found, f"a text in UTF-8, {' or '.join(DECODED)}", "save it as UTF-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        place, found = f"byte {error.start}", f"a byte that is not {encoding}, which the rest of the text is"
        raise PipelineError(
            file, place, found, "a whole text", "fetch it again, or save it as UTF-8"
        ) from None
    return Original(
        checked(text, file, "check that it is the text of a plan"), f"decoded from {encoding} (1)"
    )
