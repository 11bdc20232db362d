import ArgumentParser
import Dedalus
import Evaluation
import Indices
import LineageViz
import Scenarios
import Texts
import Workbench

/// The options that say which part of a lineage is drawn.
struct LineageOptions: ParsableArguments {
  @Flag(help: "Fold nothing: every round of every row and every firing has a box of its own.")
  var full = false
  @Option(
    help: ArgumentHelp(
      "Only what is at most so many boxes away from what the picture is about.", valueName: "boxes"))
  var depth: String?
  @Option(
    help: ArgumentHelp(
      "Only what leads through this row, as in 'log(_, 3)' or 'log(_, 3)@4'.", valueName: "row"))
  var focus: String?
  @Option(
    help: ArgumentHelp(
      "Only what leads through this rule, as in 'kafka.ded:92', or the rules of a relation.",
      valueName: "rule"))
  var rule: String?

  /// Whether any of the options is given.
  var areGiven: Bool { full || depth != nil || focus != nil || rule != nil }

  /// The view of a lineage of `program` that the options describe.
  func view(of program: Program) throws(Refusal) -> LineageView {
    var view = LineageView()
    view.isFull = full
    if let depth {
      guard let number = wholeNumber(depth), 0...1_000_000 ~= number else {
        throw .call(
          "bad-depth", "'\(depth.showingEverything)' is no depth", fix: "give a number, as in --depth 3")
      }
      view.depth = number
    }
    if let focus {
      let pattern = try RowPattern(focus)
      view.focus = LineageView.Focus(
        relation: try pattern.relation(in: program), columns: pattern.columns,
        round: pattern.round.map { Round($0) })
    }
    if let rule { view.rules = try rules(of: program, named: rule) }
    return view
  }

  /// The largest number of boxes of a picture; what is nearest to its subject is shown, and every fault.
  static let mostBoxes = 400

  /// The refusal for a lineage that does not have what the options name.
  func refusal(of miss: LineageView.Miss) -> Refusal {
    switch miss {
    case .focus:
      .call(
        "no-such-row", "\(focus ?? "") is no part of this lineage", fix: "leave --focus out to see all of it")
    case .rules:
      .call(
        "no-such-rule", "\(rule ?? "") does not fire in this lineage",
        fix: "leave --rule out to see all of it")
    }
  }

  /// The rules at `FILE:LINE`, or those that derive a relation.
  private func rules(of program: Program, named text: String) throws(Refusal) -> Set<RuleID> {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let found: [RuleID]
    if parts.count == 2, let line = wholeNumber(String(parts[1])) {
      found = program.rules.indices.filter { program.isRule($0, atLine: line, ofFile: String(parts[0])) }
    } else {
      found = program.rules.indices.filter { program.relations[program.rules[$0].headRelation].name == text }
    }
    guard !found.isEmpty else {
      let near = nearest(to: text, among: program.rules.map { program.relations[$0.headRelation].name })
      throw .call(
        "no-such-rule", "the program has no rule '\(text.showingEverything)'",
        fix: near.map { "did you mean '\($0)'?" }
          ?? "name it by its place, as in 'kafka.ded:92', or its relation")
    }
    return Set(found)
  }
}

extension Program {
  /// Whether `rule` is on `line`, perhaps with others, of a file whose path ends with `name`.
  fileprivate func isRule(_ rule: RuleID, atLine line: Int, ofFile name: String) -> Bool {
    let range = rules[rule].range
    let source = sources[range.file]
    let path = Text(source.path)
    guard path == Text(name) || path.hasSuffix(Text("/" + name)) else { return false }
    return (source.position(of: range.lower).line...source.position(of: range.upper).line).contains(line)
  }
}
