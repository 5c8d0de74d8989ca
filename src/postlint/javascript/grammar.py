"""Whether text is a JavaScript expression with JSX, as far as that is certain.

What is refused here, acorn (8, `ecmaVersion: 2024`, with acorn-jsx) and oxc refuse, too. What only a whole parser can
know (the statements of a function's body, what may be assigned to) is let pass, or raises `Uncertain`. Takes linear
time.
"""

import re

from postlint.javascript.lexemes import LINE_END, PATTERN, WORD, Broken, Lexemes, Uncertain, Verdict

_TEMPLATE = re.compile(r"[^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*")
_OPERATOR = re.compile(
    r">>>=|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|===|!==|\*\*|=>|==|!=|<=|>=|<<|>>|&&|\|\||\?\?|\+=|-=|\*=|/=|%=|&=|\|=|\^="
    r"|[-+*/%<>&|^=]"
)
_JSX_NAME = re.compile(r"(?:[^\W\d]|[$_])[\w$-]*(?:(?:\.[\w$-]+)+|:[\w$-]+)?")
_JSX_TEXT = re.compile(r"[^<{}>]*")
_HERITAGE = re.compile(r"[\w$.]+")

_UNARY = frozenset(("typeof", "void", "delete", "new", "await"))
# No expression begins with one of these.
_RESERVED = frozenset(
    (
        *("if", "for", "while", "return", "var", "const", "switch", "case", "default", "do", "else", "enum", "export"),
        *("break", "continue", "debugger", "extends", "finally", "in", "instanceof", "throw", "try", "catch", "with"),
    )
)
# Words whose meaning depends on what surrounds them.
_UNSETTLED = frozenset(("yield", "using"))
# Names that modules, which are in strict mode, must not use.
_STRICT = frozenset(("implements", "interface", "let", "package", "private", "protected", "public", "static"))
_BEFORE_OPERAND = frozenset(
    (
        *("return", "typeof", "case", "in", "of", "void", "delete", "new", "await", "yield", "default", "else", "do"),
        "throw",
    )
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_OPENING = {")": "(", "]": "[", "}": "{"}
_DEEPEST = 40

_OPERAND, _OPERATOR_OR_END, _KEY, _AFTER_KEY = range(4)


def expression(text: str, start: int, end: int) -> Verdict:
    """Read the expression in braces whose `{` is at `start`, in `text` up to `end`. Empty braces are fine.

    Raises Uncertain.
    """
    try:
        return Verdict(True, Grammar(text, end).braces(start + 1))
    except Broken as broken:
        return Verdict(False, broken.at, broken.complete, broken.strict)


def is_empty(text: str, start: int, end: int) -> bool:
    """Whether there is nothing but white space and comments in `text[start:end]`."""
    try:
        return Lexemes(text, end).blank(start) >= end
    except Broken:
        return False


class _Bracket:
    """An open bracket. `sign` is `{` for an object, `i` for an index, else the bracket itself, or what ends it all."""

    def __init__(self, sign: str, is_call: bool = False) -> None:
        self.sign = sign
        self.is_call = is_call
        self.questions = 0


class _Reading:
    """How far an expression is read: what has to come next, and what the last token was if that makes a difference.
    `closing` is `}`, or empty for an expression that its statement ends."""

    def __init__(self, at: int, closing: str) -> None:
        self.at = at
        self.closing = closing
        self.want = _OPERAND
        self.before = ""
        self.brackets = [_Bracket(closing)]
        self.is_new_line = False
        self.is_over = False

    def go(self, at: int, want: int, before: str) -> None:
        self.at, self.want, self.before = at, want, before

    @property
    def may_end(self) -> bool:
        """Whether the expression may end here although no sign ends it."""
        return not self.closing and len(self.brackets) == 1 and self.want == _OPERATOR_OR_END


class Grammar(Lexemes):
    def __init__(self, text: str, end: int) -> None:
        super().__init__(text, end)
        self._depth = 0

    def braces(self, at: int) -> int:
        """Past the `}` of the expression in braces that begins at `at`."""
        self._deeper()
        after = self.blank(at)
        end = after + 1 if self.starts("}", after) else self.run(at, "}")
        self._depth -= 1
        return end

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Uncertain

    def run(self, at: int, closing: str) -> int:
        """Past the expression at `at` and its `closing`; without one, to the token that ends its statement."""
        reading = _Reading(at, closing)
        steps = (self._operand, self._operator, self._key, self._after_key)
        while not reading.is_over:
            last = reading.at
            at = reading.at = self.blank(last)
            if at >= self.end:
                if reading.may_end:
                    return at
                raise Broken(self.end, False)
            reading.is_new_line = LINE_END.search(self.text, last, at) is not None
            steps[reading.want](reading, at, self.text[at], self.word(at))
        return reading.at

    # What may stand where an operand has to ----------------------------------------------------------------------------

    def _operand(self, to: _Reading, at: int, sign: str, word: str) -> None:
        if word:
            self._named_operand(to, at, word)
        elif sign in "\"'":
            to.go(self.string(at), _OPERATOR_OR_END, "literal")
        elif sign.isdigit() or (sign == "." and self.text[at + 1 : at + 2].isdigit()):
            to.go(self.number(at), _OPERATOR_OR_END, "literal")
        elif sign == "`":
            to.go(self.template(at + 1), _OPERATOR_OR_END, "literal")
        elif sign in "([":
            to.brackets.append(_Bracket(sign))
            to.go(at + 1, _OPERAND, sign)
        elif sign == "{":
            if to.before == "=>":
                to.go(self.balanced(at), _OPERATOR_OR_END, "block")
            else:
                to.brackets.append(_Bracket(sign))
                to.go(at + 1, _KEY, sign)
        elif sign == "<":
            to.go(self._jsx(at), _OPERATOR_OR_END, "jsx")
        elif sign == "/" and (pattern := PATTERN.match(self.text, at, self.end)):
            to.go(pattern.end(), _OPERATOR_OR_END, "literal")
        elif self.starts("++", at) or self.starts("--", at):
            to.go(at + 2, _OPERAND, "unary")
        elif sign in "+-!~":
            to.go(at + 1, _OPERAND, "unary")
        elif self.starts("...", at) and to.brackets[-1].sign in ("(", "["):
            to.go(at + 3, _OPERAND, "...")
        elif sign in ",])":
            self._nothing(to, at, sign)
        elif self.starts("\\u", at):
            raise Uncertain
        else:
            raise Broken(at)

    def _nothing(self, to: _Reading, at: int, sign: str) -> None:
        """The sign at `at` stands where an operand may be left out: in an array, in an empty call, at a list's end."""
        bracket = to.brackets[-1]
        if bracket.sign not in ("(", "[") or to.before not in (",", bracket.sign):
            raise Broken(at)
        if sign == ",":
            if bracket.sign == "(":
                raise Broken(at)
            to.go(at + 1, _OPERAND, ",")
            return
        if _OPENING[sign] != bracket.sign:
            raise Broken(at)
        to.brackets.pop()
        if sign == ")" and not bracket.is_call:
            # Empty brackets, and a comma before the end, are only for parameters.
            arrow = self.blank(at + 1)
            self.here(arrow)
            if not self.starts("=>", arrow):
                raise Broken(arrow)
        to.go(at + 1, _OPERATOR_OR_END, sign)

    def _named_operand(self, to: _Reading, at: int, word: str) -> None:
        end = at + len(word)
        following = self.blank(end)
        if word in _UNARY:
            if word == "new" and self.starts(".", following):
                to.go(end, _OPERATOR_OR_END, "word")
            elif word == "await" and self.text[following : min(following + 1, self.end)] in ("", *"}),=."):
                raise Uncertain
            else:
                to.go(end, _OPERAND, "unary")
        elif word == "function":
            to.go(self.function(at), _OPERATOR_OR_END, "function")
        elif word == "class":
            to.go(self.class_body(end), _OPERATOR_OR_END, "class")
        elif word == "import":
            if self.here(following) not in "(.":
                raise Broken(following)
            to.go(end, _OPERATOR_OR_END, "word")
        elif word in _UNSETTLED or (word in _STRICT and self.starts("=>", following)):
            raise Uncertain
        elif word == "let" and self.word(following):
            raise Broken(following)
        elif word in _RESERVED or word in _STRICT:
            raise Broken(at, strict=word in _STRICT)
        else:
            to.go(end, _OPERATOR_OR_END, "async" if word == "async" else "word")

    # What may stand behind an operand ----------------------------------------------------------------------------------

    def _operator(self, to: _Reading, at: int, sign: str, word: str) -> None:
        if word:
            self._named_operator(to, at, word)
        elif self.starts("=>", at):
            if to.before not in ("word", "async", ")"):
                raise Broken(at)
            to.go(at + 2, _OPERAND, "=>")
        elif self.starts("?.", at) and not self.text[at + 2 : at + 3].isdigit():
            at = self.blank(at + 2)
            to.go(at if self.here(at) in "([`" else self.member(at), _OPERATOR_OR_END, "member")
        elif sign == ".":
            to.go(self.member(self.blank(at + 1)), _OPERATOR_OR_END, "member")
        elif sign == "(" or sign == "[":
            to.brackets.append(_Bracket("i" if sign == "[" else sign, is_call=True))
            to.go(at + 1, _OPERAND, "i" if sign == "[" else sign)
        elif sign == "`":
            to.go(self.template(at + 1), _OPERATOR_OR_END, "literal")
        elif self.starts("++", at) or self.starts("--", at):
            if to.is_new_line and not to.closing:
                raise Uncertain
            to.go(at + 2, _OPERATOR_OR_END, "postfix")
        elif sign in "?:" and not self.starts("??", at):
            bracket = to.brackets[-1]
            bracket.questions += 1 if sign == "?" else -1
            if bracket.questions < 0:
                raise Broken(at)
            to.go(at + 1, _OPERAND, "operator")
        elif sign in ",;)]}":
            self._end(to, at, sign)
        elif operator := _OPERATOR.match(self.text, at, self.end):
            if operator[0] == "=" and to.before == "literal" and to.brackets[-1].sign != "{":
                raise Broken(at)
            to.go(operator.end(), _OPERAND, "operator")
        elif to.is_new_line and to.may_end:
            to.is_over = True
        elif self.starts("\\u", at):
            raise Uncertain
        else:
            raise Broken(at)

    def _named_operator(self, to: _Reading, at: int, word: str) -> None:
        if word in ("in", "instanceof"):
            to.go(at + len(word), _OPERAND, "operator")
        elif to.is_new_line and to.may_end:
            to.is_over = True
        elif to.before != "async" or to.is_new_line:
            raise Broken(at)
        elif word == "function":
            to.go(self.function(at), _OPERATOR_OR_END, "function")
        else:
            to.go(at + len(word), _OPERATOR_OR_END, "word")

    def _end(self, to: _Reading, at: int, sign: str) -> None:
        """The sign at `at` ends an operand, and perhaps what it stands in."""
        bracket = to.brackets[-1]
        if bracket.questions:
            raise Broken(at)
        if sign in ",;":
            if to.may_end:
                to.is_over = True
            elif sign == ";":
                raise Broken(at)
            else:
                to.go(at + 1, _KEY if bracket.sign == "{" else _OPERAND, ",")
        elif len(to.brackets) == 1:
            if sign != to.closing:
                raise Broken(at)
            to.at, to.is_over = at + 1, True
        elif bracket.sign == _OPENING[sign] or (sign == "]" and bracket.sign == "i"):
            to.brackets.pop()
            to.go(at + 1, _OPERATOR_OR_END, sign)
        else:
            raise Broken(at)

    # Objects -----------------------------------------------------------------------------------------------------------

    def _key(self, to: _Reading, at: int, sign: str, word: str) -> None:
        if word:
            end = at + len(word)
            following = self.blank(end)
            is_prefix = word in ("get", "set", "async", "static") and self.here(following) not in ":,}(="
            to.go(end, _KEY if is_prefix else _AFTER_KEY, "word")
        elif sign in "\"'":
            to.go(self.string(at), _AFTER_KEY, "literal")
        elif sign.isdigit():
            to.go(self.number(at), _AFTER_KEY, "literal")
        elif sign == "[":
            to.go(self.balanced(at), _AFTER_KEY, "literal")
        elif self.starts("...", at):
            to.go(at + 3, _OPERAND, "...")
        elif sign == "*":
            to.go(at + 1, _KEY, "word")
        elif sign == "}" and to.before in ("{", ","):
            to.brackets.pop()
            to.go(at + 1, _OPERATOR_OR_END, sign)
        elif self.starts("\\u", at):
            raise Uncertain
        else:
            raise Broken(at)

    def _after_key(self, to: _Reading, at: int, sign: str, word: str) -> None:
        if sign == ":":
            to.go(at + 1, _OPERAND, "operator")
        elif sign == "(":
            end = self.balanced(self._parameters(at))
            if self.here(following := self.blank(end)) not in ",}":
                raise Broken(following)
            to.go(end, _OPERATOR_OR_END, "method")
        elif sign == "," and to.before == "word":
            to.go(at + 1, _KEY, ",")
        elif sign == "}" and to.before == "word":
            to.go(at, _OPERATOR_OR_END, "word")
        elif sign == "=" and to.before == "word" and self.text[at + 1 : at + 2] not in ("=", ">"):
            # The default value of a parameter.
            to.go(at + 1, _OPERAND, "operator")
        else:
            raise Broken(at)

    # What is read as a whole -------------------------------------------------------------------------------------------

    def template(self, at: int) -> int:
        """Past the template literal whose text goes on at `at`."""
        while True:
            match = _TEMPLATE.match(self.text, at, self.end)
            assert match is not None
            sign = self.here(match.end())
            if sign == "`":
                return match.end() + 1
            if sign != "$":
                raise Broken(self.end, False)
            inner = match.end() + 2
            at = self.braces(inner)
            if is_empty(self.text, inner, at - 1):
                raise Broken(at - 1)

    def _parameters(self, at: int) -> int:
        """Past the parameters whose `(` is at `at`, to the `{` of the body."""
        after = self.blank(self.balanced(at))
        if self.here(after) != "{":
            raise Broken(after)
        return after

    def function(self, at: int) -> int:
        """Past the function whose word `function` is at `at`."""
        at = self.blank(at + len("function"))
        if self.starts("*", at):
            at = self.blank(at + 1)
        at = self.blank(at + len(self.word(at)))
        if self.here(at) != "(":
            raise Broken(at)
        return self.balanced(self._parameters(at))

    def class_body(self, at: int) -> int:
        """Past the class whose word `class` ends at `at`."""
        at = self.blank(at)
        word = self.word(at)
        if word and word != "extends":
            at = self.blank(at + len(word))
            word = self.word(at)
        if word == "extends":
            heritage = _HERITAGE.match(self.text, self.blank(at + len(word)), self.end)
            if not heritage:
                raise Uncertain
            at = self.blank(heritage.end())
        if self.here(at) != "{":
            raise Uncertain
        return self.balanced(at)

    def balanced(self, at: int) -> int:
        """Past the bracket that closes the one at `at`; of statements only brackets, literals and JSX are looked at."""
        self._deeper()
        closers: list[str] = []
        operand = True
        while True:
            at = self.blank(at)
            sign = self.here(at)
            if word := WORD.match(self.text, at, self.end):
                at, operand = word.end(), word[0] in _BEFORE_OPERAND
            elif sign in _CLOSING:
                closers.append(_CLOSING[sign])
                at, operand = at + 1, True
            elif sign in _OPENING:
                if closers.pop() != sign:
                    raise Uncertain
                at, operand = at + 1, False
                if not closers:
                    self._depth -= 1
                    return at
                if sign == "}" and self.text.startswith(("/", "<"), self.blank(at), self.end):
                    raise Uncertain
            elif sign in "#@\\":
                raise Uncertain
            elif sign in "\"'`/<0123456789":
                at, operand = self._literal(at, sign, operand)
            else:
                at, operand = at + 1, sign != "."

    def _literal(self, at: int, sign: str, operand: bool) -> tuple[int, bool]:
        """Past the literal or operator at `at` among statements. One that is broken says that they were misread."""
        try:
            if sign in "\"'":
                return self.string(at), False
            if sign == "`":
                return self.template(at + 1), False
            if sign.isdigit():
                return self.number(at), False
            if not operand:
                return at + 1, True
            if sign == "<":
                return self._jsx(at), False
        except Broken as broken:
            if broken.complete:
                raise Uncertain from None
            raise
        pattern = PATTERN.match(self.text, at, self.end)
        if not pattern:
            raise Uncertain
        return pattern.end(), False

    # JSX ---------------------------------------------------------------------------------------------------------------

    def _jsx(self, at: int) -> int:
        """Past the JSX element whose `<` is at `at`."""
        self._deeper()
        names: list[str] = []
        while True:
            begin = at
            at, name, kind = self._jsx_tag(at)
            if kind == "open":
                names.append(name)
            elif kind == "close" and (not names or names.pop() != name):
                raise Broken(begin)
            if not names:
                self._depth -= 1
                return at
            at = self._jsx_text(at)

    def _jsx_text(self, at: int) -> int:
        """Past text and expressions, to the next `<`."""
        while True:
            match = _JSX_TEXT.match(self.text, at, self.end)
            assert match is not None
            at = match.end()
            sign = self.here(at)
            if sign == "<":
                return at
            if sign != "{":
                raise Broken(at)
            after = self.blank(at + 1)
            at = self.braces(after + 3 if self.starts("...", after) else at + 1)

    def _jsx_tag(self, at: int) -> tuple[int, str, str]:
        """Past the tag at `at`, its name, and `open`, `close` or `self`."""
        at = self.blank(at + 1)
        closes = self.starts("/", at)
        if closes:
            at = self.blank(at + 1)
        match = _JSX_NAME.match(self.text, at, self.end)
        if not match and self.here(at) != ">" and self.text[at].isascii():
            raise Broken(at)
        name = match[0] if match else ""
        at = self.blank(match.end() if match else at)
        while True:
            sign = self.here(at)
            if sign == ">":
                return at + 1, name, "close" if closes else "open"
            if self.starts("/>", at) and not closes:
                return at + 2, name, "self"
            if not name or closes:
                raise Uncertain
            at = self.blank(self._jsx_attribute(at))

    def _jsx_attribute(self, at: int) -> int:
        if self.text[at] == "{":
            after = self.blank(at + 1)
            if not self.starts("...", after):
                raise Uncertain
            return self.braces(after + 3)
        attribute = _JSX_NAME.match(self.text, at, self.end)
        if not attribute:
            raise Uncertain
        at = self.blank(attribute.end())
        if not self.starts("=", at):
            return attribute.end()
        at = self.blank(at + 1)
        quote = self.here(at)
        if quote == "{":
            return self.braces(at + 1)
        if quote not in "\"'":
            raise Uncertain
        close = self.text.find(quote, at + 1, self.end)
        if close < 0:
            raise Broken(self.end, False)
        return close + 1
