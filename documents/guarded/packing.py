"""A zip made again with some members new: the others are copied as they were deflated.

Deflating styles and themes again for every paper costs more than filling it in. The bytes are
those that ``zipfile`` would write for the same members in the same order.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

_LOCAL, _CENTRAL, _END = 30, 46, 22  # bytes before the names; PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16
_SIZES = struct.Struct("<LLL")  # checksum, packed size, size
_LOCAL_SIZES, _CENTRAL_SIZES, _CENTRAL_OFFSET = 14, 16, 42
_LENGTHS = struct.Struct("<HHH")  # of name, extra field and comment in a central entry
_CENTRAL_LENGTHS = 28
_DIRECTORY = struct.Struct("<LL")  # its size and offset
_END_DIRECTORY = 12


@dataclass(frozen=True)
class _Member:
    """One member as it lies in the zip: its two headers and its packed bytes."""

    name: str
    local: bytes
    packed: bytes
    central: bytes


class Packed:
    """A zip without comment whose members can be exchanged."""

    def __init__(self, content: bytes) -> None:
        """Take the members apart; nothing is unpacked. Raises zipfile.BadZipFile."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos, at = archive.infolist(), archive.start_dir
        self._members = []
        for info in infos:
            lengths = _LENGTHS.unpack_from(content, at + _CENTRAL_LENGTHS)
            end = at + _CENTRAL + sum(lengths)
            data = info.header_offset + _LOCAL + lengths[0]
            self._members.append(
                _Member(
                    info.filename,
                    content[info.header_offset : data],
                    content[data : data + info.compress_size],
                    content[at:end],
                )
            )
            at = end
        self._end = content[at : at + _END]

    def names(self) -> frozenset[str]:
        """Return the names of the members."""
        return frozenset(member.name for member in self._members)

    def exchanged(self, new: Mapping[str, bytes]) -> bytes:
        """Return the zip with these members' contents in the place of the old, deflated."""
        parts: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for member in self._members:
            changed = _refilled(member, new[member.name]) if member.name in new else member
            central = bytearray(changed.central)
            struct.pack_into("<L", central, _CENTRAL_OFFSET, offset)
            directory.append(bytes(central))
            parts += (changed.local, changed.packed)
            offset += len(changed.local) + len(changed.packed)
        end = bytearray(self._end)
        _DIRECTORY.pack_into(end, _END_DIRECTORY, sum(map(len, directory)), offset)
        return b"".join([*parts, *directory, end])


def _refilled(member: _Member, content: bytes) -> _Member:
    deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(content) + deflate.flush()
    sizes = (zlib.crc32(content), len(packed), len(content))
    local, central = bytearray(member.local), bytearray(member.central)
    _SIZES.pack_into(local, _LOCAL_SIZES, *sizes)
    _SIZES.pack_into(central, _CENTRAL_SIZES, *sizes)
    return _Member(member.name, bytes(local), packed, bytes(central))
