import Dedalus
import Evaluation
import Indices
import Scenarios

/// A way in which a tuple may come about, in one of the runs that are grounded.
public struct RuleInstance: Sendable {
  /// What kind of way it is.
  public enum Origin: Hashable, Sendable {
    /// A fact, or what the world states.
    case given
    /// The row stays, because its node does not act.
    case staying
    /// A rule matches in the round that is named.
    case match(Round)
    /// A message arrives that is sent in the round that is named.
    case message(from: NodeID?, sent: Round)
    /// An aggregate of the rows with this number takes the value of the head.
    case aggregate(Int)
  }

  /// The rule; nil where no rule derives the tuple.
  public internal(set) var rule: RuleID?
  /// How the tuple comes about.
  public internal(set) var origin = Origin.given
  /// What must hold.
  public internal(set) var premises: [TupleID] = []
  /// What a negated atom of the rule matches, and must not hold.
  public internal(set) var excluded: [TupleID] = []
  /// The counts of the rule.
  public internal(set) var counts: [RecordedCount] = []
  /// What the world must allow.
  public internal(set) var world: [Edge] = []
  /// Under which faults the instance derives its head, as far as its premises are not open.
  public internal(set) var condition = Edge.always
}

/// A count of a match, and the number with which the match goes on.
public struct RecordedCount: Sendable {
  /// A way in which everything within the braces holds.
  public struct Way: Sendable {
    /// What must hold.
    public let premises: [TupleID]
    /// What must not hold.
    public internal(set) var excluded: [TupleID]
    /// Under which faults it is so.
    public internal(set) var condition: Edge
  }

  /// All ways.
  public internal(set) var ways: [Way] = []
  /// The number with which the match goes on.
  public internal(set) var number: Int64 = 0
  /// Under which faults the count comes to the number.
  public internal(set) var condition = Edge.always
}

/// Notes the instances of the tuples that a grounding finds, where somebody wants to know them. What holds
/// under all faults is not noted.
final class InstanceRecorder {
  /// Whether a conjunction that cancels itself out keeps its gate.
  let keepsContradictions: Bool
  /// What is known of the instance that is found at present.
  var current = RuleInstance()
  /// The ways of each count of the present match, by number.
  var counts: [RecordedCount] = []
  private(set) var instances: [TupleID: [RuleInstance]] = [:]
  /// The rows of each group of an aggregate.
  private(set) var groups: [[TupleID]] = []

  init(keepingContradictions keeps: Bool) { keepsContradictions = keeps }

  /// Begins an instance that rests on no rule, under conditions of the world.
  func begin(_ origin: RuleInstance.Origin, where world: [Edge]) {
    current = RuleInstance(origin: origin, world: world)
  }

  /// Begins a match of `plan` at a place that acts under the conditions `world`.
  func begin(_ plan: RulePlan, where world: [Edge], _ matcher: borrowing Matcher) {
    current = RuleInstance(
      rule: plan.rule, origin: .match(matcher.round),
      premises: Array(matcher.premises.prefix(plan.positives.count)), world: world)
    for number in plan.counts.indices where number < counts.count { current.counts.append(counts[number]) }
  }

  /// Begins to count for count `number` of the present match.
  func beginCount(_ number: Int) {
    while counts.count <= number { counts.append(RecordedCount()) }
    counts[number] = RecordedCount()
  }

  /// Notes with which total of count `number` the match goes on; nil where it does with none.
  func choose(_ total: Grounder.Total?, count number: Int) {
    guard number < counts.count else { return }
    counts[number].number = total?.count ?? 0
    counts[number].condition = total?.gate ?? .always
  }

  /// Begins an instance of the aggregate of `plan` over `rows`.
  func beginGroup(_ plan: RulePlan, over rows: [TupleID], isNew: Bool) {
    if isNew { groups.append(rows) }
    current = RuleInstance(rule: plan.rule, origin: .aggregate(groups.count - 1))
  }

  /// Notes that the current instance derives `head` under `condition`.
  func note(_ head: TupleID, where condition: Edge, isOpen: Bool) {
    if condition == .always, !isOpen { return }
    var instance = current
    instance.condition = condition
    instances[head, default: []].append(instance)
  }
}
