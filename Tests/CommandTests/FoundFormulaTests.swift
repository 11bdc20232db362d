// Formulas as people have them: packed, with the end that SATLIB puts, with several questions.

import Foundation
import Support
import Testing

@Suite("solve: formulas as people have them")
struct FoundFormulaTests {
  private let here: Workplace

  init() throws { here = try Workplace() }

  @Test(
    "what others accept is accepted",
    arguments: [
      "c sample\np cnf 3 2\n1 -2 3 0\n-1 2 0\n%\n0\n\n",
      "p cnf 3 2\n1 -2 3 0\n-1 2 0\n%\n",
      "p cnf 3 2\n1 -2 3 0\n-1 2 0 % 0",
      "p cnf 3 2\n1 -2 3 0 c why\n  c indented\n-1 2 0\n",
      "p cnf 3 2\n1 -2 3 -0 -1\nc in the middle of a clause\n2 -0",
    ])
  func accepted(_ formula: String) throws {
    try here.write("found.cnf", Data(formula.utf8))
    try here.write("plain.cnf", Data("p cnf 3 2\n1 -2 3 0\n-1 2 0\n".utf8))
    let (found, plain) = (
      try here.faultline("solve", "found.cnf"), try here.faultline("solve", "plain.cnf")
    )
    #expect(found.status == 10 && found.output == plain.output, "\(found.errors)")
  }

