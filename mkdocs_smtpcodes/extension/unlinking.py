"""What the link of a code becomes where no link may stand: in a heading, in the label of a tab, in another link."""

from __future__ import annotations

from xml.etree import ElementTree as etree

from ..rendering.links import ATTRIBUTE


def bare(element: etree.Element) -> etree.Element:
    """Only what a code's link says, without link and tooltip."""
    link = element.find("a")
    shown = link if link is not None else element
    shown.tag = "span"
    shown.attrib.clear()
    shown.set("class", "smtp-ref")
    return shown


def unlink(element: etree.Element) -> None:
    """Within the text of a link there can be no other."""
    for link in element.iter("a"):
        link.tag = "span"
        link.attrib.pop("href", None)
        link.attrib.pop(ATTRIBUTE, None)
