import Dedalus
import ReferenceEvaluator

/// What a certificate claims about a program.
public struct Claim: Sendable {
  /// A fault set, and the rows that it violates.
  public struct Counterexample: Hashable, Sendable {
    /// The faults, in canonical order.
    public let faults: [ReferenceFault]
    /// The violated rows, sorted.
    public let violated: [[Constant]]

    /// A counterexample with `faults`, which violate the rows `violated`.
    public init(faults: [ReferenceFault], violated: [[Constant]]) {
      self.faults = faults
      self.violated = violated
    }
  }

  /// The fault sets that the claim covers.
  public let space: ReferenceFaultSpace
  /// What a crash does to the node itself.
  public let crashView: ReferenceCrashView
  /// The specification that is not broken, or only by larger sets.
  public let specification: ReferenceSpecification
  /// The counterexample that is claimed to be minimum; nil where the claim is that there is none.
  public let counterexample: Counterexample?

  /// The claim that nothing in `space` breaks `specification`, or nothing smaller than `counterexample`.
  public init(
    space: ReferenceFaultSpace, crashView: ReferenceCrashView, specification: ReferenceSpecification,
    counterexample: Counterexample?
  ) {
    self.space = space
    self.crashView = crashView
    self.specification = specification
    self.counterexample = counterexample
  }

  /// The largest number of faults that is claimed to be harmless; nil where any number is.
  public var harmlessUpTo: Int? { counterexample.map { $0.faults.count - 1 } }
}
