import Dedalus
import Evaluation
import Indices
import LineageViz
import Scenarios
import Texts
import Workbench

/// Which part of a lineage is drawn, in the words of a call.
package struct LineagePart: Sendable {
  /// Whether nothing is folded.
  private let isFull: Bool
  private let depth: String?
  private let focus: String?
  private let rule: String?

  /// Folds nothing if it `isFull`; shows only what is at most `depth` boxes away, leads through a row of the
  /// pattern `focus`, and through `rule`, as far as these are given.
  package init(isFull: Bool = false, depth: String? = nil, focus: String? = nil, rule: String? = nil) {
    (self.isFull, self.depth, self.focus, self.rule) = (isFull, depth, focus, rule)
  }

  /// The view of a lineage of `program`.
  func view(of program: Program) throws(Refusal) -> LineageView {
    var view = LineageView()
    view.isFull = isFull
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
