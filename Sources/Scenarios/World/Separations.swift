import Indices

/// The rounds in which, and the choices under which, sides of the network are separated.
///
/// A link can be separated by very many partitions, so the condition that none of them is on is made once for
/// each pair of nodes and round, when it is first asked for.
struct Separations<Algebra: TruthAlgebra> {
  /// By round, from 1: the sides that may be separated in it.
  private var sides: [[(side: NodeSet, choice: ChoiceID)]] = []
  private var known: [Question: Algebra.Truth] = [:]

  private struct Question: Hashable {
    let first: NodeID
    let second: NodeID
    let round: Round
  }

  /// Whether nothing is ever separated.
  var isEmpty: Bool { sides.isEmpty }

  /// Enters that `choice` separates `side` from the other nodes in `span`.
  mutating func add(_ side: NodeSet, _ span: Effect.Span, _ choice: ChoiceID) {
    assert(known.isEmpty, "every partition is entered before the first question")
    assert(span.last != nil, "the network comes together again")
    let last = (span.last ?? span.first).position
    while sides.count < last { sides.append([]) }
    for round in span.first.position...last { sides[round - 1].append((side, choice)) }
  }

  /// Whether no partition separates the ends of `link` in `round`.
  mutating func connects(_ link: Link, in round: Round, _ algebra: inout Algebra) -> Algebra.Truth {
    guard round.position <= sides.count else { return Algebra.always }
    assert(link.sender != link.receiver, "a node is on one side with itself")
    let (first, second) = (min(link.sender, link.receiver), max(link.sender, link.receiver))
    let question = Question(first: first, second: second, round: round)
    if let truth = known[question] { return truth }
    var absent: [Algebra.Truth] = []
    for (side, choice) in sides[round.position - 1] where side.separates(link) {
      absent.append(Algebra.not(algebra.truth(of: choice)))
    }
    let truth = algebra.all(absent)
    known[question] = truth
    return truth
  }
}
