import Indices
import Texts

// The warnings about programs that mean less than they seem to, by name.

extension Diagnostic {
  /// A program in which nothing passes between nodes.
  static func noMessage(_ rule: Rule) -> Diagnostic {
    Diagnostic(
      code: .noMessage, severity: .warning,
      message: "no rule sends a message, so nothing can be lost on the way", range: rule.headRange,
      fix: "write '@async' after the head of a rule that tells another node something")
  }

  /// A rule that reads or derives rows at two nodes without a message; `message` is the head of the rule
  /// whose message depends on it, nil where it sends the message itself or none does.
  static func remoteAccess(
    _ access: RemoteAccess, in rule: Rule, message: SourceRange?
  ) -> Diagnostic {
    let here = access.here.map { "a rule at \(quoted($0))" } ?? "a rule at no node"
    let there = access.there.map { "at \(quoted($0))" } ?? "at all nodes"
    let notes = message.map { [Note(message: "this message depends on it", range: $0)] } ?? []
    switch access.access {
    case .derived:
      return Diagnostic(
        code: .remoteAccess, severity: .warning,
        message: "\(here) derives this row \(there) without a message, so that nothing can lose it",
        range: rule.headRange, notes: notes,
        fix: rule.timing == .inductive
          ? "write '@async' instead of '@next'" : "write '@async' after the head")
    case .read(let atom):
      return Diagnostic(
        code: .remoteAccess, severity: .warning,
        message: "\(here) reads what holds \(there), as no node can without a message",
        range: atom.range, notes: notes,
        fix: "send it with '@async'; only what judges a run sees all nodes at once")
    }
  }

  private static func quoted(_ place: String) -> String { place.hasPrefix("\"") ? place : "'\(place)'" }

  /// A rule of the protocol that reads `crash`, `outage` or `pause`; `message` is the head of the rule whose
  /// message needs it, nil where it is that of the rule itself.
  static func worldInProtocol(_ name: String, _ range: SourceRange, message: SourceRange?) -> Diagnostic {
    Diagnostic(
      code: .worldInProtocol, severity: .warning,
      message: "the protocol reads '\(name)', which tells every node of faults, also before they happen",
      range: range,
      notes: message.map { [Note(message: "this message depends on it", range: $0)] } ?? [],
      fix: "let nodes find out by messages and timers, and read it in the specification only")
  }

  /// A constant in a premise that is never there.
  static func neverMatched(_ unmatched: UnmatchedConstant) -> Diagnostic {
    assert(
      !unmatched.possible.isEmpty && !unmatched.possible.contains(unmatched.constant),
      "the place has other values, which can be told instead")
    let constant = unmatched.constant.description
    let consequence =
      switch unmatched.consequence {
      case .neverMet: "this premise is never met"
      case .alwaysAbsent: "this 'notin' always holds"
      case .nothingCounted: "this count finds nothing"
      case .neverEqual: "this comparison never holds"
      }
    let shown = unmatched.possible.prefix(4).map(\.description)
    let list = shown.joined(separator: ", ") + (unmatched.possible.count > shown.count ? ", …" : "")
    return Diagnostic(
      code: .neverMatched, severity: .warning,
      message: "\(consequence): \(unmatched.place) is never \(constant)", range: unmatched.range,
      fix: unmatched.meant.map { "did you mean \"\($0)\"?" } ?? "it may be \(list)")
  }

  /// A rule whose location is never a node.
  static func noPlace(
    _ variable: String, _ names: [Constant], at range: SourceRange, suggestion: String?
  ) -> Diagnostic {
    assert(!names.isEmpty, "a location without any value is told at the premise that has none")
    let list = names.prefix(3).map(\.description).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
    return Diagnostic(
      code: .locationNotNode, severity: .warning,
      message: "this rule can never fire: its location '\(variable)' is only ever \(list), and no node",
      range: range,
      fix: suggestion.map { "did you mean \"\($0)\"?" }
        ?? "write '_' for the location of a rule that is at no node")
  }

  /// A relation that nobody reads.
  static func unreadRelation(_ name: String, at range: SourceRange, suggestion: String?) -> Diagnostic {
    Diagnostic(
      code: .unreadRelation, severity: .warning,
      message: "no rule reads '\(name)', and no property asks for it", range: range,
      fix: suggestion.map { "did you mean '\($0)'?" }
        ?? "leave it out, or ask for it with a property or --outcome")
  }

  /// A node that the program does not name.
  static func unknownNode(_ name: String, suggestion: String?) -> Diagnostic {
    Diagnostic(
      code: .unknownNode, severity: .warning,
      message: "no fact and no rule names the node \"\(name)\", so nothing is given there", range: nil,
      fix: suggestion.map { "did you mean \"\($0)\"?" } ?? "leave it out, or give it what it needs")
  }
}
