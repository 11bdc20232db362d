// Test results in JUnit's XML format. There is no single schema, and build servers read different ones. The
// output here is accepted both by the strictest schema in use (for the output of Ant) and by that of Jenkins'
// xUnit plugin; Tests/JUnit states its rules.

import Glibc
import LineageViz
import Texts

/// Test results for build servers.
package struct JUnitDocument {
  private let suites: [Suite]

  struct Suite {
    let name: String
    let cases: [Case]
  }

  struct Case {
    let name: String
    /// The name by which build servers group the results.
    let group: String
    let seconds: Double
    let result: Result
  }

  enum Result {
    case passed
    /// The test ran, and its result was not as expected.
    case failed(message: String, details: [String])
    /// The test did not run.
    case error(message: String, details: [String])
  }

  init(_ suites: [Suite]) { self.suites = suites }

  /// The document; `time` is the time at which the tests were run.
  package func text(at time: time_t = Glibc.time(nil)) -> String {
    var document = Markup()
    document.write(trusted: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    document.begin("testsuites")
    document.write(trusted: "\n")
    for (number, suite) in suites.enumerated() {
      Self.write(suite, number: number, Self.timestamp(time), &document)
    }
    document.end()
    return document.text + "\n"
  }

  private static func write(_ suite: Suite, number: Int, _ timestamp: String, _ document: inout Markup) {
    document.begin(
      "testsuite",
      [
        "name": suite.name, "tests": "\(suite.cases.count)",
        "failures": "\(suite.cases.count { if case .failed = $0.result { true } else { false } })",
        "errors": "\(suite.cases.count { if case .error = $0.result { true } else { false } })",
        "time": Texts.seconds(suite.cases.reduce(0) { $0 + $1.seconds }), "timestamp": timestamp,
        "hostname": "localhost", "id": "\(number)", "package": "faultline",
      ])
    document.write(trusted: "\n")
    document.begin("properties")
    document.leaf("property", ["name": "faultline", "value": Version.current])
    document.end()
    document.write(trusted: "\n")
    for test in suite.cases { write(test, &document) }
    document.leaf("system-out")
    document.leaf("system-err")
    document.end()
    document.write(trusted: "\n")
  }

  private static func write(_ test: Case, _ document: inout Markup) {
    document.begin(
      "testcase",
      ["name": test.name, "classname": test.group, "time": Texts.seconds(test.seconds)])
    switch test.result {
    case .passed: break
    case .failed(let message, let details): write("failure", message, details, &document)
    case .error(let message, let details): write("error", message, details, &document)
    }
    document.end()
    document.write(trusted: "\n")
  }

  private static func write(
    _ name: StaticString, _ message: String, _ details: [String], _ document: inout Markup
  ) {
    document.begin(name, ["message": message, "type": "faultline"])
    for line in details {
      document.write(trusted: "\n")
      document.write(line)
    }
    document.end()
  }

  /// `2015-05-31T09:00:00`, in UTC.
  private static func timestamp(_ time: time_t) -> String {
    var (time, parts) = (time, tm())
    gmtime_r(&time, &parts)
    let fields = [parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec]
      .map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(parts.tm_year + 1900)-\(fields[0])-\(fields[1])T\(fields[2...].joined(separator: ":"))"
  }
}
