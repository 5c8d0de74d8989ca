"""Whether text is a module of imports and exports only, as far as that is certain; see `grammar`."""

from postlint.javascript.grammar import Grammar
from postlint.javascript.lexemes import LINE_END, Broken, Uncertain, Verdict

# TypeScript's, and words of proposals.
_UNKNOWN_EXPORTS = frozenset(("type", "interface", "enum", "declare", "abstract", "namespace", "import", "as"))
_UNKNOWN_DEFAULTS = frozenset(("async", "interface", "abstract", "enum"))
_UNKNOWN_IMPORTS = frozenset(("defer", "source"))


def module(text: str, start: int, end: int) -> Verdict:
    """Read `text[start:end]`, which begins with `import` or `export`. Raises Uncertain."""
    try:
        _Module(text, end).read(start)
        return Verdict(True, end)
    except Broken as broken:
        return Verdict(False, broken.at, broken.complete, broken.strict)


class _Module(Grammar):
    def read(self, at: int) -> None:
        at = self.blank(at)
        while at < self.end:
            word = self.word(at)
            after = self.blank(at + len(word))
            if word == "import":
                after = self._import(after, at)
            elif word == "export":
                after = self._export(after)
            else:
                raise Broken(at)
            at = self._next_statement(after)

    def _next_statement(self, at: int) -> int:
        """Where the next statement begins, if the one before may end at `at`."""
        following = self.blank(at)
        if following >= self.end:
            return following
        if self.text[following] == ";":
            return self.blank(following + 1)
        if self.text[at - 1] != "}" and not LINE_END.search(self.text, at, following):
            raise Broken(following)
        return following

    def _need(self, at: int, word: str) -> int:
        """Past `word`, which has to stand at `at`."""
        self.here(at)
        if not self.starts(word, at):
            raise Broken(at)
        return self.blank(at + len(word))

    def _import(self, at: int, start: int) -> int:
        sign = self.here(at)
        if sign in "(.":
            # `import(…)` is an expression.
            raise Broken(start)
        if sign not in "\"'":
            if name := self.word(at):
                if name in _UNKNOWN_IMPORTS:
                    raise Uncertain
                at = self.blank(at + len(name))
                if self.starts(",", at):
                    at = self._names(self.blank(at + 1))
            else:
                at = self._names(at)
            at = self._need(at, "from")
        return self._address(at)

    def _address(self, at: int) -> int:
        """Past the address in quotes at `at`."""
        if self.here(at) not in "\"'":
            raise Broken(at)
        at = self.string(at)
        if self.word(self.blank(at)) in ("with", "assert"):
            raise Uncertain
        return at

    def _names(self, at: int) -> int:
        """Past `* as name` or `{ names }`."""
        if self.starts("*", at):
            return self._name(self._need(self.blank(at + 1), "as"))
        at = self._need(at, "{")
        while self.here(at) != "}":
            at = self._name(at)
            if self.word(at) == "as":
                at = self._name(self.blank(at + 2))
            if self.here(at) != "}":
                at = self._need(at, ",")
        return self.blank(at + 1)

    def _name(self, at: int) -> int:
        if self.here(at) in "\"'":
            return self.blank(self.string(at))
        name = self.word(at)
        if not name:
            raise Broken(at)
        return self.blank(at + len(name))

    def _export(self, at: int) -> int:
        sign = self.here(at)
        if sign == "{":
            after = self._names(at)
            return self._address(self.blank(after + 4)) if self.word(after) == "from" else self._back(after)
        if sign == "*":
            at = self.blank(at + 1)
            if self.word(at) == "as":
                at = self._name(self.blank(at + 2))
            return self._address(self._need(at, "from"))
        word = self.word(at)
        after = self.blank(at + len(word))
        if word == "default":
            return self._default(after)
        if word in ("const", "let", "var"):
            return self._declarations(after, word == "const")
        if word == "function":
            return self.function(at)
        if word == "async" and self.word(after) == "function":
            return self.function(after)
        if word == "class":
            return self.class_body(after)
        if word in _UNKNOWN_EXPORTS:
            raise Uncertain
        raise Broken(at)

    def _default(self, at: int) -> int:
        word = self.word(at)
        if word == "function":
            return self.function(at)
        if word == "class":
            return self.class_body(at + len(word))
        if word in _UNKNOWN_DEFAULTS:
            raise Uncertain
        return self._back(self.run(at, ""))

    def _declarations(self, at: int, is_constant: bool) -> int:
        while True:
            sign = self.here(at)
            if word := self.word(at):
                at += len(word)
            elif sign in "{[":
                at = self.balanced(at)
            else:
                raise Broken(at)
            following = self.blank(at)
            if self.starts("=", following):
                following = self.run(following + 1, "")
                at = self._back(following)
            elif is_constant or not word:
                self.here(following)
                raise Broken(following)
            if not self.starts(",", following):
                return at
            at = self.blank(following + 1)

    def _back(self, at: int) -> int:
        """From where the next token begins back to the end of white space before it."""
        while self.text[at - 1].isspace():
            at -= 1
        return at
