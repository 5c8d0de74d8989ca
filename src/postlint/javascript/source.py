"""A JavaScript module as tokens, and how to skip parts that are not read: types, blocks, whole expressions."""

from postlint.javascript.tokens import (
    CLOSE_TEMPLATE,
    OPEN_TEMPLATE,
    PUNCTUATION,
    STRING,
    TEMPLATE_MIDDLE,
    WORD,
    Token,
    tokenize,
    unescape,
)

SPREAD = "..."
ENDS = frozenset((",", ";", ")", "]", "}"))
TEMPLATE_ENDS = (TEMPLATE_MIDDLE, CLOSE_TEMPLATE)
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_CONTINUES = frozenset(("as", "satisfies", "in", "of", "instanceof", "from"))


class Source:
    """Places are indices of tokens. `closing` leads from an opening bracket (or template) to the one that closes it."""

    def __init__(self, source: str) -> None:
        self.tokens = tokenize(source)
        self.closing = _pairs(self.tokens)

    def text(self, at: int) -> str:
        """The token's text if it is a word or punctuation, else the empty string."""
        if at < len(self.tokens):
            token = self.tokens[at]
            if token.kind in (WORD, PUNCTUATION):
                return token.text
        return ""

    def word(self, at: int) -> str:
        """The token's text if it is a word, else the empty string."""
        return self.tokens[at].text if at < len(self.tokens) and self.tokens[at].kind == WORD else ""

    def function_name(self, at: int) -> str | None:
        """The name of the function that is declared at `at` (empty if it has none); None if none is declared."""
        at += self.text(at) == "async"
        if self.text(at) != "function":
            return None
        return self.word(at + 2 if self.text(at + 1) == "*" else at + 1)

    def after_block(self, at: int) -> int:
        while at < len(self.tokens) and self.text(at) not in ("{", ";"):
            at = self.closing.get(at, at) + 1
        return self.closing.get(at, at) + 1

    def skip(self, at: int) -> int:
        """The end of the expression at `at`: a separator or closing bracket at its level, or the next statement."""
        first = at
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == PUNCTUATION:
                if token.text in ENDS:
                    return at
            elif token.kind in TEMPLATE_ENDS or (token.first and at > first and self.begins(at)):
                return at
            at = self.closing.get(at, at) + 1
        return len(self.tokens)

    def begins(self, at: int) -> bool:
        """Whether a new statement begins with the token at `at`, the first of its line."""
        token, before = self.tokens[at], self.tokens[at - 1]
        if token.kind != WORD or token.text in _CONTINUES:
            return False
        return before.kind != PUNCTUATION or before.text in (")", "]", "}", "!")

    def after_type(self, at: int) -> int:
        """The end of the type at `at`: what a comma in `Record<string, string>` separates is part of it."""
        depth, first = 0, at
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == PUNCTUATION:
                depth += (token.text == "<") - (token.text == ">")
                if token.text in (")", "]", "}", ";") or (depth <= 0 and token.text in (",", "=")):
                    break
            elif token.first and at > first and self.begins(at):
                break
            at = self.closing.get(at, at) + 1
        return at

    def after_generics(self, at: int) -> int:
        """The offset of the call whose type arguments begin at `at`, 0 if there are none."""
        depth = 0
        for ahead in range(at, min(at + 64, len(self.tokens))):
            text = self.text(ahead)
            depth += (text == "<") - (text == ">")
            if not depth:
                return ahead + 1 if self.text(ahead + 1) == "(" else 0
        return 0

    def arrow_body(self, at: int) -> int:
        """The offset of the body of the arrow function that begins at `at`, -1 if none begins there."""
        at += self.text(at) == "async" and self.text(at + 1) != "=>"
        text = self.text(at)
        if text == "<" and (after := self.after_generics(at)):
            at, text = after, "("
        if text != "(" and not self.word(at):
            return -1
        at = self.closing.get(at, at) + 1
        if text == "(" and self.text(at) == ":":
            for ahead in range(at + 1, min(at + 32, len(self.tokens))):
                if self.text(ahead) == "=>":
                    at = ahead
                    break
        return at + 1 if self.text(at) == "=>" else -1

    def common_js(self, at: int) -> tuple[str, int] | None:
        """The name that an assignment to `module.exports` or `exports.name` exports, and the offset of its value."""
        name = "" if self.text(at) == "exports" else "default"
        if name:
            if self.text(at + 1) != "." or self.text(at + 2) != "exports":
                return None
            at += 2
        if self.text(at + 1) == "." and self.word(at + 2):
            name = self.word(at + 2)
            at += 2
        return (name, at + 2) if name and self.text(at + 1) == "=" else None

    def key(self, at: int) -> tuple[str, int]:
        token = self.tokens[at]
        if token.kind == STRING:
            return unescape(token.text), at + 1
        if token.text == "[" and token.kind == PUNCTUATION:
            close = self.closing.get(at, at)
            inner = self.tokens[at + 1] if close == at + 2 else None
            return (unescape(inner.text) if inner and inner.kind == STRING else SPREAD), close + 1
        return token.text, at + 1


def _pairs(tokens: list[Token]) -> dict[int, int]:
    """Opening bracket → the closing one, both as indices. Brackets that don't pair are left out."""
    out: dict[int, int] = {}
    stack: list[int] = []
    for at, (kind, text, *_) in enumerate(tokens):
        if kind == OPEN_TEMPLATE or (kind == PUNCTUATION and text in _BRACKETS):
            stack.append(at)
        elif kind == CLOSE_TEMPLATE or (kind == PUNCTUATION and text in (")", "]", "}")):
            opening = tokens[stack[-1]] if stack else None
            if opening and (
                opening.kind == OPEN_TEMPLATE if kind == CLOSE_TEMPLATE else _BRACKETS.get(opening.text) == text
            ):
                out[stack.pop()] = at
    return out
