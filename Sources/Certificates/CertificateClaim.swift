import Answers
import Dedalus
import Documents
import Evaluation
import Properties
import ReferenceEncoder
import ReferenceEvaluator
import Scenarios
import Search
import Texts

/// The claim of a certificate, which is in its `claim.json` and, word for word, in the header of its formula.
public struct CertificateClaim: Hashable, Sendable {
  /// A set of faults that breaks a property with some inputs.
  public struct BreakingFaults: Hashable, Sendable {
    /// The faults.
    public let faults: FaultSet
    /// The inputs.
    public let inputs: Inputs
    /// What they violate.
    public let violations: [Violation]
  }

  /// What is claimed.
  public enum Conclusion: Hashable, Sendable {
    /// No set within the bounds breaks a property.
    case holds
    /// The same with every EOT from that of the bounds on: runs come to rest as given.
    case holdsForEver(ReferenceSettling)
    /// These faults do, and no smaller set.
    case minimum(BreakingFaults)
    /// These sets do, and every set that does contains one of them; where the list is not complete, every
    /// set that is smaller than the last of them.
    case minimalSets([BreakingFaults], isComplete: Bool)
  }

  /// What was asked, with paths relative to the certificate.
  public let asked: AskedQuestion
  /// What is claimed to be the answer.
  public let conclusion: Conclusion

  /// The sets that are claimed to break a property.
  public var breaking: [BreakingFaults] {
    switch conclusion {
    case .holds, .holdsForEver: []
    case .minimum(let first): [first]
    case .minimalSets(let sets, _): sets
    }
  }

  /// From when on runs are claimed to repeat themselves, where the claim is about every EOT.
  public var settling: ReferenceSettling? {
    if case .holdsForEver(let settling) = conclusion { settling } else { nil }
  }

  /// No set of at most so many faults breaks a property; nil where no set at all does.
  public var harmlessUpTo: Int? { breaking.first.map { $0.faults.count - 1 } }

  /// The largest number of faults about which there is a claim; nil where it is about any number.
  var mostFaults: Int? {
    switch conclusion {
    case .holds, .holdsForEver, .minimalSets(_, isComplete: true): nil
    case .minimum(let first): first.faults.count - 1
    case .minimalSets(let sets, isComplete: false): sets.last.map { $0.faults.count - 1 }
    }
  }

  /// The claim in words.
  public var statement: String {
    let (breaks, breakIt, holds) = effect
    switch conclusion {
    case .holds: return "no set of faults within the bounds \(breaks)"
    case .holdsForEver:
      return "with any EOT from \(asked.bounds.eot) on, no set of faults within the bounds \(breaks)"
    case .minimum(let first):
      return switch first.faults.count - 1 {
      case 0: "this fault \(breaks), which \(holds) without faults"
      case 1: "these faults \(breakIt), and no single one within the bounds does"
      case let fewer: "these faults \(breakIt), and no \(fewer) within the bounds do"
      }
    case .minimalSets(let sets, _):
      let (each, one) =
        sets.count == 1 ? ("this set", "it") : ("each of these \(sets.count) sets", "one of them")
      let others = mostFaults.map { " of at most \(counted($0, "fault"))" } ?? ""
      return "\(each) \(breaks), and every set\(others) within the bounds that does contains \(one)"
    }
  }

  /// What one fault, or several, are said to do to what was asked, and how that is without them.
  private var effect: (one: String, several: String, otherwise: String) {
    if let sought = asked.inquiry.sought {
      let row = "to '\(sought.text.showingEverything)'"
      return ("leads \(row)", "lead \(row)", "is not there")
    }
    let what = asked.namesProperties ? "a property" : "'\(asked.outcome)'"
    return ("breaks \(what)", "break \(what)", "holds")
  }

  /// The claim that `answer` justifies, for every larger EOT where it is `settled`; nil where it proves
  /// nothing.
  public init?(
    _ answer: Answer, _ settled: Settled? = nil, files: [AskedQuestion.Source],
    included: [AskedQuestion.Source]
  ) {
    switch answer.finding {
    case .holds:
      conclusion =
        settled.map {
          .holdsForEver(
            ReferenceSettling(period: $0.period, quiet: $0.quiet, calm: $0.calm ?? $0.period))
        } ?? .holds
    case .counterexample(let first, let list, _, _):
      // What is there without faults is shown by a run; there is nothing to be proved.
      guard first.minimum, first.faults.count > 0 else { return nil }
      let sets =
        list?.elements.map {
          BreakingFaults(faults: $0.faults, inputs: $0.inputs, violations: $0.violations)
        } ?? []
      // Of sets that are renamings of each other, the list has only the first.
      assert(settled == nil, "only of what holds it is claimed that it holds with every EOT")
      if let list, answer.renamings == nil, list.isComplete || sets.count > 1 {
        assert(Self.flaw(of: sets, sets[0]) == nil, "the minimal sets are in an order that can be read back")
        conclusion = .minimalSets(sets, isComplete: list.isComplete)
      } else {
        conclusion = .minimum(
          BreakingFaults(faults: first.faults, inputs: first.inputs, violations: first.violations))
      }
    case .inconclusive, .badBaseline, .error: return nil
    }
    asked = AskedQuestion(answer.question, files: files, included: included)
  }

  /// The claim that `conclusion` is the answer to what was `asked`.
  init(_ asked: AskedQuestion, _ conclusion: Conclusion) {
    (self.asked, self.conclusion) = (asked, conclusion)
  }

  /// The claim about `program`, read from the files that the claim names.
  public func claim(about program: Program) throws(InvalidQuestion) -> Claim {
    claim(of: try asked.question(about: program))
  }

  /// The claim about `question`, which is the one that was asked.
  func claim(of question: Question) -> Claim {
    assert(breaking.allSatisfy { $0.faults.count > 0 }, "what happens without faults needs no proof")
    let nodes = question.bounds.nodes
    let isList = if case .minimalSets = conclusion { true } else { false }
    return Claim(
      space: ReferenceFaultSpace(question.bounds),
      crashView: question.crashView == .silent ? .silent : .failStop,
      properties: question.properties.map { ($0.name, ReferenceSpecification($0)) },
      namesProperties: question.namesProperties,
      counterexamples: breaking.map { set in
        Claim.Counterexample(
          faults: set.faults.faults.map { ReferenceFault($0, nodes: nodes) },
          inputs: set.inputs.facts.map(ReferenceFact.init),
          breaches: set.violations.map {
            Claim.Breach(property: $0.property, round: $0.round.position, row: $0.row)
          })
      }, mostFaults: mostFaults, leavesOutSupersets: isList, settling: settling)
  }
}
