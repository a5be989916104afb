"""Questions: SPARQL files with a header, slots for values, and a check of both.

A parameter is a slot `VALUES ?name { UNDEF }` in plain SPARQL. As it stands it means *any*, so
that a file runs unchanged in every tool; `bind` puts a term in the place of `UNDEF`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from coopgraph.answers import headers
from coopgraph.answers.headers import Column, Header, HeaderError, Param, Value, Wording, value_of
from coopgraph.basics import iris
from coopgraph.basics.names import closest, ranked
from coopgraph.basics.terms import (
    BASE,
    CG,
    DCTERMS,
    GRAPH,
    OWL,
    RDF,
    RDFS,
    SKOS,
    THING,
    VOCAB,
    XSD,
)  # fmt: skip
from coopgraph.errors import QuestionError

__all__ = [
    "Column", "Header", "HeaderError", "Param", "Question", "Value", "Wording",
    "bind", "library", "named", "parse", "problems", "value_of", "written",
]  # fmt: skip


@dataclass(frozen=True)
class Question(Header):
    """A question: its header, the name of its file without `.rq`, and the whole text."""

    name: str
    text: str


def parse(text: str, name: str = "") -> Question:
    """Return the question in a file's text.

    Raises:
        HeaderError: If the header is not complete or not right.
    """
    header, wrong = headers.read(text)
    if wrong:
        raise HeaderError(name, wrong)
    return Question(**vars(header), name=name, text=text)


def library(texts: Mapping[str, str]) -> dict[str, Question]:
    """Return the questions of `{path: text}` by name: the path without `.rq`, in number order.

    Raises:
        HeaderError: If a header is not complete or not right.
    """
    read = [parse(text, path.removesuffix(".rq")) for path, text in texts.items()]
    read.sort(key=lambda q: (q.number is None, q.number, q.name))
    return {question.name: question for question in read}


def named(questions: Mapping[str, Question], name: str) -> Question:
    """Return the question with this name, its last part with or without leading digits, or number.

    Raises:
        QuestionError: If there is none, or several; it suggests those that are near, also by
            title and keywords in any language.
    """
    wanted = name.removesuffix(".rq")
    if wanted in questions:
        return questions[wanted]
    meant = [
        question
        for question in questions.values()
        if wanted in (*_short(question.name), str(question.number))
    ]
    if len(meant) == 1:
        return meant[0]
    words: dict[str, list[str]] = {}
    for question in questions.values():
        known = [question.name, *_short(question.name)]
        for wording in question.wordings:
            known += [wording.title, *wording.keywords]
        for word in known:
            words.setdefault(word, []).append(question.name)
    near = [found for match in ranked(name, words, 5) for found in words[match.name]]
    suggestions = [question.name for question in meant] or list(dict.fromkeys(near))[:3]
    raise QuestionError("question", name, suggestions=suggestions)


def _short(name: str) -> tuple[str, str]:
    last = name.rpartition("/")[2]
    return last, last.lstrip("0123456789").removeprefix("-")


_TOKENS: Final = re.compile(
    r"""
      (?P<comment> \# [^\n\r]* )
    | (?P<iri> < [^<>"{}|^`\\\x00-\x20]* > )
    | (?P<string> \"\"\" (?: \"{0,2} (?: [^"\\] | \\. ) )* \"\"\"
                | ''' (?: '{0,2} (?: [^'\\] | \\. ) )* '''
                | " (?: [^"\\\n\r] | \\. )* "
                | ' (?: [^'\\\n\r] | \\. )* ' )
    | (?P<slot> (?<![\w?$:]) VALUES \s* [?$] (?P<name> \w+ ) \s* \{ \s* UNDEF \s* \} )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ESCAPED_LETTER: Final = re.compile(r"\\\\([uU])")


def written(term: Value) -> str:
    r"""Return a term as SPARQL text.

    Engines may read `\uXXXX` before they look at anything else, even after a backslash that is
    itself escaped; the letter is therefore written as its own code.

    >>> written(Literal('5" \\u0022')) == r'"5\" \\\U000000750022"'
    True
    """
    if not isinstance(term, NamedNode | Literal):
        raise TypeError(term)
    return _ESCAPED_LETTER.sub(lambda m: rf"\\\U{ord(m[1]):08X}", str(term))


def bind(question: Question, values: Mapping[str, Value | None]) -> str:
    """Return the question's SPARQL with values in its slots.

    A parameter that is not given has its default; given as None it is left open.

    Raises:
        QuestionError: If the question has no such parameter, or the value is not of its type.
    """
    params = {param.name: param for param in question.params}
    for name, value in values.items():
        if name not in params:
            near = closest(name, params) or list(params)
            raise QuestionError("parameter", name, question.name, suggestions=near)
        if value is not None and not _fits(params[name], value):
            raise QuestionError("value", value.value, question.name, name)
    given = {name: values.get(name, param.default) for name, param in params.items()}

    def fill(token: re.Match[str]) -> str:
        term = given.get(token["name"]) if token["slot"] else None
        return token[0] if term is None else f"VALUES ?{token['name']} {{ {written(term)} }}"

    return _TOKENS.sub(fill, question.text)


