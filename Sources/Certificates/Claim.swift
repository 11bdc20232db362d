import Dedalus
import ReferenceEvaluator
import Texts

/// What a certificate claims about a program.
public struct Claim: Sendable {
  /// A row that breaks a property.
  public struct Breach: Hashable, Sendable {
    /// The name of the property.
    public let property: String
    /// The first round in which the row breaks it.
    public let round: Int
    /// The row.
    public let row: [Constant]

    /// `row` breaks the property called `property` in `round`.
    public init(property: String, round: Int, row: [Constant]) {
      self.property = property
      self.round = round
      self.row = row
    }
  }

  /// A fault set, and what it violates.
  public struct Counterexample: Hashable, Sendable {
    /// The faults, in canonical order.
    public let faults: [ReferenceFault]
    /// What is violated, by properties, rounds and rows.
    public let breaches: [Breach]

    /// A counterexample with `faults`, which have these `breaches`.
    public init(faults: [ReferenceFault], breaches: [Breach]) {
      self.faults = faults
      self.breaches = breaches
    }
  }

  /// The fault sets that the claim covers.
  public let space: ReferenceFaultSpace
  /// What a crash does to the node itself.
  public let crashView: ReferenceCrashView
  /// The properties that are not broken, or only by larger sets, with their names.
  public let properties: [(name: String, specification: ReferenceSpecification)]
  /// Whether the properties have names of their own, so that the formula names them.
  public let namesProperties: Bool
  /// The counterexample that is claimed to be minimum; nil where the claim is that there is none.
  public let counterexample: Counterexample?

  /// The claim that nothing in `space` breaks one of `properties`, or nothing smaller than `counterexample`.
  public init(
    space: ReferenceFaultSpace, crashView: ReferenceCrashView,
    properties: [(name: String, specification: ReferenceSpecification)], namesProperties: Bool,
    counterexample: Counterexample?
  ) {
    self.space = space
    self.crashView = crashView
    self.properties = properties
    self.namesProperties = namesProperties
    self.counterexample = counterexample
  }

  /// The largest number of faults that is claimed to be harmless; nil where any number is.
  public var harmlessUpTo: Int? { counterexample.map { $0.faults.count - 1 } }
}

extension Claim {
  /// Whatever breaks a property in some round of `execution`, by name in the formula.
  func everyBreach(in execution: ReferenceExecution, baseline: ReferenceExecution) -> Set<Text> {
    var names: Set<Text> = []
    for (property, specification) in properties {
      for found in specification.everyBreach(in: execution, baseline: baseline, eot: space.eot) {
        names.insert(name(of: Breach(property: property, round: found.round, row: found.row)))
      }
    }
    return names
  }

  /// What breaks properties in `execution`, in the order of the properties; `baseline` is the run without
  /// faults.
  func breaches(in execution: ReferenceExecution, baseline: ReferenceExecution) -> [Breach] {
    properties.flatMap { name, specification in
      specification.breaches(in: execution, baseline: baseline, eot: space.eot)
        .map { Breach(property: name, round: $0.round, row: $0.row) }
    }
  }

  /// What a formula calls `breach`.
  func name(of breach: Breach) -> Text {
    CertificateName.of(breach, isNamed: namesProperties)
  }
}
