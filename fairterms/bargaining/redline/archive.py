"""A Word file as its parts: what is not changed keeps its bytes."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from fairterms.analyzer.readers.docx import STRICT, W

Element = Any  # lxml's elements come without types

_TYPES = "[Content_Types].xml"
_TYPES_SPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_SPACE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass(slots=True)
class Archive:
    """The parts of a Word file by name, and those that were written anew."""

    data: bytes
    main: str
    changed: dict[str, bytes] = field(default_factory=dict)
    is_strict: bool = False

    def __post_init__(self) -> None:
        self.is_strict = STRICT[0][0] in self._read(self.main)

    def _read(self, name: str) -> bytes:
        if name in self.changed:
            return self.changed[name]
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.read(name)

    def _has(self, name: str) -> bool:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return name in archive.namelist()

    def put(self, name: str, root: Element) -> None:
        """Write a part, in the file's own dialect."""
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if self.is_strict:
            for strict, usual in STRICT:
                data = data.replace(usual, strict)
        self.changed[name] = data

    def comments(self) -> tuple[str, Element]:
        """The part with the comments and its root; made, and made known to the file, where there is none."""
        folder, base = posixpath.split(self.main)
        relations_name = posixpath.join(folder, "_rels", f"{base}.rels")
        relations = self._part(relations_name, f"{_RELATIONS_SPACE}Relationships")
        for relation in relations:
            if relation.get("Type", "").endswith("/comments"):
                name = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
                return name, self._part(name, f"{W}comments")
        name = posixpath.join(folder, "comments.xml")
        number = 1
        while self._has(name):
            number += 1
            name = posixpath.join(folder, f"comments{number}.xml")
        taken = {relation.get("Id") for relation in relations}
        new = etree.SubElement(relations, f"{_RELATIONS_SPACE}Relationship")
        new.set("Id", next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken))
        kind = _COMMENTS_RELATION
        for strict, usual in STRICT if self.is_strict else ():
            kind = kind.replace(usual.decode(), strict.decode())
        new.set("Type", kind)
        new.set("Target", posixpath.basename(name))
        types = self._part(_TYPES, f"{_TYPES_SPACE}Types")
        override = etree.SubElement(types, f"{_TYPES_SPACE}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", _COMMENTS_TYPE)
        for part, root in ((relations_name, relations), (_TYPES, types)):
            self.changed[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return name, etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})

    def _part(self, name: str, tag: str) -> Element:
        if name not in self.changed and not self._has(name):
            return etree.Element(tag, nsmap={None: tag[1 : tag.index("}")]})
        data = self._read(name)
        for strict, usual in STRICT if self.is_strict and name not in (_TYPES,) and not name.endswith(".rels") else ():
            data = data.replace(strict, usual)
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))

    def save(self) -> bytes:
        """The whole file: untouched parts byte for byte, in their order, and the changed and new ones."""
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                data = self.changed.get(entry.filename, None)
                new.writestr(entry, old.read(entry) if data is None else data)
            known = set(old.namelist())
            for name, data in self.changed.items():
                if name not in known:
                    # The earliest date that a ZIP file can bear, so that the same changes give the same bytes.
                    new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()