def _fits(param: Param, value: Value) -> bool:
    if isinstance(value, NamedNode):
        return param.type not in headers.LITERAL_TYPES
    if param.type == "text":
        return value.datatype.value in (XSD + "string", RDF + "langString")
    return (
        param.type in headers.LITERAL_TYPES
        and value.datatype.value == XSD + param.type
        and value_of(param.type, value.value) is not None
    )


_KINDS: Final = (*iris.KIND_OF_CLASS.values(), "claim", "quote", "encounter", "viewpoint", "search")
_USUAL: Final = {
    CG: "cg", RDF: "rdf", RDFS: "rdfs", OWL: "owl", XSD: "xsd", SKOS: "skos", DCTERMS: "dcterms",
    GRAPH: "graph", VOCAB: "vocab", THING: "id", **{f"{THING}{kind}/": kind for kind in _KINDS},
}  # fmt: skip
_PREFIX: Final = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)
_PREFIXED: Final = re.compile(r"(?<![\w?$@<:.-])([A-Za-z][\w.-]*)?:[\w%\\.-]*(\s*\()?")
_NOT_STANDARD: Final = re.compile(
    r"(?<![\w?$:-])(?:BASE|SERVICE|FROM|LATERAL|ADJUST|VERSION|(?:TRIPLE|SUBJECT|PREDICATE|OBJECT|"
    r"isTRIPLE|LANGDIR|hasLANG|hasLANGDIR|STRLANGDIR)\s*\()(?![\w-])|<<|\{\||\|\}",
    re.IGNORECASE,
)
_CASTS: Final = ("boolean", "double", "float", "decimal", "integer", "dateTime", "string")


def problems(text: str) -> list[str]:
    """Return all that is wrong with the text of a question's file, in one line each.

    The header is complete in three languages; parameters and slots, declared and selected columns
    are the same; rows are ordered; prefixes have their usual names, are declared and used; there
    is nothing that only some engines know, no BASE, and no data from outside the graph.
    """
    header, wrong = headers.read(text)
    bare = _TOKENS.sub(lambda m: m[0] if m["slot"] else " " if m["comment"] else "<>", text)
    slots = {token["name"] for token in _TOKENS.finditer(text) if token["slot"]}
    params = {param.name for param in header.params}
    wrong += [f"param '{name}' has no slot VALUES ?{name} {{ UNDEF }}" for name in params - slots]
    wrong += [f"slot '{name}' is no declared param" for name in slots - params]
    wrong += [f"'{m[0]}' is not for questions" for m in _NOT_STANDARD.finditer(bare)]
    wrong += _prefix_problems(text, bare)
    if not re.search(r"\bORDER\s+BY\b", _outside_braces(bare), re.IGNORECASE):
        wrong.append("rows are not ordered: no ORDER BY at the end")
    wrong += _engine_problems(text, [column.name for column in header.columns])
    return sorted(wrong)


def _prefix_problems(text: str, bare: str) -> list[str]:
    declared = dict(_PREFIX.findall(text))
    body = re.sub(r"\bPREFIX\s+[\w.-]*:", "", bare, flags=re.IGNORECASE)
    used = {token[1] or "": token[2] for token in _PREFIXED.finditer(body)}
    wrong = [f"prefix '{name}' is declared and not used" for name in declared.keys() - used.keys()]
    wrong += [f"prefix '{name}' is used and not declared" for name in used.keys() - declared.keys()]
    for name, target in declared.items():
        scheme = target.removeprefix(VOCAB).removesuffix("/")
        usual = _USUAL.get(target, scheme if target.startswith(VOCAB) else None)
        if (usual or name) != name or (target.startswith(BASE) and usual is None):
            wrong.append(f"prefix '{name}' stands for <{target}>, usual is '{usual or 'none'}'")
    for token in _PREFIXED.finditer(body):
        local = token[0].rstrip("( \n").partition(":")[2]
        if token[2] and not (token[1] == "xsd" and local in _CASTS):
            wrong.append(f"'{token[1]}:{local}' is no function of standard SPARQL")
    return wrong


def _outside_braces(bare: str) -> str:
    shorter = re.sub(r"\{[^{}]*\}", "", bare)
    return shorter if shorter == bare else _outside_braces(shorter)


def _engine_problems(text: str, columns: list[str]) -> list[str]:
    """Ask an empty store of each of two engines whether it reads the text."""
    from rdflib.plugins.sparql import prepareQuery

    wrong = []
    try:
        prepareQuery(text)
    except Exception as error:  # noqa: BLE001 - rdflib raises what its parser happens to raise
        wrong.append(f"rdflib does not read it: {error}")
    try:
        answer = Store().query(text)
    except SyntaxError as error:
        return [*wrong, f"pyoxigraph does not read it: {error}"]
    if not isinstance(answer, QuerySolutions):
        return [*wrong, "it is no SELECT"]
    selected = [variable.value for variable in answer.variables]
    if selected != columns:
        wrong.append(f"it selects {' '.join(selected)} and declares {' '.join(columns)}")
    return wrong
