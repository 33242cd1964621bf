"""Ways to damage a file, chosen by a random generator."""

import random
import struct
from collections.abc import Callable

_TELLING = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_HEADER = 200  # bytes in which most formats keep sizes and kinds


def mutate(data: bytes, other: bytes, choose: random.Random) -> bytes:
    """Return a damaged copy of `data`; pieces may come from `other`."""
    for _ in range(choose.choice((1, 1, 1, 2, 4))):
        if not data:
            return data
        data = choose.choice(_WAYS)(data, other, choose)
    return data


def _place(data: bytes, choose: random.Random) -> int:
    end = min(_HEADER, len(data)) if choose.random() < 0.6 else len(data)
    return choose.randrange(end)


def _bytes_changed(data: bytes, _other: bytes, choose: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(choose.choice((1, 1, 2, 3, 8))):
        damaged[_place(data, choose)] = choose.randrange(256)
    return bytes(damaged)


def _bit_flipped(data: bytes, _other: bytes, choose: random.Random) -> bytes:
    damaged = bytearray(data)
    damaged[_place(data, choose)] ^= 1 << choose.randrange(8)
    return bytes(damaged)


def _number_replaced(data: bytes, _other: bytes, choose: random.Random) -> bytes:
    """Write a telling number, such as the largest one, over 1, 2 or 4 bytes."""
    order, code = choose.choice("<>"), choose.choice("BHI")
    size = struct.calcsize(code)
    at = min(_place(data, choose), max(0, len(data) - size))
    number = struct.pack(order + code, choose.choice(_TELLING) & (2 ** (8 * size) - 1))
    return data[:at] + number + data[at + size :]


def _cut(data: bytes, _other: bytes, choose: random.Random) -> bytes:
    return data[: choose.randrange(len(data))]


def _removed(data: bytes, _other: bytes, choose: random.Random) -> bytes:
    at = _place(data, choose)
    return data[:at] + data[at + choose.choice((1, 2, 4, 16, 64)) :]


def _inserted(data: bytes, other: bytes, choose: random.Random) -> bytes:
    at, start = _place(data, choose), choose.randrange(len(other)) if other else 0
    return data[:at] + other[start : start + choose.choice((1, 2, 4, 16, 64))] + data[at:]


def _spliced(data: bytes, other: bytes, choose: random.Random) -> bytes:
    at = _place(data, choose)
    return data[:at] + other[at:]


_WAYS: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (
    _bytes_changed,
    _bytes_changed,
    _bit_flipped,
    _number_replaced,
    _number_replaced,
    _cut,
    _removed,
    _inserted,
    _spliced,
)
