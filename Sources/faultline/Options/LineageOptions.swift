import ArgumentParser
import Reports

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

  /// The part that the options describe.
  var part: LineagePart { LineagePart(isFull: full, depth: depth, focus: focus, rule: rule) }
}
