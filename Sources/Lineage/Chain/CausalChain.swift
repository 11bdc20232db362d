// A sufficient explanation: from the faults of a run, step by step, to what the run violates.
//
// The circuit is that of the runs under subsets of the faults: nothing else goes wrong. What has a
// derivation without any of the faults, or is excluded without any, is taken for granted: its gate is
// constant. Here a disjunction of something and its opposite is no constant, since what holds in any case
// may hold for one reason without faults and for another with them. What is left over depends on the faults,
// and each of it is told as a *step*: a row that holds in some round, with one instance of a rule and all
// that it rests on; or a row that does not hold, with something against every instance that could derive it.
// So a step says more than how the run differs from the one without faults: it is an argument that in this
// run there can be no other outcome.
//
// Invariants: a step rests on faults and on earlier steps only, never on itself. What a step says follows,
// in the circuit, from what it rests on; so what the run violates follows from the faults. `Search` asks the
// solver for the one and for the other, and tests do so in the circuit of all admissible faults.
//
// Sources: Halpern and Pearl, "Causes and Explanations", British Journal for the Philosophy of Science 2005;
// Wu, Zhao, Haeberlen, Zhou and Loo, "Diagnosing Missing Events in Distributed Systems with Negative
// Provenance", SIGCOMM 2014; for sets of assumptions that are enough, Ignatiev, Narodytska and
// Marques-Silva, "Abduction-Based Explanations for Machine Learning Models", AAAI 2019.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// Why something is so in a run, told in steps that begin with its faults.
public struct CausalChain: Hashable, Sendable {
  /// That a row holds in a round, or that it does not.
  public struct Claim: Hashable, Sendable {
    /// The relation; for the rows of an aggregate, their row relation.
    public let relation: RelationID
    /// The values of the row.
    public let values: [Constant]
    /// The round.
    public let round: Round
    /// Whether the row holds.
    public let holds: Bool

    /// That the row of `relation` with `values` holds in `round`, or does not.
    public init(_ relation: RelationID, _ values: [Constant], in round: Round, holds: Bool) {
      (self.relation, self.values, self.round, self.holds) = (relation, values, round, holds)
    }
  }

  /// What a step rests on.
  public enum Reason: Hashable, Sendable {
    /// A fault happens.
    case fault(Fault)
    /// The step with this number.
    case step(Int)
  }

  /// How a row comes about.
  public enum Origin: Hashable, Sendable {
    /// It is a fact, or stated by the world.
    case given
    /// It stays, because its node does not act.
    case staying
    /// A rule derives it.
    case rule
    /// It is sent by a node, if a node sends it, in this round.
    case message(from: NodeID?, sent: Round)
  }

  /// An instance of a rule, with the reasons why it derives its head, or does not.
  public struct Way: Hashable, Sendable {
    /// The rule; nil where no rule derives the row.
    public let rule: RuleID?
    /// How the row comes about, or would.
    public let origin: Origin
    /// What decides it, in no particular order.
    public let reasons: [Reason]
    /// The premises that hold whichever of the faults happen.
    public let ordinary: [Claim]
  }

  /// What is so because of the faults.
  public struct Step: Hashable, Sendable {
    /// What the step says. Only of rows that lack nothing but each other it denies several at once.
    public let claims: [Claim]
    /// How it comes about: one way, or for what does not hold each way in which it could.
    public let ways: [Way]
    /// Whether the same is so without faults, if for other reasons.
    public let isAsWithoutFaults: Bool

    /// What it rests on, each once.
    public var reasons: [Reason] {
      var seen: Set<Reason> = []
      return ways.flatMap(\.reasons).filter { seen.insert($0).inserted }
    }
  }

  /// Something that is explained.
  public struct End: Hashable, Sendable {
    /// What is explained.
    public let claim: Claim
    /// The step that says it; nil where it is so whichever of the faults happen.
    public let step: Int?
  }

  /// The faults of the run, ascending.
  public let faults: [Fault]
  /// The steps, by rounds; each after those on which it rests.
  public let steps: [Step]
  /// What is explained.
  public let ends: [End]

  /// Explains `claims`, each of which must be so in the run under all faults of `record`.
  public init(of claims: [Claim], in record: RecordedGrounding) {
    let decisions = Decisions(record)
    let tuples = claims.map { record.tuple($0.relation, $0.values, in: $0.round) }
    let roots = tuples.compactMap { $0 }.filter { decisions.isAffected($0) }
    let choice = ChainChoice(for: roots, decisions)
    var assembly = ChainAssembly(choice, decisions, roots: roots)
    (faults, steps) = (record.faults, assembly.steps())
    ends = zip(claims, tuples).map { End(claim: $0, step: $1.flatMap { assembly.number(of: $0) }) }
  }
}
