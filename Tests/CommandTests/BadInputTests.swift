// Bad programs and calls: for each class the exit code and the first line of standard error. What the parser
// makes of bad sources is tested in detail beside it; here it is the process that counts: no signal, no trap,
// nothing on standard output but what belongs there, and soon.

import Documents
import Foundation
import Reports
import Testing

@Suite("Bad inputs")
struct BadInputTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let text: String
    let status: Int32
    let error: String
    var testDescription: String { text.isEmpty ? "nothing" : "\(text.prefix(60))" }
  }

  static let good = "p(\"a\", 1)@1; p(X, Y)@next :- p(X, Y); post(X) :- p(X, _);"

  static let programs = [
    Row(text: "", status: 2, error: "p.ded:1:1: error: no rules [no-rules]"),
    Row(text: "// nothing\n/* at all */", status: 2, error: "p.ded:1:1: error: no rules [no-rules]"),
    Row(
      text: "p(\"a\", 1)@1; q(X, " + String(repeating: "(", count: 100_000) + ") :- p(X, _);",
      status: 2,
      error: "p.ded:1:275: error: nesting deeper than 256 [nesting-too-deep]"),
    Row(
      text: "p(\"a\", 1)@1; q(X, " + String(repeating: "-", count: 100_000) + "1) :- p(X, _);",
      status: 2,
      error: "p.ded:1:275: error: nesting deeper than 256 [nesting-too-deep]"),
    Row(
      text: String(repeating: "p(\"a\", 1)@1; ", count: 800_000) + "?", status: 2,
      error: "p.ded:1:2600001: error: too many facts: more than 200000 [too-many-facts]"),
    Row(
      text: "p\0q(\"a\", 1)@1;", status: 2,
      error: "p.ded:1:2: error: NUL byte at byte offset 1 [nul-byte]"),
    Row(
      text: "\u{FEFF}p(\"a\", 1)@1;\r\npost(X) :- p(X, ;\r\n", status: 2,
      error: "p.ded:2:17: error: expected a variable or a constant, found ';' [unexpected-token]"),
    Row(
      text: "p\u{200B}(\"a\", 1)@1;", status: 2,
      error: "p.ded:1:2: error: '\\u{200B}' has no meaning here [unexpected-character]"),
    Row(
      text: "p(\"a, 1)@1;\n", status: 2,
      error: "p.ded:1:3: error: this string does not end on its line [unterminated-string]"),
    Row(
      text: "p(\"a\", 9223372036854775808)@1;", status: 2,
      error:
        "p.ded:1:8: error: integer out of range: integers go from -9223372036854775808 to 9223372036854775807 "
        + "[integer-out-of-range]"),
    Row(text: "p(\"a\", -9223372036854775808)@1; " + good, status: 0, error: ""),
    Row(
      text: "p(\"a\", 9223372036854775807)@1; post(X) :- p(X, V), V + 1 > 2;", status: 2,
      error:
        "p.ded:1:32: error: in round 1, '9223372036854775807 + 1' does not fit 64 bits [failed-computation]"),
    Row(
      text: "p(\"a\", 0)@1; post(X) :- p(X, V), 1 / V > 2;", status: 2,
      error: "p.ded:1:14: error: in round 1, '1 / 0' divides by zero [failed-computation]"),
    Row(
      text: "p(\"a\", -1)@1; post(X) :- p(X, V), -9223372036854775808 / V > 2;", status: 2,
      error:
        "p.ded:1:15: error: in round 1, '-9223372036854775808 / -1' does not fit 64 bits [failed-computation]"
    ),
    Row(text: "include \"p.ded\"; " + good, status: 0, error: ""),
    Row(
      text: "include \"nowhere.ded\";", status: 2,
      error: "p.ded:1:1: error: 'nowhere.ded' cannot be included: there is no such file [unreadable-file]"),
    Row(
      text: "include \"/dev/zero\";", status: 2,
      error: "p.ded:1:1: error: '/dev/zero' cannot be included: it is not a regular file [unreadable-file]"),
    Row(
      text: good + " r(X) :- pp(X, _);", status: 0,
      error: "p.ded:1:67: warning: 'pp' is used but never derived: rules that need it can never fire "
        + "[undefined-relation]"),
    Row(
      text: "p(\"a\", 1)@1; post(X) :- p(X);", status: 2,
      error: "p.ded:1:25: error: 'p' has 2 columns, but 1 here [arity-mismatch]"),
    Row(
      text: "p(\"a\", 1)@1; post(X) :- p(X, \"y\");", status: 2,
      error: "p.ded:1:30: error: column 2 of 'p' is an integer, but this constant is a string [type-clash]"),
    Row(
      text: "p(\"a\", 1)@1; post(X, Y) :- p(X, _);", status: 2,
      error: "p.ded:1:22: error: 'Y' is bound by no positive atom [unsafe-variable]"),
    Row(
      text: good + " q(X) :- p(X, _), notin r(X); r(X) :- q(X);", status: 2,
      error: "p.ded:1:76: error: 'r' cannot be negated here, because in the same round it depends on 'q': "
        + "q <- r <- q [negation-in-cycle]"),
    Row(
      text: good + " q(X)@next :- p(X, _), notin q(X); never r; r(X) :- q(X), notin p(X, _);", status: 0,
      error: ""),
    Row(text: "p(\"a\", 0)@1; p(X, V + 1) :- p(X, V); post(X) :- p(X, _);", status: 3, error: ""),
    Row(
      text: "p(\"a\"" + String(repeating: ", 1", count: 999) + ")@1;", status: 2,
      error: "p.ded:1:197: error: more than 64 columns [too-many-columns]"),
    Row(
      text: "p(\"a\", 1)@0;", status: 2,
      error: "p.ded:1:11: error: a round is a whole number from 1 on, or 'next' or 'async' [invalid-round]"),
    Row(
      text: good + " p(\"a\", 1)@99;", status: 0,
      error: "p.ded:1:59: warning: this fact is never reached: it holds in round 99, and the last round is 4 "
        + "[fact-after-end]"),
    Row(
      text: good + " q(\"z\") :- q(\"z\"); q(\"z\") :- p(_, 1);", status: 0,
      error:
        "p.ded:1:59: warning: this rule can never fire: its location, \"z\", is no node [location-not-node]"),
    Row(
      text: "p(\"a\", 1)@1; q(X) :- p(X, _);", status: 2,
      error: "error: the program has no relation 'post' that says what must hold [no-post]"),
    Row(
      text: "notin(\"a\")@1;", status: 2,
      error: "p.ded:1:1: error: 'notin' is a word of the language and names nothing [reserved-word]"),
  ]

  @Test("sources", arguments: programs)
  func source(_ row: Row) throws {
    let here = try Workplace(["p.ded": row.text])
    let outcome = try here.faultline("check", "p.ded", "--eot", "4")
    #expect(outcome.status == row.status)
    #expect(outcome.firstError == row.error)
    #expect((row.status == 2 && !row.error.contains("failed-computation")) == outcome.output.isEmpty)
    #expect(here.names == ["p.ded"])
  }

  /// What `--json` says of the same.
  @Test("sources, as JSON", arguments: programs.filter { $0.status == 2 })
  func sourceAsJSON(_ row: Row) throws {
    let here = try Workplace(["p.ded": row.text])
    let document = try json(here.faultline("check", "p.ded", "--eot", "4", "--json").output)
    #expect(document["verdict"] as? String == "error")
    let code = ((document["diagnostics"] as? [[String: Any]])?.first)?["code"] as? String
    #expect(row.error.hasSuffix("[\(code ?? "")]"))
  }

  static let calls = [
    Row(
      text: "check /dev/zero", status: 2,
      error: "error: '/dev/zero': it is not a regular file [unreadable-file]"),
    Row(text: "check .", status: 2, error: "error: '.': it is not a regular file [unreadable-file]"),
    Row(
      text: "check p.ded -t 1000000000", status: 2,
      error: "error: --eot takes a whole number from 1 to 1000, not '1000000000' [bad-number]"),
    Row(
      text: "check p.ded --eot 0", status: 2,
      error: "error: --eot takes a whole number from 1 to 1000, not '0' [bad-number]"),
    Row(
      text: "check p.ded --eot -1", status: 2,
      error: "error: --eot takes a whole number from 1 to 1000, not '-1' [bad-number]"),
    Row(
      text: "check p.ded --eot six", status: 2,
      error: "error: --eot takes a whole number from 1 to 1000, not 'six' [bad-number]"),
    Row(
      text: "check p.ded --eot 1e3", status: 2,
      error: "error: --eot takes a whole number from 1 to 1000, not '1e3' [bad-number]"),
    Row(
      text: "check p.ded --eot ''", status: 2,
      error: "error: --eot takes a whole number from 1 to 1000, not '' [bad-number]"),
    Row(
      text: "check p.ded --eot 9223372036854775808", status: 2,
      error: "error: --eot takes a whole number from 1 to 1000, not '9223372036854775808' [bad-number]"),
    Row(
      text: "check p.ded --eot 4 --eff 5", status: 2,
      error: "error: EFF (5) must not be larger than EOT (4) [bad-bounds]"),
    Row(
      text: "check p.ded --eot 4 -c 2", status: 2,
      error: "error: crashes (2) must be between 0 and the number of nodes (1) [bad-bounds]"),
    Row(
      text: "check p.ded --eot 4 -N $(seq -s, 9999)", status: 2,
      error: "error: there are 9999 nodes; at most 256 are possible [too-many-nodes]"),
    Row(
      text: "check p.ded --eot 4 -N ''", status: 2,
      error: "error: a name in the list of nodes is empty [bad-node-name]"),
    Row(
      text: "check p.ded --eot 4 -N a,,b", status: 2,
      error: "error: a name in the list of nodes is empty [bad-node-name]"),
    Row(
      text: "check p.ded --eot 4 -N a,b,a", status: 2,
      error: "error: the node 'a' is named twice [duplicate-node]"),
    Row(
      text: "check p.ded --eot 4 -N $'a,\"\\n\"'", status: 2,
      error: "error: the node name '\\u{A}' holds a character that cannot be shown [bad-node-name]"),
    Row(
      text: "check p.ded --eot 4 -N -1,b", status: 2,
      error:
        "error: Missing value for '-N <nodes>'; a value that begins with '-' follows a '=': --nodes=-1,b "
        + "[usage]"),
    Row(
      text: "check p.ded --nodes --eot 4", status: 2,
      error: "error: Missing value for '--nodes <nodes>' [usage]"),
    Row(
      text: "check p.ded --eto 4", status: 2,
      error: "error: Unknown option '--eto'. Did you mean '--eot'? [usage]"),
    Row(
      text: "check p.ded --eot 4 --EOT 5", status: 2,
      error: "error: the option '--eot' is given twice [usage]"),
    Row(text: "check p.ded -t", status: 2, error: "error: Missing value for '-t <n>' [usage]"),
    Row(text: "check -- --eot", status: 2, error: "error: '--eot': there is no such file [unreadable-file]"),
    Row(
      text: "chekc p.ded", status: 2,
      error: "error: there is no verb 'chekc'; did you mean 'check'? [usage]"),
    Row(
      text: "p.ded", status: 2,
      error: "error: there is no verb 'p.ded'; 'faultline check p.ded' checks a program [usage]"),
    Row(
      text: "help chekc", status: 2,
      error: "error: there is no verb 'chekc'; did you mean 'check'? [usage]"),
    Row(text: "help nosuch", status: 2, error: "error: there is no verb 'nosuch' [usage]"),
    Row(text: "", status: 2, error: "error: a verb is missing: what shall be done? [usage]"),
    Row(
      text: "check p.ded --eot 4 --oracle delphi", status: 2,
      error:
        "error: The value 'delphi' is invalid for '--oracle <oracle>'. Please provide one of 'implication' and 'molly' [usage]"
    ),
    Row(
      text: "check p.ded --eot 4 --outcome pots", status: 2,
      error: "error: the program has no relation 'pots' [unknown-outcome]"),
    Row(
      text: "check p.ded --eot 4 --time-limit soon", status: 2,
      error:
        "error: --time-limit takes a number of seconds above 0, such as 10 or 0.5, not 'soon' [bad-limit]"),
    Row(text: "run p.ded", status: 2, error: "error: a run needs its last round [missing-eot]"),
    Row(
      text: "run p.ded --eot 4 --fault 'lose a b 1'", status: 2,
      error: "error: 'lose a b 1' is no fault [bad-fault]"),
    Row(
      text: "run p.ded --eot 4 --fault 'crash q 1'", status: 2,
      error: "error: there is no node 'q' [unknown-node]"),
    Row(
      text: "check p.ded --eot 4 --save p.ded/saved", status: 2,
      error: "error: the folder 'p.ded/saved' cannot be written: Not a directory [output]"),
    Row(
      text: "check p.ded --eot 4 --save p.ded", status: 2,
      error: "error: 'p.ded' is not a folder [output]"),
    Row(text: "run p.ded --eot 4 >&-", status: 2, error: "error: standard output is closed [output]"),
    Row(
      text: "run p.ded --eot 4 >/dev/full", status: 2,
      error: "error: standard output cannot be written: No space left on device [output]"),
    Row(
      text: "run p.ded --max-eot 9999 --eot 9999 | head -1 >/dev/null; exit ${PIPESTATUS[0]}",
      status: 2,
      error: ""),
    Row(text: "check p.ded --eot 4 <&- 2>&- >/dev/null", status: 0, error: ""),
  ]

  @Test("calls", arguments: calls)
  func call(_ row: Row) throws {
    let here = try Workplace(["p.ded": Self.good])
    let outcome = try here.shell("$FAULTLINE \(row.text)")
    #expect(outcome.status == row.status)
    #expect(outcome.firstError == row.error)
    #expect(here.names == ["p.ded"])
  }

  @Test("calls, as JSON", arguments: calls.filter { $0.status == 2 && $0.text.hasPrefix("check ") })
  func callAsJSON(_ row: Row) throws {
    let here = try Workplace(["p.ded": Self.good])
    let outcome = try here.shell("$FAULTLINE check --json \(row.text.dropFirst("check ".count))")
    #expect(outcome.status == 2)
    let document = try json(outcome.output)
    let first = try #require((document["diagnostics"] as? [[String: Any]])?.first)
    #expect(document["verdict"] as? String == "error")
    #expect(row.error.hasSuffix("[\(first["code"] ?? "")]"))
  }

  @Test(
    "a usage error shows the usage", arguments: ["check p.ded --eto 4", "check", "replay", "run p.ded --eot"])
  func usage(arguments: String) throws {
    let outcome = try Workplace().shell("$FAULTLINE \(arguments)")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("\nUsage: faultline \(arguments.prefix { $0 != " " })"))
    #expect(outcome.output.isEmpty)
  }

  @Test("help and version are no errors", arguments: ["--help", "help check", "check --help", "--version"])
  func help(arguments: String) throws {
    let outcome = try Workplace().shell("$FAULTLINE \(arguments)")
    #expect(outcome.status == 0 && outcome.errors.isEmpty && !outcome.output.isEmpty)
    #expect(outcome.output.contains("USAGE: faultline check ") == arguments.contains("check"))
  }

  @Test(
    "a pipe without a writer does not block, and a huge file is not read",
    arguments: [
      ("mkfifo x.ded", "it is not a regular file"), ("truncate -s 1G x.ded", "it is larger than 64 MB"),
    ])
  func specialFile(make: String, reason: String) throws {
    let outcome = try Workplace().shell("\(make); timeout 300 $FAULTLINE check x.ded --eot 4")
    #expect(outcome.status == 2)
    #expect(outcome.firstError == "error: 'x.ded': \(reason) [unreadable-file]")
  }

  @Test(
    "the same bytes in every surrounding",
    arguments: [
      "LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8", "TZ=Asia/Kathmandu", "env -u HOME", "env -i", "umask 077;",
      "ulimit -n 16;", "ulimit -s 512;", "COLUMNS=20",
    ])
  func surroundings(prefix: String) throws {
    let here = try Workplace(["p.ded": Self.good])
    let call = "$FAULTLINE check p.ded --eot 4 --json | grep -v seconds"
    #expect(try here.shell("\(prefix) \(call)").output == here.shell(call).output)
  }
}
