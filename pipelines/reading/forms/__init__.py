"""The forms of sentences that commit to a number, in the order in which they are tried: the first that fits decides.

Adding a form: a module in this folder (see `form.Form`) and its place in the order.
"""

from pipelines.reading.context import NumberContext
from pipelines.reading.forms import (
    after_metric,
    after_object,
    again,
    before_object,
    before_subject,
    continued,
    dated,
    delimits,
    enumerated,
    forbidden,
    measured_too,
    part_of,
    past,
    ratio_of_two,
    related,
    repeated,
    restated,
    share_of_whole,
    starts_from,
    verb_behind,
)
from pipelines.reading.forms.form import Decision, Form

FORMS: tuple[Form, ...] = (
    # what commits to nothing
    restated,
    ratio_of_two,
    starts_from,
    delimits,
    past,
    forbidden,
    # what goes on from the number before
    share_of_whole,
    repeated,
    measured_too,
    again,
    # what stands by itself
    related,
    after_metric,
    after_object,
    before_object,
    enumerated,
    continued,
    dated,
    before_subject,
    verb_behind,
    part_of,
)


def read_number(number: NumberContext) -> tuple[str, Decision]:
    """What a number is, by the first form that fits, and the name of that form; nothing where none does."""
    for form in FORMS:
        if (decision := form.read(number)) is not None and decision != []:
            return form.NAME, decision
    return "", None
