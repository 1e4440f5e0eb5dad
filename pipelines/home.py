"""Where the project stands: in its checkout, or installed, with its schemas beside the code and the work in any folder."""

from pathlib import Path

CODE = Path(__file__).resolve().parent
IS_INSTALLED = (
    CODE / "schemas"
).is_dir()  # a wheel carries them inside; in a checkout they stand beside pipelines/
SCHEMAS = (CODE if IS_INSTALLED else CODE.parent) / "schemas"
# What a command works on if nobody names a folder: the checkout, or the folder where one stands.
ROOT = Path.cwd() if IS_INSTALLED else CODE.parent
