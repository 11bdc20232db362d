"""Programs with questions about them, and runs as the tool and a laboratory tell them. FAULTLINE and PROGRAMS say where the
tool and the programs are."""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

TOOL, PROGRAMS = os.environ["FAULTLINE"], pathlib.Path(os.environ["PROGRAMS"])
SCENARIO = re.compile(r"^\s*//! scenario (.*)$", re.MULTILINE)
SAID = {"expect", "minimum", "because", "property", "strategy", "settle"}


def scenarios():
    """Of each program that has one: name, file and options of the line that breaks with the most options."""
    for path in sorted(PROGRAMS.rglob("*.ded")):
        name = path.relative_to(PROGRAMS).as_posix()
        if name.startswith(("invalid/", "guide/", "warned/", "lib/")):
            continue
        lines = [dict(word.split("=", 1) for word in shlex.split(line))
                 for line in SCENARIO.findall(path.read_text(errors="replace"))]
        lines = [words for words in lines if words.get("expect") == "counterexample" and int(words.get("eot", "99")) <= 12]
        if not lines:
            continue
        words = max(lines, key=len)
        options = [part for key, value in words.items() if key not in SAID for part in (f"--{key}", value)]
        yield name, str(path), options


def expect(condition, what):
    if not condition:
        sys.exit(f"not found: {what}")


# Of a run under `faults` with the alternatives `ways`: everything that the page says about it.
SHOWN = """((faults, ways) => {
  const { circuit, data } = lab;
  const text = (row) => {
    const [relation, node, rest] = data.rows[row];
    const columns = (node < 0 ? [] : [JSON.stringify(data.nodes[node])]).concat(rest ? [rest] : []);
    return `${data.relations[relation]}(${columns.join(", ")})`;
  };
  const run = circuit.run(faults, ways);
  return {
    faults: faults.map((fault) => data.faults[fault].text), kinds: faults.map((fault) => data.kinds[data.faults[fault].kind].word),
    chosen: data.inputs.map((input, number) => input.ways[ways[number]].text).filter((text) => text !== null),
    rounds: run.byRound.slice(1).map((rows) => [...rows].map(text).sort()), error: run.error,
    messages: data.messages.filter(([, from, to]) => from !== to).map((message) => [message, run.message(message)])
      .filter(([, { isSent }]) => isSent).map(([[row, from, to, sent], { arrivals }]) =>
        [data.nodes[from], data.nodes[to], text(row), sent, arrivals.join(" ")].join("|")),
    broken: run.told.map((violation) => [data.properties[violation[0]], violation[1], violation[4]]),
  };
})"""


def column(value):
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def call_of(path, options, faults, chosen):
    """The call that makes the run under these faults."""
    call = [TOOL, "run", path]
    for key, value in zip(options[::2], options[1::2]):
        if key in ("--eot", "--nodes", "--crash-view", "--outcome"):
            call += [key, value]
    call += [part for fault in faults for part in ("--fault", fault)]
    return call + [part for fact in chosen for part in ("--choose", fact)]


def told_by_the_tool(path, options, scenario):
    """The same about the run that the tool makes."""
    call = [*call_of(path, options, scenario["faults"], scenario["chosen"]), "--json"]
    return json.loads(subprocess.run(call, capture_output=True, text=True).stdout)


STATED = {"crash", "outage", "pause", "time"}


def difference(scenario, document):
    """What the page and the tool say differently; None where nothing is."""
    if "rounds" not in document:
        return f"the tool refuses: {document}"
    for shown, told in zip(scenario["rounds"], document["rounds"]):
        rows = sorted(
            f"{relation}({', '.join(map(column, row))})"
            for relation, all_rows in told["tuples"].items() if relation not in STATED for row in all_rows)
        shown = sorted(row for row in shown if row.split("(")[0] not in STATED)
        if rows != shown:
            return f"round {told['round']}: only page {set(shown) - set(rows)}, only tool {set(rows) - set(shown)}"
    last = len(document["rounds"])
    sent = {
        "|".join([
            message["from"], message["to"], f"{message['relation']}({', '.join(map(column, message['row']))})",
            str(told["round"]), " ".join(str(round) for round in message.get("arrives", []) if round <= last)])
        for told in document["rounds"][:-1] for message in told["messages"]
        if message["from"] is not None and message["from"] != message["to"]}
    if sent != set(scenario["messages"]):
        return f"messages: only page {set(scenario['messages']) - sent}, only tool {sent - set(scenario['messages'])}"
    is_broken = document["verdict"] == "violated"
    if is_broken != bool(scenario["broken"]) and document["verdict"] != "no-specification":
        return f"the page says {scenario['broken']}, the tool {document['verdict']}"
    return None
