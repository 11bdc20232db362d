// What some tests ask beside Swift. A person may lack a tool, and then the tests that need it are skipped and
// say so. Where FAULTLINE_ALL_TESTS is set, as in the CI, nothing is skipped: a tool that is missing is a
// failure.

import Foundation
import Synchronization
public import Testing

/// A program, or something that it can do, which a test needs.
public struct Tool: Hashable, Sendable {
  /// What it is called where it is missing.
  let name: String
  /// A line of shell that succeeds where it is there.
  let probe: String

  /// A test that needs a tool that must be there.
  struct Missing: Error, CustomStringConvertible {
    let name: String
    var description: String { "\(name) is missing, and no test may be skipped" }
  }

  private static let mayBeMissing = ProcessInfo.processInfo.environment["FAULTLINE_ALL_TESTS"] == nil
  /// What was found out, because some probes take a while.
  private static let known = Mutex<[Tool: Bool]>([:])

  /// Whether it is there; an error where it must be and is not.
  public func isThere() throws -> Bool {
    if works { return true }
    guard Self.mayBeMissing else { throw Missing(name: name) }
    return false
  }

  private var works: Bool {
    if let known = Self.known.withLock({ $0[self] }) { return known }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", probe]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    var works = false
    if (try? process.run()) != nil {
      process.waitUntilExit()
      works = process.terminationReason == .exit && process.terminationStatus == 0
    }
    Self.known.withLock { $0[self] = works }
    return works
  }
}

extension Tool {
  /// A Python without anything installed into it.
  public static let python = Tool(name: "python3", probe: "python3 -c 'print(1)'")
  /// An HTML parser by the standard; a system may have several Pythons.
  public static let htmlParser = Tool(
    name: "python3 with html5lib ('make test-deps' installs it)",
    probe: "python3 -c 'import html5lib' || /usr/bin/python3 -c 'import html5lib'")
  /// A browser, and what makes it read pages.
  public static let browser = Tool(
    name: "Chromium or python3 ('make test-deps' installs the browser)",
    probe:
      "command -v python3 && { command -v chromium || command -v chromium-browser || command -v google-chrome; }"
  )
  /// What draws pictures.
  public static let graphviz = Tool(name: "Graphviz", probe: "echo 'digraph {}' | dot -Tplain")
  /// What traces processes and injects errors and signals, if it may.
  public static let strace = Tool(
    name: "strace, or the right to trace,",
    probe: "strace -f -o /dev/null -e inject=fsync:error=EIO:when=9999 true")
  /// SQLite's own command.
  public static let sqlite = Tool(name: "sqlite3", probe: "command -v sqlite3")
  /// The files of a clone.
  public static let git = Tool(name: "git", probe: "command -v git")
  /// What packs files.
  public static let packers = Tool(
    name: "gzip, xz or bzip2", probe: "command -v gzip && command -v xz && command -v bzip2")
  /// What permissions say to this user: root gives up its right to pass them over.
  public static let permissions = Tool(
    name: "setpriv, or the right to give up rights,",
    probe: "[ \"$(id -u)\" -ne 0 ] || \(Permissions.prefix) true")
}

/// A process that permissions hold for, as they do for most people.
public enum Permissions {
  fileprivate static let prefix = "setpriv --bounding-set=-dac_override,-dac_read_search"

  /// What stands before a command for which permissions hold, whoever runs the tests.
  public static let hold = geteuid() == 0 ? prefix : ""
}

extension Trait where Self == ConditionTrait {
  /// Only where there are these tools; the first that is missing is the reason, or the failure.
  public static func needs(_ tools: Tool...) -> Self {
    let names = tools.map(\.name).joined(separator: "; ")
    return .enabled("one is missing of: \(names)") {
      for tool in tools where try !tool.isThere() { return false }
      return true
    }
  }
}