  @Test(
    "what means something else is refused by name, with the line, the place and the likely fix",
    arguments: [
      (
        "p wcnf 2 1 10\n10 1 0\n",
        """
        bad.cnf:1:3: error: a formula with weights (wcnf) is not read: 'solve' looks for any model, not for a best \
        one [bad-dimacs]
          p wcnf 2 1 10
            ^
          fix: give the clauses that must hold as 'p cnf'

        """
      ),
      (
        "p cnf 2 2\n1 2 0\nx1 2 0\n",
        """
        bad.cnf:3:1: error: an exclusive-or clause ('x …') is not read [bad-dimacs]
          x1 2 0
          ^
          fix: write it as clauses: 'x 1 2 0' is '1 2 0' and '-1 -2 0'

        """
      ),
      (
        "p cnf 2 2\n1 2 0\n%\n0\n-1 0\n",
        """
        bad.cnf:5:1: error: '%' ends the formula, and nothing may follow it but 0 [bad-dimacs]
          -1 0
          ^
          fix: leave '%' out if the formula goes on

        """
      ),
      (
        "p cnf 2 2\n1 2 0\n%\n0\n",
        """
        bad.cnf:5:1: error: 2 clauses were announced, but there is 1 [bad-dimacs]
          fix: write 'p cnf 2 1', or add what is missing

        """
      ),
      (
        "p cnf 2 1\n1 -3 0\n",
        """
        bad.cnf:2:3: error: a literal must be between -2 and 2 [bad-dimacs]
          1 -3 0
            ^
          fix: announce more variables in 'p cnf', or mend the literal

        """
      ),
    ])
  func refused(_ formula: String, _ error: String) throws {
    try here.write("bad.cnf", Data(formula.utf8))
    let outcome = try here.faultline("solve", "bad.cnf")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errors == error)
  }

  // MARK: Several questions

  @Test("a file with 'a' lines gets an answer for each, about the clauses above it")
  func questions() throws {
    try here.write("asks.icnf", Data("p inccnf\n1 2 0\na 1 0\na -1 0\na -1 -2 0\n-2 0\na -1 0\na 0\n".utf8))
    let outcome = try here.faultline("solve", "asks.icnf")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(
      lines.filter { $0.hasPrefix("s ") } == [
        "s SATISFIABLE", "s SATISFIABLE", "s UNSATISFIABLE", "s UNSATISFIABLE", "s SATISFIABLE",
      ])
    #expect(lines[1].hasPrefix("v 1 ") && lines[3] == "v -1 2 0" && lines.last == "v 1 -2 0")
    #expect(outcome.status == 10, "that of the last answer")
    let proof = try here.faultline("solve", "asks.icnf", "--proof", "p.lrat")
    #expect(proof.status == 2 && proof.firstError.hasSuffix("[bad-call]") && !here.names.contains("p.lrat"))
    try here.write("silent.icnf", Data("p inccnf\n1 0\n-1 0\n".utf8))
    #expect(try here.faultline("solve", "silent.icnf").output == "s UNSATISFIABLE\n")
  }

  @Test("each answer is that of the clauses above the question and its literals as clauses")
  func questionsOneByOne() throws {
    for seed in Campaign.seeds(6) {
      var random = SplitMix64(seed: seed)
      func literal() -> Int { random.number(in: 1...12) * (random.chance(50) ? 1 : -1) }
      var (text, above): (String, [String]) = ("p inccnf\n", [])
      var expected: [String] = []
      for _ in 0..<8 {
        for _ in 0..<random.number(in: 0...12) {
          above.append((0..<3).map { _ in "\(literal())" }.joined(separator: " ") + " 0")
          text += above[above.count - 1] + "\n"
        }
        let assumed = (0..<random.number(in: 0...4)).map { _ in literal() }
        text += "a " + assumed.map { "\($0) " }.joined() + "0\n"
        let clauses = above + assumed.map { "\($0) 0" }
        try here.write(
          "one.cnf", Data("p cnf 12 \(clauses.count)\n\(clauses.joined(separator: "\n"))\n".utf8))
        expected.append(String(try here.faultline("solve", "one.cnf").output.prefix { $0 != "\n" }))
      }
      try here.write("all.icnf", Data(text.utf8))
      let answers = try here.faultline("solve", "all.icnf").output.split(separator: "\n")
      #expect(answers.filter { $0.hasPrefix("s ") }.map(String.init) == expected, "seed \(seed):\n\(text)")
    }
  }

  // MARK: Packed files and endless streams

  @Test(
    "packed formulas are unpacked, whatever they are called", .needs(.packers),
    arguments: ["gzip", "xz", "bzip2"])
  func packed(_ packer: String) throws {
    let formula = "p cnf 20000 1\n" + (1...20_000).map { "\($0)" }.joined(separator: " ") + " 0\n"
    try here.write("plain.cnf", Data(formula.utf8))
    #expect(try here.shell("\(packer) -c plain.cnf > packed.cnf").status == 0)
    let plain = try here.faultline("solve", "plain.cnf")
    #expect(try here.faultline("solve", "packed.cnf").output == plain.output)
    #expect(try here.shell("$FAULTLINE solve - < packed.cnf").output == plain.output)
    let missing = try here.shell("PATH=/nowhere $FAULTLINE solve packed.cnf")
    #expect(
      missing.status == 2
        && missing.errors == """
          packed.cnf: error: it is packed by '\(packer)', which is not installed [unreadable-file]
            fix: install \(packer), or unpack the file first

          """,
      "\(missing.errors)")
    let damaged = try here.shell("head -c 60 packed.cnf > half.cnf; $FAULTLINE solve half.cnf")
    #expect(
      damaged.status == 2
        && damaged.errors
          == "half.cnf: error: it is packed, and damaged: '\(packer)' cannot unpack it [unreadable-file]\n",
      "\(damaged.errors)")
  }

  @Test(
    "a stream without lines, packed or not, is refused while it is short",
    arguments: [
      "ulimit -v 400000; $FAULTLINE solve - < /dev/zero",
      "head -c 300M /dev/zero | gzip -1 > bomb; ulimit -v 400000; $FAULTLINE solve bomb",
    ])
  func endless(_ line: String) throws {
    let outcome = try here.shell(line)
    #expect(outcome.status == 2, "\(outcome)")
    #expect(outcome.errors.contains(": error: it has a line longer than 16 MB [unreadable-file]\n"))
  }

  @Test(
    "who unpacks ends with this process, and so does the wait for standard input", arguments: ["INT", "TERM"])
  func orphans(_ signal: String) throws {
    try here.write("xz", Data("#!/bin/sh\necho $$ > pid\nexec sleep 1000\n".utf8))
    try here.write("packed", Data([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 1, 2]))
    #expect(try here.shell("chmod +x xz").status == 0)
    let outcome = try here.shell(
      """
      PATH=.:$PATH $FAULTLINE solve packed & CHILD=$!
      until [ -s pid ]; do sleep 0.01; done
      kill -\(signal) $CHILD; wait $CHILD; echo $?
      kill -KILL $(cat pid) 2>/dev/null && echo alive
      mkfifo pipe; sleep 1000 > pipe & WRITER=$!
      $FAULTLINE solve - --time-limit 0.05 < pipe; echo $?; kill -KILL $WRITER
      """)
    #expect(outcome.output == "s UNKNOWN\n0\ns UNKNOWN\n0\n", "\(outcome)")
  }
}
