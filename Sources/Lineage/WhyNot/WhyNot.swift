// Why a row does not hold in one run: for each rule that could derive it, the instances that come nearest and
// what each of them lacks; then why that is lacking, down to faults, or to facts that nobody states. This is
// negative provenance (Wu, Zhao, Haeberlen, Zhou and Loo, "Diagnosing Missing Events in Distributed Systems
// with Negative Provenance", SIGCOMM 2014; for the instances of a rule, Lee, Ludäscher and Glavic, "PUG: A
// Framework and Practical Implementation for Why and Why-Not Provenance", VLDB Journal 2019).
//
// A *claim* is that no row matches a pattern in a round, or that a row holds. An absent row has one
// *obstacle* for each rule with its head: an instance that lacks fewest. Where the row would hold without the
// faults of the run, instances that fire then come first, and the way to a fault leads through claims that
// would not be so without faults. A held row is told only as far as faults are behind it: how rows come about
// is what a lineage shows.
//
// Invariants: what is claimed is so in the run. A claim of an absence that is followed names every rule of
// its relation. Claims may rest on each other in a circle, as rows do that lack nothing but one another.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// Why a row does not hold in a run.
public struct WhyNot: Sendable {
  /// That no row matches a pattern in a round, or that a row holds.
  public struct Claim: Hashable, Sendable {
    /// The relation.
    public let relation: RelationID
    /// A value for each column; nil for any value, which there is only where no row holds.
    public let columns: [Constant?]
    /// The round.
    public let round: Round
    /// Whether the row holds.
    public let holds: Bool

    /// That a row of `relation` with these `columns` holds in `round`, or that none does.
    public init(_ relation: RelationID, _ columns: [Constant?], in round: Round, holds: Bool) {
      (self.relation, self.columns, self.round, self.holds) = (relation, columns, round, holds)
    }
  }

  /// A variable of a rule with its value.
  public struct Value: Hashable, Sendable {
    /// The name in the source.
    public let name: String
    /// The value.
    public let value: Constant
  }

  /// What stands between an instance of a rule and its head.
  public enum Lack: Hashable, Sendable {
    /// No row matches a premise, or a row holds that a negated premise forbids.
    case claim(Claim)
    /// A fault loses the message, stops the node, or takes the fact away.
    case fault(Fault)
    /// A comparison is false under these values.
    case condition(SourceRange, [Value])
    /// The head has this value in this column, counted from 0.
    case column(Int, Constant)
    /// The aggregate has another value; nil where what it derives does not hold either.
    case aggregate(Claim?)
    /// Where the rule would fire, or whom it would send to, is no node.
    case noNode(Constant)
    /// A premise of this relation is read in a fixed round, which has not come.
    case unread(RelationID, Round)
    /// Nothing is before the first round.
    case beginning
    /// The constants of the head are others.
    case otherRows
    /// The fact may be chosen, and is not.
    case notChosen
    /// No instance holds; which comes nearest was not found out.
    case unknown
  }

  /// How a row fails to come about, or for a row that holds, how it comes about.
  public struct Obstacle: Hashable, Sendable {
    /// The rule; nil for a fact of the program.
    public let rule: RuleID?
    /// The round in which the body would hold.
    public let round: Round
    /// What the nearest instance lacks; for a row that holds, what of its premises is due to faults.
    public let lacks: [Lack]
    /// What other instances lack that would fire without the faults; the first few.
    public let others: [[Lack]]
    /// How many other instances are as near, beside those.
    public let further: Int
    /// Whether the rule would fire without the faults; for a row that holds, whether it is due to faults.
    public let isDue: Bool
  }

  /// A claim with what is behind it.
  public struct Node: Hashable, Sendable {
    /// What is so.
    public let claim: Claim
    /// For an absent row, one for each rule with its head, and for facts that are not placed.
    public let obstacles: [Obstacle]
    /// Whether it was followed; the largest explanations are cut.
    public let isFollowed: Bool
    /// Whether it is otherwise without faults.
    public let isDue: Bool
    /// How many steps it is away from a fault; nil where it is as it is without faults, too, or where no way
    /// to a fault was found.
    public let distance: Int?
  }

  /// The claims: first what was asked, then what that rests on, what is near to faults first.
  public let nodes: [Node]
  private let numbers: [Claim: Int]

  /// Why no row of `relation` in `round` has these `columns`, which must be so in `execution`. The run
  /// without its faults is made unless it is given as `baseline`.
  public init(
    _ relation: RelationID, _ columns: [Constant?], in round: Round, of execution: Execution,
    beside baseline: Execution? = nil
  ) {
    let root = Claim(relation, columns, in: round, holds: false)
    var search = WhyNotSearch(execution, beside: baseline)
    search.explore(from: root)
    nodes = search.nodes(from: root)
    numbers = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.claim, $0) })
  }

  /// The number of the node about `claim`; nil where it is not told.
  public func number(of claim: Claim) -> Int? { numbers[claim] }
}

extension WhyNot.Lack {
  /// The claim, where there is one.
  public var claim: WhyNot.Claim? {
    switch self {
    case .claim(let claim): claim
    case .aggregate(let claim): claim
    default: nil
    }
  }
}
