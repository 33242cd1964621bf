"""Fields of a TIFF directory, and the one that EXIF shares with it: orientation."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

ORIENTATION = 274
# TIFF 6.0, section 2: the types that whole numbers come in.
_WHOLE_NUMBERS = {1: "B", 3: "H", 4: "I", 16: "Q"}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 16: 8}


@dataclass(frozen=True, slots=True)
class Layout:
    """Byte order and field widths of a classic or a Big TIFF."""

    order: str
    big: bool

    def first_directory(self, data: bytes) -> int:
        """Return the offset of the first directory."""
        return (
            int(struct.unpack_from(self.order + "Q", data, 8)[0])
            if self.big
            else int(struct.unpack_from(self.order + "I", data, 4)[0])
        )


def layout_of(data: bytes) -> Layout:
    """Return the layout that the first bytes name."""
    order = {b"II": "<", b"MM": ">"}[data[:2]]
    return Layout(order, struct.unpack_from(order + "H", data, 2)[0] == 43)


def directories(data: bytes, layout: Layout) -> Iterator[dict[int, tuple[int, ...]]]:
    """Yield the whole-number fields of each directory; stop at a loop."""
    seen: set[int] = set()
    at = layout.first_directory(data)
    while at and at not in seen:
        seen.add(at)
        fields, at = _directory(data, layout, at)
        yield fields


def _directory(data: bytes, layout: Layout, at: int) -> tuple[dict[int, tuple[int, ...]], int]:
    order = layout.order
    head, entry, link = ("Q", "HHQ8s", "Q") if layout.big else ("H", "HHI4s", "I")
    (count,) = struct.unpack_from(order + head, data, at)
    at += struct.calcsize(order + head)
    fields = {}
    for _ in range(count):
        tag, kind, number, inline = struct.unpack_from(order + entry, data, at)
        at += struct.calcsize(order + entry)
        if kind in _WHOLE_NUMBERS:
            # A few values are enough for every field that is asked for.
            code = f"{order}{min(number, 8)}{_WHOLE_NUMBERS[kind]}"
            fields[tag] = _values(data, code, inline, number * _SIZES[kind], order + link)
    (following,) = struct.unpack_from(order + link, data, at)
    return fields, int(following)


def _values(data: bytes, code: str, inline: bytes, size: int, link: str) -> tuple[int, ...]:
    if size <= len(inline):
        return struct.unpack_from(code, inline)
    return struct.unpack_from(code, data, struct.unpack(link, inline)[0])


def exif_orientation(exif: bytes) -> int:
    """Return the orientation, 1 to 8, in a block of EXIF; 1 if it has none or is damaged."""
    exif = exif.removeprefix(b"Exif\0\0")
    try:
        fields = next(directories(exif, layout_of(exif)))
    except (KeyError, struct.error, StopIteration):
        return 1
    (value,) = fields.get(ORIENTATION, (1,))[:1] or (1,)
    return value if 1 <= value <= 8 else 1
