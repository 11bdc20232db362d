import Dedalus

/// `count { … }`, ready to be matched: a join of its own, which begins where the rest of the rule is joined.
public struct CountPlan: Sendable {
  /// The numbers of its positive atoms among the premises of a match; those of the rule itself come before.
  public let premises: Range<Int>
  /// The atoms under `notin` within the braces.
  public let negatives: [NegativeAtom]
  /// For a single atom: what no row matches where the number is 0.
  public let absence: NegativeAtom?

  /// The register that receives the number.
  let result: Register
  /// The registers that must be bound before.
  let shared: [Register]
  /// The number of the plan's condition that stands for the count.
  let condition: Int
  /// The conditions tested before the first step; a range of `conditionNumbers`.
  let firstConditions: Range<Int>
  /// The steps of the join; a range of `steps`, the last of which receives what is counted.
  let steps: Range<Int>
}
