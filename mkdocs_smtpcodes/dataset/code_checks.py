"""What no schema can say of a site's data: what it refers to exists, classes agree, and what is new has its words.

What is wrong is named once and left out; what refers to something that was left out goes with it, and needs no message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..codes import BasicCode, Code, EnhancedCode, Reply, canonical, parse_code
from ..suggestions import close, did_you_mean
from . import answer_checks, belonging, contradictions, fixed_texts
from .datafile import Data, Layer, Path_
from .loading import languages
from .own_words import OwnWords

_SIDES = ("first", "second")
#: The classes of a code that is such a form of another.
_FORMS = {"temporary-form": "4", "permanent-form": "5", "success-form": "23", "failure-form": "45"}
NO_REPLY = "no reply begins with {} (RFC 5321 §4.2.1)"


def check(layers: Sequence[Layer], base: Mapping[str, Any], english: Mapping[str, Any]) -> None:
    """Name what no schema can, and leave it out.

    Args:
        layers: all files of a site, in order; messages are added to them.
        base: the facts of the package.
        english: its English words.
    """
    _check_languages(layers)
    codes = _Codes(layers, base)
    codes.check()
    codes.check_references()
    codes.check_words()
    for layer in layers:
        fixed_texts.check(layer, english)
    answer_checks.check(layers, base, codes)


def _check_languages(layers: Sequence[Layer]) -> None:
    """A language of ours in other letters would be another language."""
    for layer in layers:
        for lang in list(layer.data.get("words", {})):
            if lang not in (ours := languages()) and lang.lower() in ours:
                layer.mistake(("words", lang), f"languages are written in small letters; write {lang.lower()}")
                layer.drop([("words", lang)])


class _Codes:
    """The codes of all files of a site, and what refers to them."""

    def __init__(self, layers: Sequence[Layer], base: Mapping[str, Any]) -> None:
        self.layers = layers
        self.ours: Mapping[str, Any] = base["codes"]
        self.commands: Mapping[str, Any] = base["commands"]
        #: How many files have a code.
        self.own = Counter(detail_key(key) for _, key, _ in self._each())
        #: The codes that were meant where a message asks whether they were: what is missing of them has been told.
        self._meant: set[str] = set()

    def _each(self) -> Iterator[tuple[Layer, str, Data]]:
        for layer in self.layers:
            for key, facts in layer.data.get("codes", {}).items():
                yield layer, key, facts or {}

    def _drop(self, layer: Layer, key: str) -> None:
        layer.drop([("codes", key)])
        self.own[detail_key(key)] -= 1

    # --- what each says of itself --------------------------------------------------------------------------------------

    def check(self) -> None:
        for layer in self.layers:
            self._drop_nothing(layer)
        for layer, key, facts in list(self._each()):
            for path, message, whole in self._problems(layer, key, facts):
                if message:
                    layer.mistake(("codes", key, *path), message)
                if whole:
                    self._drop(layer, key)
                    break
                layer.drop([("codes", key, *path)])
        # Again, until nothing is carried by a code that was left out.
        again = True
        while again:
            again = False
            for layer, key, facts in list(self._each()):
                for path, code in (
                    (("codes", key, "reply"), canonical(str(facts.get("reply") or "250"))),
                    (("codes", key), key),
                ):
                    basic = code.split(" ")[0]
                    if (code != key or basic != key) and basic.isdigit() and not self.known(basic):
                        self.tell_unknown(layer, path, basic)
                        self._drop(layer, key)
                        again = True
                        break

    def _drop_nothing(self, layer: Layer) -> None:
        """Name a code with nothing below it, which would change nothing: null hides a text or a fact, not a code."""
        texts = layer.data.get("words", {}).items()
        held = [(("words", lang, "codes"), words.get("codes", {})) for lang, words in texts]
        lost: list[Path_] = []
        for path, codes in [(("codes",), layer.data.get("codes", {})), *held]:
            for key in [key for key, value in codes.items() if value is None]:
                if path != ("codes",) or detail_key(key) in self.ours:
                    hides = "null hides one text or fact of a code, not the code"
                    layer.mistake(
                        (*path, key), f"nothing stands here; write what belongs here, or leave it out ({hides})"
                    )
                    lost.append((*path, key))
        layer.drop(lost)
        self.own = Counter(detail_key(key) for _, key, _ in self._each())

    def _problems(self, layer: Layer, key: str, facts: Data) -> list[tuple[Path_, str, bool]]:
        """Path below the code, message, and whether the whole code is left out."""
        reply = facts.get("reply")
        code = None if _is_id(key) else parse_code(key.replace("X", "5", 1))
        found: list[tuple[Path_, str, bool]] = []
        # Where something was left out below, what is missing has its message.
        lost = {path[:3] for path in layer.left_out if path[:2] == ("codes", key)}
        found += [
            ((fact,), "" if ("codes", key, fact) in lost else message, False)
            for fact, message in belonging.found(facts, code)
        ]
        if code is None and key not in self.ours:
            if reply is None:
                left_out = layer.is_left_out("codes", key, "reply") or layer.is_left_out("codes", "reply")
                needs = "an id of your own needs the reply that carries it, such as reply: 550 5.7.1"
                return [((), "" if left_out else needs, True)]
            if key.lower() == "all" or key in self.commands:
                return [((), "this name means something else in a directive; choose another", True)]
        carrier = parse_code(str(reply)) if code is None and reply is not None else code
        if isinstance(carrier, Reply) and not carrier.agrees:
            contradiction = (
                f"the class of {carrier.enhanced} contradicts the first digit of {carrier.basic} (RFC 2034 §4)"
            )
            return [*found, (("reply",) if code is None else (), contradiction, True)]
        if isinstance(code, BasicCode) and key not in self.ours and not 2 <= code.class_digit <= 5:
            mend = f"write an id of your own, such as E{key}, with the reply that carries it, such as reply: 550"
            return [((), f"{NO_REPLY.format(key[0])}; {mend}", True)]
        if isinstance(code, EnhancedCode) and key[0] != "X" and facts.get("classes") not in (None, [code.class_digit]):
            mend = f"contradicts the class of {key}; write the detail as {detail_key(key)}, or leave it out"
            found.append((("classes",), mend, False))
        if facts.get("status") not in (None, "site"):
            found.append((("status",), "what a site says always has the status site; leave it out", False))
        bound = contradictions.bound(code, self.ours)
        wrong = contradictions.found(key, facts, self._classes(key, facts, carrier), bound)
        told = ((path, "" if ("codes", key, *path) in lost else message, False) for path, message in wrong)
        return [*found, *told]

    def _classes(self, key: str, facts: Data, carrier: Code | None) -> tuple[int, ...]:
        """The classes that a code has; those of a detail are the site's, else ours, else both of refusals."""
        if key.startswith("X."):
            return tuple(facts.get("classes") or self.ours.get(key, {}).get("classes") or (5, 4))
        return (carrier.class_digit,) if carrier else ()

    # --- references ----------------------------------------------------------------------------------------------------

    def check_references(self) -> None:
        """Words, relations, examples and partners are of codes that exist."""
        for layer in self.layers:
            data = layer.data
            for key, facts in data.get("codes", {}).items():
                partners = [str(number) for number in (facts or {}).get("basic") or ()]
                self._drop_unknown(layer, [(("codes", key, "basic", n), [code]) for n, code in enumerate(partners)])
            twins = [n for n, item in enumerate(data.get("related", ())) if str(item["first"]) == str(item["second"])]
            for number in twins:
                layer.mistake(("related", number), "a code is not related to itself; name two codes")
            layer.drop([("related", number) for number in twins])
            relations = [[canonical(str(item[side])) for side in _SIDES] for item in data.get("related", ())]
            self._drop_unknown(layer, [(("related", number), codes) for number, codes in enumerate(relations)])
            wrong = [
                (("related", number, "is"), told)
                for number, item in enumerate(data.get("related", ()))
                if (told := self._other_class(item))
            ]
            for place, told in wrong:
                layer.mistake(place, told)
            layer.drop([place[:2] for place, _ in wrong])
            relations = [[canonical(str(item[side])) for side in _SIDES] for item in data.get("related", ())]
            self._drop_turned(layer, [(("related", number), codes) for number, codes in enumerate(relations)])
            self._drop_unknown(layer, [(("examples", key), [key]) for key in data.get("examples", {})])
            others = [key for key, lines in data.get("examples", {}).items() if key.isdigit() and _lacks(lines, key)]
            for key in others:
                layer.mistake(("examples", key), f"no line of the server has the code; one begins with 'S: {key} '")
            layer.drop([("examples", key) for key in others])
            for lang, words in data.get("words", {}).items():
                self._drop_unknown(layer, [(("words", lang, "codes", key), [key]) for key in words.get("codes", {})])
                same: list[Path_] = [
                    ("words", lang, "pairs", key) for key in words.get("pairs", {}) if len(set(key.split(" vs "))) < 2
                ]
                for path in same:
                    layer.mistake(path, "a code is not compared with itself; name two codes")
                layer.drop(same)
                pairs = [(("words", lang, "pairs", key), key.split(" vs ")) for key in words.get("pairs", {})]
                self._drop_unknown(layer, pairs)
                self._drop_turned(layer, [(path, codes) for path, codes in pairs if str(path[-1]) in words["pairs"]])

    @staticmethod
    def _other_class(item: Data) -> str:
        """What is wrong with a relation that its first code cannot have, "" for nothing."""
        first = canonical(str(item["first"]))
        classes = _FORMS.get(item["is"], first[:1])
        if not first[:1].isdigit() or first[0] in classes:
            return ""
        digits = " or ".join(f"{digit}xx" for digit in classes)
        return f"{item['is']} says what the first code is to the second, and {first} is not {digits}; put the other code first"

    def _drop_turned(self, layer: Layer, pairs: Sequence[tuple[Path_, list[str]]]) -> None:
        """Leave out what says of two codes, the other way round or not, what was said of them before."""
        met: dict[frozenset[str], Path_] = {}
        twice = []
        for path, codes in pairs:
            if (first := met.setdefault(frozenset(codes), path)) != path:
                place = layer.place(layer.as_written(first))
                message = f"these two codes stand here already, in {place}, whichever comes first; keep one of them"
                layer.mistake(path, message)
                twice.append(path)
        layer.drop(twice)

    def _drop_unknown(self, layer: Layer, references: Sequence[tuple[Path_, list[str]]]) -> None:
        """Leave out what refers to a code that does not exist."""
        lost = []
        for path, codes in references:
            unknown = [code for code in codes if not self.known(code)]
            if unknown:
                side = (_SIDES[codes.index(unknown[0])],) if path[0] == "related" else ()
                self.tell_unknown(layer, (*path, *side), unknown[0])
                lost.append(path)
        layer.drop(lost)

    def tell_unknown(self, layer: Layer, path: Path_, code: str) -> None:
        """A message, unless the code was left out for a mistake that has one."""
        wanted = {code, code.split(" ", maxsplit=1)[0], *(f"{digit}{code[1:]}" for digit in "X245" if code[1:2] == ".")}
        if any(other.is_gone("codes", name) for other in self.layers for name in wanted):
            return
        shown = code if _is_id(code) else code.split(" ", maxsplit=1)[0]
        if shown.isdigit() and shown[0] not in "2345":
            layer.mistake(path, f"{shown} is no reply: {NO_REPLY.format(shown[0])}; write one such as 550")
            return
        near = self._near(shown)
        self._meant |= set(near) if path[-2:-1] == ("codes",) else set()
        layer.mistake(
            path, f"{shown} is not a known code{did_you_mean(near) or '; a new one is described under codes'}"
        )

    def known(self, code: str) -> bool:
        """Whether a code exists; any well-formed enhanced code does."""
        key = detail_key(code)
        if key in self.ours or self.own[key]:
            return True
        basic = code.split(" ", maxsplit=1)[0]
        return not _is_id(code) and (not basic.isdigit() or (basic != code and self.known(basic)))

    def _near(self, code: str) -> list[str]:
        own = [key for _, key, _ in self._each()]
        if code.isdigit():
            return [key for key in dict.fromkeys([*own, *self.ours]) if key.isdigit() and key[:2] == code[:2]][:3]
        near = close(code, own, 0.5)
        return [near] if near else []

    # --- words ---------------------------------------------------------------------------------------------------------

    def check_words(self) -> None:
        """What is new has a name and a summary; one that had a mistake of its own is not also missing."""
        if any(layer.unread or layer.misplaced_words() for layer in self.layers):
            return
        words = OwnWords(self.layers, "codes", detail_key)
        for layer, key, _ in self._each():
            if detail_key(key) in self.ours or " " in key or key in self._meant:
                continue
            if message := words.missing(key):
                layer.mistake(("codes", key), message)


def _lacks(lines: Sequence[str] | None, code: str) -> bool:
    """Whether an exchange does not show its code: a line of the server begins with it."""
    return lines is not None and not any(
        line.startswith((f"S: {code} ", f"S: {code}-")) or line == f"S: {code}" for line in lines
    )


def _is_id(key: str) -> bool:
    return key[:1].isalpha() and not key.startswith("X.")


def detail_key(key: str) -> str:
    """``5.7.509`` as a key of the facts: ``X.7.509``."""
    return f"X{key[1:]}" if key[:1] in "245" and key[1:2] == "." else key
