// A program is read before any limit begins. Until then whoever has called may end the process as any other.

import Foundation
import Support
import Testing

@Suite("Reading of programs")
struct ReadingTests {
  @Test(
    "a signal ends the process at once, while it reads a file and when it has read it", .needs(.strace),
    arguments: ["INT", "TERM"], ["read", "close"])
  func signal(name: String, call: String) throws {
    let here = try Workplace(["p.ded": "p(\"a\")@1; post(X) :- p(X);\n"])
    let outcome = try here.shell(
      """
      strace -f -o /dev/null -P $PWD/p.ded -e trace=\(call) -e inject=\(call):signal=SIG\(name):when=1 \
        $FAULTLINE check p.ded --eot 1 --time-limit 1000 --store runs.sqlite
      exit $?
      """)
    #expect(outcome.status == 128 + (name == "INT" ? SIGINT : SIGTERM), "\(outcome)")
    #expect(outcome.output.isEmpty && here.names == ["p.ded"])
  }
}
