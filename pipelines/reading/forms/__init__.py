"""The forms of sentences that commit to a number, or say why one does not: the first that fits decides.

Adding a form: a module in this folder (see `form.Form`), which says itself which forms are tried before and behind it.
"""

from graphlib import TopologicalSorter
from importlib import import_module
from pkgutil import iter_modules

from pipelines.reading.context import NumberContext
from pipelines.reading.forms.form import Decision, Form


def collected() -> tuple[Form, ...]:
    """The modules of this folder that are forms, in an order that agrees with what each declares."""
    modules = [import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__)]
    forms: dict[str, Form] = {module.NAME: module for module in modules if hasattr(module, "NAME")}
    first = {name: set(getattr(form, "FOLLOWS", ())) for name, form in forms.items()}
    for name, form in forms.items():
        for later in getattr(form, "PRECEDES", ()):
            first[later].add(name)
    order = TopologicalSorter({name: sorted(first[name]) for name in sorted(first)}).static_order()
    return tuple(forms[name] for name in order)


FORMS = collected()


def read_number(number: NumberContext) -> tuple[str, Decision]:
    """What a number is, by the first form that fits, and the name of that form; nothing where none does."""
    for form in FORMS:
        if (decision := form.read(number)) is not None and decision != []:
            return form.NAME, decision
    return "", None
