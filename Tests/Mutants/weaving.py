"""Weaves a seeded fault into a line, so that one build holds many faults, of which the environment chooses one.

The technique is that of mutant schemata (Untch, Offutt and Harrold, "Mutation analysis using mutant schemata", ISSTA
1993). A line is woven in the ways below, from the one that says most to the one that fits most places. Which of them
compiles, only the compiler can tell: `weavings` gives them all, and who builds takes the next where one fails. A woven
line stays one line, so that the compiler's messages name the fault by its line.
"""
import re

KEYWORD = re.compile(r"(return|throw|for|in|if|guard|switch|case|let|var|else|public|private|fileprivate|func)\b")
NO_VALUE = re.compile(r"[;,{]|[^=!<>]= |^[&|]{2} |^_ = ")
NO_STATEMENT = re.compile(r"[.?:+*/<>=|&-]|(let|var|case|public|private|fileprivate|func)\b")
CONTINUED = re.compile(r"[.?:+*/<>=|&-]")
BINDING = re.compile(r"\b(let|var|case)\b")


def weavings(lines, old, new, number):
    """The lines that behave as the first of `lines` with `new` in the place of `old` where fault `number` is chosen,
    and as it stands otherwise."""
    line, next_line = lines
    changed = line.replace(old, new)
    chosen = f"seededFault == {number}"
    indent = line[:len(line) - len(line.lstrip())]
    ways = (insertion, condition, loop, binding, declaration, case, statement, choice, entry, element)
    if CONTINUED.match(next_line.strip()) and not line.endswith(","):
        ways = (insertion, condition, loop)
    forms = [way(line.strip(), changed.strip(), chosen) for way in ways] + [part(line.strip(), old, new, chosen)]
    return list(dict.fromkeys(indent + form for form in forms if form))


def insertion(line, changed, chosen):
    """A fault that adds something behind the brace that opens a body."""
    if line.endswith("{") and changed.startswith(line) and len(changed) > len(line):
        return f"{line} if {chosen} {{ {changed[len(line):].strip()} }}"


def condition(line, changed, chosen):
    """guard, if and else if: the clauses that differ become one, which the choice decides."""
    pattern = r"(guard |\} else if |if )(.*?)( else \{.*| \{.*|,)"
    ours, theirs = re.fullmatch(pattern, line), re.fullmatch(pattern, changed)
    if not ours or not theirs or (ours[1], ours[3]) != (theirs[1], theirs[3]):
        return None
    before, after = split(ours[2], ","), split(theirs[2], ",")
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    differing = [clauses[start:len(clauses) - end] for clauses in (before, after)]
    if any(BINDING.match(clause) for clauses in differing for clause in clauses):
        clause = binding(*map(", ".join, differing), chosen)
    else:
        right, wrong = (" && ".join(f"({clause})" for clause in clauses) or "true" for clauses in differing)
        clause = f"({chosen} ? {wrong} : {right})"
    return clause and ours[1] + ", ".join(before[:start] + [clause] + before[len(before) - end:]) + ours[3]


def loop(line, changed, chosen):
    """for: the sequence or what its elements must fulfil, where the other is the same."""
    pattern = r"for (.*?) in (.*?)(?: where (.*?))? \{"
    ours, theirs = re.fullmatch(pattern, line), re.fullmatch(pattern, changed)
    if not ours or not theirs or ours[1] != theirs[1]:
        return None
    sequence, test = ours[2], ours[3] or "true"
    if ours[2] != theirs[2]:
        sequence = f"({chosen} ? ({theirs[2]}) : ({ours[2]}))"
    if ours[3] != theirs[3]:
        test = f"({chosen} ? ({theirs[3] or 'true'}) : ({test}))"
    return f"for {ours[1]} in {sequence} where {test} {{"


def binding(line, changed, chosen):
    """A constant or variable with its value."""
    pattern = r"((?:private |static )*(?:let|var) [^=]*? = )(.*)"
    return None if ";" in changed else same_beginning(pattern, line, changed, lambda right, wrong: f"{chosen} ? ({wrong}) : ({right})")


def declaration(line, changed, chosen):
    """A function or a computed property whose body stands on the same line."""
    pattern = r"((?:.*\b)?(?:func|var|init)\b[^=]*? \{ )(.*) \}"
    return same_beginning(
        pattern, line, changed, lambda right, wrong: f"if {chosen} {{ {wrong} }} else {{ {right} }} }}")


