"""The measures in, their verbs, their items and the characters round them out."""

from pipelines.guard.frames.children import children, item_before
from pipelines.guard.frames.index import Added, Index


def columns(index: Index) -> Added:
    """What is added to the measures."""
    added, pairs = children(index, "measures")
    lookups = index.lookups
    verbless = {
        (each["clause_id"], each["source_start"])
        for each in index.rows("issues")
        if each["kind"] == "no-verb"
    }
    for (row, _), before in zip(pairs, added["_before"], strict=True):
        text = str(row["text"] or "")
        added["_verb"].append(lookups.verb(text) if lookups is not None else row["verb"])
        added["_verbless"].append((row["clause_id"], row["source_start"]) in verbless)
        added["_bindingness"].append(
            lookups.bindingness.get(str(row["verb"])) if lookups is not None else row["bindingness"]
        )
        added["_item"].append(item_before(str(before or "")))
        added["_character_before"].append(str(before or "")[-1:])
    added["_character_after"] = [str(after or "")[:1] for after in added["_after"]]
    return added
