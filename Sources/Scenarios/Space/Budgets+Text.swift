// Calls and scenario lines say what may go wrong in the same words: `--restarts 1 --window 3 --spare a,b>c`
// and `restarts=1 window=3 spare=a,b>c`.

import Dedalus
import Texts

/// One setting of a call or a scenario line that bounds what may go wrong, in words.
public struct BudgetSetting: Hashable, Sendable {
  /// The name of an option without its dashes, such as `restarts`.
  public let name: String
  /// The value, as it is written.
  public let value: String

  /// The setting of `name` to `value`.
  public init(_ name: String, _ value: String) {
    (self.name, self.value) = (name, value)
  }

  /// Whether it differs from what holds without it.
  public var matters: Bool { KindID(budget: name).map { "\($0.meaning.usualBudget ?? -1)" != value } ?? true }

  /// The names of all settings: the budgets of kinds, then how far faults may go, then what is spared.
  public static var names: [String] {
    KindID.all.map(\.budget) + ["window", "late", "split", "last-crash", "spare"]
  }
}

extension Budgets {
  /// The budgets that `settings` describe, for an analysis of `nodes`. `written` is how a setting is shown in
  /// a message, as in `--restarts` or `restarts=`.
  public init(
    _ settings: [BudgetSetting], nodes: Nodes, written: (String) -> String
  ) throws(InvalidQuestion) {
    self.init()
    for setting in settings {
      let name = written(setting.name)
      if let kind = KindID(budget: setting.name) {
        let most = kind == .crash ? Nodes.mostNodes : Self.greatest
        self[kind] = try Self.number(setting.value, name, 0...most)
        continue
      }
      switch setting.name {
      case "window": window = try Self.number(setting.value, name, 1...Self.greatest)
      case "late": late = try Self.number(setting.value, name, 1...Self.greatest)
      case "last-crash": lastCrash = try Self.number(setting.value, name, 1...Self.greatest)
      case "split": split = try Self.split(setting.value, name)
      case "spare": spared = try Spared(list: setting.value, nodes: nodes)
      default: preconditionFailure("'\(setting.name)' is no setting")
      }
    }
  }

  private static func number(
    _ text: String, _ name: String, _ range: ClosedRange<Int>
  ) throws(InvalidQuestion) -> Int {
    guard let number = wholeNumber(text), range.contains(number) else {
      throw InvalidQuestion(
        code: "bad-number",
        message: "\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), "
          + "not '\(text.showingEverything)'")
    }
    return number
  }

  private static func split(_ text: String, _ name: String) throws(InvalidQuestion) -> Split {
    guard let split = Split(rawValue: text) else {
      let known = Split.allCases.map(\.rawValue).joined(separator: ", ")
      throw InvalidQuestion(
        code: "bad-split", message: "\(name) is one of \(known), not '\(text.showingEverything)'")
    }
    return split
  }

  /// The settings that are not as usual, in the order of `BudgetSetting.names`.
  public func settings(_ nodes: Nodes) -> [BudgetSetting] {
    var settings = given.map { kind, count in BudgetSetting(kind.meaning.budget, "\(count)") }
    if window != Self.usualWindow { settings.append(BudgetSetting("window", "\(window)")) }
    if late != Self.usualLate { settings.append(BudgetSetting("late", "\(late)")) }
    if split != .any { settings.append(BudgetSetting("split", split.rawValue)) }
    if let lastCrash { settings.append(BudgetSetting("last-crash", "\(lastCrash)")) }
    if !spared.isEmpty { settings.append(BudgetSetting("spare", spared.list(nodes))) }
    return settings
  }
}

extension Bounds {
  /// Checks that no kind of fault has a budget that cannot be used because there is no EFF.
  public func checkEFF() throws(InvalidQuestion) {
    guard eff == 0, let (kind, count) = budgets.given.first(where: { needsEFF($0.kind) && $0.count > 0 })
    else { return }
    throw InvalidQuestion(
      code: "missing-eff",
      message: "\(kind.meaning.plural) (\(count)) need an EFF: the round before which such faults are over",
      fix: "give it, as in --eff \(max(3, (eot + 1) / 2))")
  }

  private func needsEFF(_ kind: KindID) -> Bool { !kind.meaning.isForGood }

  /// The kinds with a budget of which these bounds admit no fault, each with the reason, as a phrase.
  public var idleBudgets: [(kind: KindID, reason: String)] {
    let possible = PossibleFaults(self)
    return budgets.given.compactMap { kind, count in
      guard count > 0, possible.count(of: kind) == 0 else { return nil }
      return (kind, idleReason(kind))
    }
  }

  private func idleReason(_ kind: KindID) -> String {
    if kind.meaning.subject == .fact {
      return "no relation that has facts before round \(eot + 1) is declared as 'configuration'"
    }
    let least = (eff...eot).first { eff in
      (try? with(eot: eot, eff: eff)).map { PossibleFaults($0).count(of: kind) > 0 } ?? false
    }
    if let least { return "EFF is \(eff), and the smallest that admits one is \(least)" }
    if !budgets.spared.isEmpty { return "everything that it could strike is spared, or EOT is too small" }
    return nodes.count == 1 && kind.meaning.subject != .node
      ? "there is one node only" : "EOT is \(eot), which is too small"
  }
}
