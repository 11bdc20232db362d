import Dedalus
import ReferenceEvaluator

/// What a certificate claims of a program.
public struct Claim: Sendable {
  /// A fault set, and the rows that it violates.
  public struct Counterexample: Hashable, Sendable {
    /// The faults, in canonical order.
    public let faults: [ReferenceFault]
    /// The violated rows, sorted.
    public let violated: [[Constant]]

    /// `faults`, under which the rows `violated` are violated.
    public init(faults: [ReferenceFault], violated: [[Constant]]) {
      self.faults = faults
      self.violated = violated
    }
  }

  /// The fault sets that it speaks of.
  public let space: ReferenceFaultSpace
  /// What a crash does.
  public let crashView: ReferenceCrashView
  /// What is not broken, or only by larger sets.
  public let specification: ReferenceSpecification
  /// The counterexample that is claimed to be the smallest; nil where there is claimed to be none.
  public let counterexample: Counterexample?

  /// The claim about `space` that nothing breaks `specification`, or nothing smaller than `counterexample`.
  public init(
    space: ReferenceFaultSpace, crashView: ReferenceCrashView, specification: ReferenceSpecification,
    counterexample: Counterexample?
  ) {
    self.space = space
    self.crashView = crashView
    self.specification = specification
    self.counterexample = counterexample
  }

  /// The most faults that are claimed to be harmless; nil for any number.
  public var harmlessUpTo: Int? { counterexample.map { $0.faults.count - 1 } }
}