def case(line, changed, chosen):
    """A case of a switch with what it does."""
    ours, theirs = (re.fullmatch(r"case (.*?) where (.*):", text) for text in (line, changed))
    if ours and theirs and ours[1] == theirs[1]:
        return f"case {ours[1]} where {chosen} ? ({theirs[2]}) : ({ours[2]}):"
    label, *rest = split(line, ":", limit=1)
    pattern = f"({re.escape(label)}: )(.*)" if rest and label.startswith(("case ", "default")) else "(?!)"
    return same_beginning(pattern, line, changed, lambda right, wrong: f"if {chosen} {{ {wrong} }} else {{ {right} }}")


def same_beginning(pattern, line, changed, form):
    ours, theirs = re.fullmatch(pattern, line), re.fullmatch(pattern, changed)
    if ours and theirs and ours[1] == theirs[1] and is_whole(ours[2]) and is_whole(theirs[2]):
        return ours[1] + form(ours[2], theirs[2])


def statement(line, changed, chosen):
    if not is_whole(line) or not is_whole(changed) or line.endswith(",") or NO_STATEMENT.match(line):
        return None
    if re.match("return|throw", line):
        return f"if {chosen} {{ {changed} }}; {line}"
    return f"if {chosen} {{ {changed} }} else {{ {line} }}"


def choice(line, changed, chosen):
    """A line that is an expression, perhaps behind an operator or a label and before a comma."""
    pattern = r"((?:&& |\|\| |\?\? |\+ |\w+: |\w+ = )?)(.*?)(,?)"
    ours, theirs = re.fullmatch(pattern, line), re.fullmatch(pattern, changed)
    if (ours[1], ours[3]) == (theirs[1], theirs[3]) and is_value(ours[2]) and is_value(theirs[2]):
        return f"{ours[1]}({chosen} ? {theirs[2]} : {ours[2]}){ours[3]}"


def entry(line, changed, chosen):
    """One of several entries of a dictionary."""
    before, after = split(line, ","), split(changed, ",")
    for position, (right, wrong) in enumerate(zip(before, after)):
        (key, *value), (other, *bad) = split(right, ":", limit=1), split(wrong, ":", limit=1)
        if right != wrong and key == other and value and is_value(value[0]) and is_value(bad[0]):
            before[position] = f"{key}: ({chosen} ? {bad[0]} : {value[0]})"
            return ", ".join(before).rstrip()


def element(line, changed, chosen):
    """One of several elements of a list."""
    before, after = split(line, ","), split(changed, ",")
    differing = [position for position, pair in enumerate(zip(before, after)) if len(set(pair)) > 1]
    if len(before) == len(after) > 1 and len(differing) == 1:
        right, wrong = before[differing[0]], after[differing[0]]
        if is_value(right) and is_value(wrong):
            before[differing[0]] = f"({chosen} ? {wrong} : {right})"
            return ", ".join(before).rstrip()


def part(line, old, new, chosen):
    """The replaced text alone, where it is an expression."""
    if is_value(old.rstrip(",")) and is_value(new.rstrip(",")) and old[-1:] == "," == new[-1:]:
        old, new = old[:-1], new[:-1]
    if is_value(old) and is_value(new):
        return line.replace(old, f"({chosen} ? ({new}) : ({old}))")


def is_value(text):
    """Whether the text can be an expression."""
    return bool(text) and is_whole(text) and not KEYWORD.match(text) and not NO_VALUE.search("".join(outside(text)))


def is_whole(text):
    """Whether brackets are closed and nothing is left to come."""
    depth = 0
    for character in without_strings(text):
        depth += (character in "([{") - (character in ")]}")
        if depth < 0:
            return False
    return depth == 0


def outside(text):
    """The characters of `text` outside brackets and strings."""
    depth = 0
    for character in without_strings(text):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0:
            yield character


def split(text, separator, limit=None):
    """The parts of `text` between separators outside brackets, of which only the first `limit` count."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(without_strings(text)):
        depth += (character in "([{") - (character in ")]}")
        if character == separator and depth == 0 and len(parts) != limit:
            parts.append(text[start:position].strip())
            start = position + 1
    return parts + [text[start:].strip()]


def without_strings(text):
    return re.sub(r'"(?:[^"\\]|\\.)*"', lambda string: "_" * len(string[0]), text)
