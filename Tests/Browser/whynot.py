#!/usr/bin/env python3
"""whynot.py PAGE: compares what laboratories tell of absent rows with what 'run --why-not' tells, and asks as a person would.

PAGE is the laboratory of kafka.ded (EOT 7, EFF 4, one crash). What is compared, of every row of a possible run that the
tool tells without a variable (_), in runs under random admissible faults:
  - that it does not hold, and whether that is due to the faults; the rules of its relation, all of them by their places;
  - of each rule: the faults that alone keep it from deriving the row (a message that is lost, a node that does not act).
    The tool names one of several that would do, the page all; so each that the tool names is among those of the page, and
    where one of the two names any, so does the other;
  - of each rule: each list of rows that the tool says it lacks, if all of them are rows that some admissible run has: the
    page has an instance that lacks exactly these rows. It may name besides faults on the way of a message that is not
    even sent, and of the rows that one negated premise matches all, where the tool names the first;
  - of the row that is asked for: where the sentence of the tool names faults, the page names one of them at least. Which
    more are named depends on which of several ways is followed.
Not compared: what no admissible run has (the page has no instances of that), rows with variables, comparisons, counts and
aggregates, of which the two tell in words of their own.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from browser import Browser
from library import TOOL, call_of, expect, scenarios

SEED, RUNS, ROWS, PROGRAMS = 20261201, 3, 3, 20

# Random runs, of each some rows that it lacks: half of them such as the run without faults has, and one that no run has.
SAMPLE = """(() => {
  const { circuit, data } = lab, { instances } = lab.why;
  let seed = SEED;
  const random = (below) => (seed = seed * 48271 % 2147483647) % below;
  const pool = circuit.touching.length ? circuit.touching : data.faults.map((_, number) => number);
  const name = (tuple) => instances.text(tuple);
  return Array.from({ length: RUNS }, () => {
    const faults = [];
    for (let tries = 1 + random(9); tries > 0 && pool.length; tries--) {
      const fault = pool[random(pool.length)];
      if (!faults.includes(fault) && circuit.refusal(faults, fault) === null) faults.push(fault);
    }
    const ways = data.inputs.map((input) => random(input.ways.length));
    const reasons = new LabReasons(instances, circuit, faults.sort((a, b) => a - b), ways);
    if (circuit.run(faults, ways).error !== null) return null;
    const absent = Array.from({ length: data.tuples.length / 3 }, (_, tuple) => tuple).filter((tuple) => !reasons.holds(tuple));
    const due = absent.filter((tuple) => reasons.isDue(tuple));
    const rows = [];
    for (let n = 0; n < ROWS; n++) {
      const from = n % 2 && due.length ? due : absent;
      if (from.length) rows.push(from[random(from.length)]);
    }
    const asked = [...new Set(rows)].map((tuple) => [`${name(tuple)}@${instances.round(tuple)}`, tuple]);
    const other = random(data.tuples.length / 3);
    const round = Array.from({ length: data.eot }, (_, place) => place + 1).find((round) => instances.sibling(other, round) === undefined);
    if (round !== undefined) asked.push([`${name(other)}@${round}`, null]);
    return { faults, ways, asked, texts: faults.map((fault) => data.faults[fault].text), says: faults.map((fault) => data.faults[fault].says),
      chosen: data.inputs.map((input, number) => input.ways[ways[number]].text).filter((text) => text !== null) };
  }).filter((run) => run !== null);
})()"""

# What the page tells differently from the document of the tool, and how much was compared.
COMPARE = """(({ faults, ways, tuple, claims, sentence }) => {
  const { data, circuit } = lab, { instances } = lab.why;
  const reasons = new LabReasons(instances, circuit, faults, ways);
  const count = { rows: 0, faults: 0, lists: 0, foreign: 0, due: 0 };
  const column = (value) => typeof value === "number" ? String(value) : `"${value}"`;
  const rowOf = new Map(data.rows.map((_, row) => [`${data.relations[data.rows[row][0]]}(${instances.columns(row).join(", ")})`, row]));
  const find = ({ relation, columns, round }) => columns.includes(null) ? undefined : instances.tupleOf.get(`${rowOf.get(`${relation}(${columns.map(column).join(", ")})`)} ${round}`);
  const wrong = (what, claim, rule) => ({ wrong: `${what}: ${JSON.stringify(claim)} ${rule ? JSON.stringify(rule) : ""}`, count });
  for (const claim of claims) {
    const here = find(claim);
    if (here === undefined || claim.relation.includes("#")) continue;
    if (reasons.holds(here) !== claim.holds) return wrong("it holds only in one of the two", claim);
    if (claim.holds || !claim.followed) continue;
    count.rows++;
    const places = data.why.rules.filter((rule) => data.relations[rule[2]] === claim.relation).map(([place]) => place);
    const named = claim.rules.filter(({ rule }) => rule !== null);
    if (places.join() !== named.map(({ rule }) => rule).join()) return wrong(`other rules than ${places}`, claim);
    for (const [place, rule] of named.entries()) {
      if (/^[^:]*(count|sum|min|max|avg)</.test(data.why.rules.filter((one) => data.relations[one[2]] === claim.relation)[place][1])) continue;
      const mine = reasons.obstacles(here).filter(({ instance }) => instance.rule >= 0 && data.why.rules[instance.rule][0] === rule.rule);
      const lists = [rule.lacks, ...rule.others];
      const stopping = new Set(mine.filter(({ lacks }) => lacks.every((lack) => lack.kind === "fault")).flatMap(({ lacks }) => lacks.flatMap((lack) => lack.faults)).map((fault) => data.faults[fault].says));
      const told = lists.filter((list) => list.every((lack) => lack.fault)).flat().map((lack) => lack.text);
      const foreign = told.find((text) => !stopping.has(text));
      if (foreign) return wrong(`the page does not name the fault '${foreign}', but ${[...stopping]}`, claim, rule);
      if (stopping.size && !told.length && !rule.further) return wrong(`the tool does not name ${[...stopping]}`, claim, rule);
      count.faults += told.length;
      for (const list of lists) {
        if (!list.every((lack) => lack.claim !== undefined) || list.some((lack) => /^the aggregate/.test(lack.text))) continue;
        const rows = list.map((lack) => find(claims[lack.claim]));
        if (rows.includes(undefined) || rows.some((row) => instances.edge(row) < 2)) { count.foreign++; continue; }
        const same = mine.some(({ lacks }) => {
          const lacking = lacks.filter((lack) => lack.kind === "row").map((lack) => lack.rows[0]);
          const isTold = (row) => rows.includes(row) || (reasons.holds(row) && rows.some((other) => reasons.holds(other) && instances.relation(other) === instances.relation(row)));
          return lacks.every((lack) => ["row", "fault", "elsewhere"].includes(lack.kind)) && rows.every((row) => lacking.includes(row)) && lacking.every(isTold);
        });
        if (!same && !(rows.length === 1 && rows[0] === here)) return wrong(`the page has no instance that lacks just ${rows.map((row) => instances.text(row))}`, claim, rule);
        count.lists++;
      }
    }
  }
  if (sentence === null) return { wrong: null, count };
  reasons.measure([tuple]);
  const behind = reasons.faultsBehind(tuple).map((fault) => data.faults[fault].says);
  const named = sentence.includes(", because ");
  const isDue = named || sentence.includes("; without faults it does");
  if (isDue !== reasons.isDue(tuple)) return wrong(`due to the faults only in one of the two, by the tool: ${sentence}`, claims[0]);
  const shared = behind.some((says) => sentence.includes(says));
  if (named && !shared) return wrong(`${behind} by the page, by the tool: ${sentence}`, claims[0]);
  count.due += named;
  return { wrong: null, count };
})(GIVEN)"""


def told_by_the_tool(call, asked, text=False):
    made = subprocess.run([*call, "--why-not", asked, *([] if text else ["--json"])], capture_output=True, text=True)
    return made.stdout if text else json.loads(made.stdout or "{}") | {"errors": made.stderr}


def compare(browser):
    total, programs = collections.Counter(), 0
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(2) as pool:
        for name, path, options in scenarios():
            page_path = f"{place}/lab.html"
            made = subprocess.run([TOOL, "lab", path, *options, "-o", page_path, "--force"], capture_output=True, text=True)
            expect(made.returncode == 0, f"a laboratory of {name}: {made.stderr}")
            page = browser.open(page_path)
            runs = page.evaluate(SAMPLE.replace("SEED", str(SEED + programs)).replace("RUNS", str(RUNS)).replace("ROWS", str(ROWS)))
            questions = [(run, asked, tuple) for run in runs for asked, tuple in run["asked"]]
            calls = [call_of(path, options, run["texts"], run["chosen"]) for run, _, _ in questions]
            documents = pool.map(lambda pair: told_by_the_tool(pair[0], pair[1][1]), zip(calls, questions))
            # The sentence of every second row, and of no row that no run has.
            texts = pool.map(
                lambda item: None if item[0] % 2 or item[1][1][2] is None else told_by_the_tool(item[1][0], item[1][1][1], text=True),
                enumerate(zip(calls, questions)))
            for (run, asked, tuple), document, text in zip(questions, documents, texts):
                where = f"{name} {options}, {run['texts']} {run['chosen']}, {asked}, seed {SEED + programs}"
                expect("whyNot" in document, f"what the tool tells: {where}: {document.get('errors')}")
                if tuple is None:
                    page.evaluate(f"lab.why.ask({json.dumps(asked)})")
                    expect(page.text(".absent").startswith("No rule can derive"), f"that no run has it: {where}")
                    total["impossible"] += 1
                    continue
                sentence = text and " ".join(text.split("\n  (1)")[0].split())
                given = {"faults": run["faults"], "ways": run["ways"], "tuple": tuple, "claims": document["whyNot"]["claims"], "sentence": sentence}
                found = page.evaluate(COMPARE.replace("GIVEN", json.dumps(given)))
                if found["wrong"]:
                    sys.exit(f"{where}: {found['wrong']}")
                total.update(found["count"])
                total["asked"] += 1
            expect(not page.complaints, f"{name}: {page.complaints}")
            page.close()
            programs += 1
            if programs == PROGRAMS:
                break
    print(f"{programs} programs, {dict(total)}")
    expect(programs == PROGRAMS and total["asked"] >= 120 and total["impossible"] >= 20, f"{programs} programs, {total}")
    expect(total["faults"] >= 30 and total["lists"] >= 150 and total["due"] >= 15, f"{total}")


def without_instances(path):
    """The page as it is where the rules have too many instances."""
    text = pathlib.Path(path).read_text()
    start = text.index('id="lab-data">') + len('id="lab-data">')
    end = text.index("</script>", start)
    data = json.loads(text[start:end]) | {"why": None}
    bare = pathlib.Path(path).with_name("bare.html")
    bare.write_text(text[:start] + json.dumps(data).replace("<", "\\u003c") + text[end:])
    return bare


def ask(browser, path):
    page = browser.open(path)
    page.click(".row-asked")
    page.type('post("Data1")')
    for kind in ["keyDown", "keyUp"]:
        page.call("Input.dispatchKeyEvent", type=kind, key="Enter", windowsVirtualKeyCode=13, **({"text": "\r"} if kind == "keyDown" else {}))
    expect("holds in round 7 of this run" in page.text(".absent"), "that the row holds")
    fault = lambda text: page.evaluate(f"lab.toggle(lab.circuit.faultNumber.get({json.dumps(text)}))")
    for text in ["omit b Z 1", "omit c Z 1", "crash a 5"]:
        expect(fault(text), text)
    told = page.text(".absent")
    expect('post("Data1") does not hold in round 7, because ' in told.replace("\n", " "), told)
    for text in ["what b sends to Z in round 1 is lost", "what c sends to Z in round 1 is lost", "a crashes in round 5"]:
        expect(text in told, f"{text} in {told}")
    expect("durable.ded:4" in told, "the places of rules")
    expect(page.evaluate("!!document.querySelector('.absent details[open] .claim')"), "the way down to a fault, open")
    expect(page.evaluate("location.hash").count("why-not=") == 1, "the question in the address")
    line = page.evaluate("[...document.querySelectorAll('.absent .call')].at(-1).textContent")
    again = subprocess.run(["sh", "-c", line.replace("faultline", f"'{TOOL}'", 1)], capture_output=True, text=True)
    expect('post("Data1") does not hold in round 7' in again.stdout, f"a line that tells it: {line} {again.stderr}")
    page.evaluate("lab.why.ask('')")
    page.evaluate("document.querySelector('.tuple.missing').click()")
    expect("does not hold in round 7" in page.text(".absent"), "why, of a row that is clicked")
    for row, words in [('post("Data9")', "No rule can derive"), ("pst(_)", "no relation 'pst'"), ("post(1, 2)", "has 1 column, not 2"),
                       ("post(_)@8", "the run has 7 rounds"), ("post(Data1)", "write a row as in a program"), ("post(_)@1", "it can hold in rounds")]:
        page.evaluate(f"lab.why.ask({json.dumps(row)})")
        expect(words in page.text(".absent"), f"{words} of {row}, but {page.text('.absent')}")
    shared = browser.open(path, "#fault=crash+a+5&why-not=post%28%22Data1%22%29")
    expect(shared.text(".row-asked") == "" and shared.evaluate("document.querySelector('.row-asked').value") == 'post("Data1")', "the question of a link")
    expect(shared.text(".absent") != "", "an answer to the question of a link")
    bare = browser.open(without_instances(path), "#fault=omit+b+Z+1&fault=omit+c+Z+1&fault=crash+a+5&why-not=post%28_%29")
    expect("too many instances" in bare.text(".absent") and "--why-not" in bare.text(".absent"), "a page without instances")
    expect(not bare.complaints, f"{bare.complaints}")
    for width, height in [(1440, 900), (390, 844)]:
        page.resize(width, height)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        expect(wide <= 0, f"a page that is {wide} px too wide at {width}")
    expect(not page.complaints and not page.requests, f"{page.complaints} {page.requests}")


if __name__ == "__main__":
    with Browser(1440, 900) as browser:
        ask(browser, sys.argv[1])
        compare(browser)
