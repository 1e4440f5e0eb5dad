"""The files of a package, a folder or a release archive, read by their paths; no path leads out of it."""

import hashlib
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pipelines.errors import PipelineError
from pipelines.package.swap import recover

DESCRIPTOR = "datapackage.json"
SUMS = "SHA256SUMS"
SEEDS = "seeds/"
# What is more than this is none of ours: bytes of an archive unpacked, how much of it a byte packed may become once it
# is large, bytes of a descriptor.
MOST_BYTES = 8 * 2**30
LARGE, MOST_RATIO = 2**26, 200
LARGEST_DESCRIPTOR = 2**25


class Files:
    """The files of the package at `path`, a folder with datapackage.json or a release archive (.zip).

    `seeds` is the folder of the raw texts, where that is not seeds/ beside the descriptor. What a killed build
    left between the old package and the new is healed first. Raises PipelineError for what is no package, and
    for an archive with a path that leads out of it, a link, the same name twice, or more than it could hold.
    """

    def __init__(self, path: Path, seeds: Path | None = None) -> None:
        self.path = path
        self._seeds = seeds
        self._names: frozenset[str] | None = None
        if path.is_dir():
            recover(path)
        else:
            self._names = _names_in_archive(path)
        if DESCRIPTOR not in self:
            raise PipelineError(
                file=path,
                place="",
                found=f"no {DESCRIPTOR}",
                expected="a published package",
                remedy=f"name the folder or the archive that holds {DESCRIPTOR}",
            )

    @property
    def is_archive(self) -> bool:
        """Whether the files lie in an archive."""
        return self._names is not None

    def where(self, name: str) -> Path:
        """The path of a file; one in an archive has that of the archive before it."""
        if self._seeds is not None and name.startswith(SEEDS):
            return self._seeds / name.removeprefix(SEEDS)
        return self.path / name

    def located(self, resource: Mapping[str, object]) -> Path | None:
        """The path of the file of a resource; None where the descriptor names none that stays inside."""
        name = resource.get("path")
        return self.where(name) if isinstance(name, str) and is_safe(name) else None

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str) or not is_safe(name):
            return False
        return name in (self._names or ()) if self._is_packed(name) else self.where(name).is_file()

    def under(self, *tops: str) -> list[str]:
        """The names of all files that are, or are in a folder of, `tops`; sorted."""
        if self._names is not None:
            return sorted(name for name in self._names if name in tops or name.split("/")[0] in tops)
        found = []
        for top in tops:
            path = self.path / top
            paths = [path] if path.is_file() else path.rglob("*")
            found += [each.relative_to(self.path).as_posix() for each in paths if each.is_file()]
        return sorted(found)

    def all(self) -> list[str]:
        """The names of all files; sorted."""
        if self._names is not None:
            return sorted(self._names)
        return self.under(*(entry.name for entry in self.path.iterdir()))

    def read(self, name: str) -> bytes:
        """The bytes of a file; PipelineError where there is none, or it cannot be read."""
        try:
            if not is_safe(name):
                raise OSError("a path that may lead out of the package")
            if name == DESCRIPTOR and (size := self.size(name)) > LARGEST_DESCRIPTOR:
                raise OSError(f"{size:,} bytes, where a descriptor has at most {LARGEST_DESCRIPTOR:,}")
            if not self._is_packed(name):
                return self.where(name).read_bytes()
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(name)
        except (OSError, LookupError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise PipelineError(
                file=self.path,
                place=name,
                found=f"no readable file ({getattr(error, 'strerror', None) or error})",
                expected="a whole package",
                remedy="fetch or build the package again",
            ) from error

    def size(self, name: str) -> int:
        """The bytes of a file, unpacked; OSError or KeyError where there is none."""
        if not self._is_packed(name):
            return self.where(name).stat().st_size
        with zipfile.ZipFile(self.path) as archive:
            return archive.getinfo(name).file_size

    def _is_packed(self, name: str) -> bool:
        return self._names is not None and not (self._seeds is not None and name.startswith(SEEDS))


@contextmanager
def as_folder(path: Path) -> Iterator[Path]:
    """The folder of a package: itself, or for an archive a folder that it is unpacked to and that is gone afterwards."""
    if path.is_dir():
        yield path
        return
    files = Files(path)
    with tempfile.TemporaryDirectory(prefix="package-") as folder:
        root = Path(folder, path.stem)
        for name in files.all():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(files.read(name))
        yield root


def is_safe(name: str) -> bool:
    """Whether a path stays inside the folder that it is unpacked to, on every system.

    >>> [is_safe(name) for name in ("data/plans.csv", "../plans.csv", "/plans.csv", "C:/plans.csv", "a//b", "a\\\\b")]
    [True, False, False, False, False, False]
    """
    parts = name.split("/")
    return (
        not PurePosixPath(name).is_absolute()
        and all(part not in ("", ".", "..") for part in parts)
        and not any(character in name for character in '\\:\0*?"<>|')
        and name.isprintable()
    )


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def read_sums(text: str) -> dict[str, str]:
    """The checksums by path of a file as sha256sum writes it.

    >>> read_sums("0a1b  data/plans.csv\\n")
    {'data/plans.csv': '0a1b'}
    """
    pairs = (line.partition("  ") for line in text.splitlines() if line.strip())
    return {name: value for value, _, name in pairs}


def write_sums(sums: Mapping[str, str]) -> str:
    """The same the other way round, sorted by path, as `sha256sum --check` reads it."""
    return "".join(f"{value}  {name}\n" for name, value in sorted(sums.items()))


def _names_in_archive(path: Path) -> frozenset[str]:
    """The names of the files; folders, which other programs give an entry of their own, hold nothing to read."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (OSError, zipfile.BadZipFile) as error:
        raise PipelineError(
            file=path,
            place="",
            found=f"no package ({getattr(error, 'strerror', None) or error})",
            expected="a folder with datapackage.json, or a release archive (.zip)",
            remedy="name one of the two",
        ) from error
    names: set[str] = set()
    for entry in entries:
        link = stat.S_ISLNK(entry.external_attr >> 16)
        name = entry.filename.removesuffix("/")
        if link or not is_safe(name) or entry.filename in names:
            found = "a link" if link else "a folder, a name twice, or a path that may lead out of the archive"
            raise _hostile(path, entry.filename, found, "plain files, each once, with paths that stay inside")
        if not entry.is_dir():
            names.add(entry.filename)
    unpacked, packed = sum(each.file_size for each in entries), sum(each.compress_size for each in entries)
    if unpacked > MOST_BYTES or (unpacked > LARGE and unpacked > MOST_RATIO * packed):
        found = f"an archive of {packed:,} bytes that unpacks to {unpacked:,}"
        raise _hostile(path, "", found, "a release archive")
    return frozenset(names)


def _hostile(path: Path, place: str, found: str, expected: str) -> PipelineError:
    remedy = "do not unpack this archive; fetch the release again"
    return PipelineError(path, place, found, expected, remedy)
