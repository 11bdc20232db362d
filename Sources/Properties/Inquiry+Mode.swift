// Safety and liveness, as the field means the words (Lamport, "Proving the Correctness of Multiprocess
// Programs", 1977): nothing bad ever happens; something good happens in the end. A safety property must hold
// however long faults go on. A liveness property can only be asked for after faults have ended.

import Dedalus
import Scenarios
import Texts

/// Which properties are asked, and how long faults that pass may go on.
public enum Mode: String, Hashable, Sendable, CaseIterable {
  /// `always`, `never` and `stable`; faults may go on to EOT.
  case safety
  /// `finally` and `within`; faults are over before EFF, and some rounds are left.
  case liveness

  /// The words that begin its properties.
  private var words: String {
    switch self {
    case .safety: "'always', 'never' or 'stable'"
    case .liveness: "'finally' or 'within'"
    }
  }
}

extension Property {
  /// The mode in which it is asked.
  public var mode: Mode {
    switch form {
    case .always, .never, .neverMatching, .stable: .safety
    case .finally, .finallyExpected, .survival, .within: .liveness
    }
  }
}

extension Mode {
  /// Those of `asked`, the properties of an inquiry; `names` are the properties that the inquiry names. There
  /// must be one, and nothing must be named that is none.
  func filter(
    _ asked: [Property], named names: [String], written: String
  ) throws(InvalidQuestion) -> [Property] {
    if let other = asked.first(where: { $0.mode != self && names.contains($0.name) }) {
      throw InvalidQuestion(
        code: "bad-mode",
        message: "'\(other.name.showingEverything)' is a property of \(other.mode), not of \(self)",
        fix: "leave \(written) out, or ask for another property")
    }
    let kept = asked.filter { $0.mode == self }
    guard !kept.isEmpty else {
      throw InvalidQuestion(
        code: "bad-mode", message: "nothing that is asked is a property of \(self): \(words)",
        fix: "leave \(written) out, or declare such a property")
    }
    return kept
  }
}

extension Inquiry {
  /// How the mode is written where the inquiry stands.
  private var writtenMode: String { medium == .call ? "--mode" : "'mode='" }

  /// The same inquiry about `program` without a mode: with the EFF and the properties that the mode means.
  func withoutMode(about program: Program) throws(InvalidQuestion) -> Inquiry {
    guard let mode else { return self }
    var plain = self
    plain.mode = nil
    if mode == .safety { plain.eff = eot }
    if sought != nil {
      guard mode == .safety else {
        throw InvalidQuestion(
          code: "bad-mode", message: "whether a row is ever there is a question of safety",
          fix: "use \(writtenMode) safety, or leave it out")
      }
      return plain
    }
    let asked = try Question.properties(of: program, oracle, outcome: namedOutcome, named: properties).all
    let named = properties + (namedOutcome.map { [$0] } ?? [])
    let kept = try mode.filter(asked, named: named, written: writtenMode)
    if kept.count < asked.count { plain.properties = kept.map(\.name) }
    return plain
  }

  /// Checks that `bounds` leave time to recover, where that is asked for.
  func checkRecovery(_ bounds: Bounds) throws(InvalidQuestion) {
    guard mode == .liveness, bounds.eff >= bounds.eot - 1,
      PossibleFaults(bounds).all.contains(where: { !$0.fault.meaning.isForGood })
    else { return }
    let eff = bounds.eff == bounds.eot ? "EOT" : "EOT - 1"
    let larger = bounds.eff + max(2, bounds.eff / 2)
    throw InvalidQuestion(
      code: "no-time-to-recover", message: "there is no time to recover: EFF (\(bounds.eff)) is \(eff)",
      fix: medium == .call
        ? "give more rounds, as in --eot \(larger)" : "give more rounds, as in 'eot=\(larger)'")
  }
}
