// The definition of the answer, carried out: every admissible fault set in canonical order, one run each.
// Only this is taken for granted: an omission that meets no message that would arrive without it changes
// nothing, so such a set has the run of the set without it. On small protocols that saves nine runs of ten.

import Dedalus
import ReferenceEvaluator

/// The search for a fault set that breaks a specification, by running every one.
public struct BruteForce: Sendable {
  /// The program.
  public let program: Program
  /// The fault sets that are tried.
  public let space: ReferenceFaultSpace
  /// What must not be broken.
  public let specification: ReferenceSpecification
  /// What a crash does.
  public let crashView: ReferenceCrashView

  /// A search through `space`.
  public init(
    program: Program, space: ReferenceFaultSpace, specification: ReferenceSpecification,
    crashView: ReferenceCrashView = .silent
  ) {
    self.program = program
    self.space = space
    self.specification = specification
    self.crashView = crashView
  }

  /// A fault set, and the rows that are missing under it.
  public struct Counterexample: Hashable, Sendable {
    /// The faults, in canonical order.
    public let faults: [ReferenceFault]
    /// The missing rows, sorted; at least one.
    public let violated: [[Constant]]
    /// The inputs with which they are: the first with these faults.
    public let inputs: [ReferenceFact]

    /// `faults`, under which the rows `violated` are missing with `inputs`.
    public init(faults: [ReferenceFault], violated: [[Constant]], inputs: [ReferenceFact] = []) {
      self.faults = faults
      self.violated = violated
      self.inputs = inputs
    }
  }

  /// What comes out.
  public enum Verdict: Hashable, Sendable {
    /// No admissible fault set breaks it; vacuous when `pre` is empty at the end of every run.
    case holds(isVacuous: Bool)
    /// The first fault set, in canonical order, that breaks it.
    case broken(Counterexample)
    /// The run without faults breaks it already, or it has no row that must survive (then no rows are
    /// violated).
    case badBaseline(violated: [[Constant]], inputs: [ReferenceFact] = [])
    /// The run under these faults, the first such set, ends in an error before a counterexample is found.
    case failed([ReferenceFault], ReferenceFailure, inputs: [ReferenceFact] = [])
  }

  /// The verdict; the first fault set that breaks the specification or makes a run fail ends the search.
  ///
  /// - Parameter largest: sets of more faults are not tried; nil for no limit.
  public func verdict(upToSize largest: Int? = nil) -> Verdict {
    verdicts(of: [specification], upToSize: largest)[0]
  }

  /// The verdict on each of `specifications` by itself; every run is made at most once.
  public func verdicts(
    of specifications: [ReferenceSpecification], upToSize largest: Int? = nil
  ) -> [Verdict] {
    let inputs = program.allInputs(upTo: space.eot)
    let baseline = execution(under: [], inputs[0])
    var verdicts: [Verdict?] = specifications.map { specification in
      if let failure = baseline.failure { return .failed([], failure, inputs: inputs[0]) }
      let violated = specification.violations(in: baseline, baseline: baseline, eot: space.eot)
      let isBad = !violated.isEmpty || specification.lacksDemand(after: baseline, eot: space.eot)
      return isBad ? .badBaseline(violated: violated, inputs: inputs[0]) : nil
    }
    var results = RunResults(search: self, specifications, baseline: baseline)
    for place in specifications.indices where verdicts[place] == nil {
      verdicts[place] = verdict(of: &results, place, inputs)
    }
    var isVacuous = specifications.map { _ in true }
    for size in 0...min(largest ?? .max, space.largestSize) {
      for faults in space.sets(ofSize: size) {
        for inputs in inputs where verdicts.contains(where: { $0 == nil }) {
          let result = results.result(under: faults, inputs)
          for place in specifications.indices where verdicts[place] == nil {
            let violated = result.violated[place]
            if let failure = result.failure {
              verdicts[place] = .failed(faults, failure, inputs: inputs)
            } else if !violated.isEmpty {
              verdicts[place] = .broken(.init(faults: faults, violated: violated, inputs: inputs))
            }
            if !result.isVacuous[place] { isVacuous[place] = false }
          }
        }
      }
    }
    return zip(verdicts, isVacuous).map { verdict, isVacuous in verdict ?? .holds(isVacuous: isVacuous) }
  }

  /// The verdict where some of `inputs` decide it without any fault: an error comes before a broken run.
  private func verdict(
    of results: inout RunResults, _ place: Int, _ inputs: [[ReferenceFact]]
  ) -> Verdict? {
    let all = inputs.map { ($0, results.result(under: [], $0)) }
    for (inputs, result) in all {
      if let failure = result.failure { return .failed([], failure, inputs: inputs) }
    }
    let broken = all.first { !$0.1.violated[place].isEmpty }
    return broken.map { .badBaseline(violated: $0.1.violated[place], inputs: $0.0) }
  }

  /// The first fault set under which the run ends in an error, in canonical order, with the first such
  /// inputs.
  public func firstFailure() -> [ReferenceFault]? { firstFailingScenario()?.faults }

  /// The same with the inputs.
  public func firstFailingScenario() -> (faults: [ReferenceFault], inputs: [ReferenceFact])? {
    let inputs = program.allInputs(upTo: space.eot)
    var results = RunResults(search: self, [specification], baseline: execution(under: [], inputs[0]))
    for size in 0...space.largestSize {
      for faults in space.sets(ofSize: size) {
        for inputs in inputs where results.result(under: faults, inputs).failure != nil {
          return (faults, inputs)
        }
      }
    }
    return nil
  }

  /// Every fault set that breaks the specification, in canonical order, each with its first inputs; runs that
  /// fail are left out.
  public func allCounterexamples() -> [Counterexample] {
    let inputs = program.allInputs(upTo: space.eot)
    var results = RunResults(search: self, [specification], baseline: execution(under: [], inputs[0]))
    var found: [Counterexample] = []
    for size in 0...space.largestSize {
      for faults in space.sets(ofSize: size) {
        for inputs in inputs {
          let result = results.result(under: faults, inputs)
          guard result.failure == nil, !result.violated[0].isEmpty else { continue }
          found.append(Counterexample(faults: faults, violated: result.violated[0], inputs: inputs))
          break
        }
      }
    }
    return found
  }

  /// The fault sets of `sets` of which no proper subset is among them, in the same order.
  public static func minimal(among sets: [Counterexample]) -> [Counterexample] {
    var minimal: [Counterexample] = []
    for set in sets where !minimal.contains(where: { Set($0.faults).isSubset(of: set.faults) }) {
      minimal.append(set)
    }
    return minimal
  }

  fileprivate func execution(
    under faults: [ReferenceFault], _ inputs: [ReferenceFact]
  ) -> ReferenceExecution {
    ReferenceRun(
      program: program, nodes: space.nodes, eot: space.eot, crashView: crashView, faults: faults,
      inputs: inputs
    ).execution(recordingFirings: false)
  }
}

/// What the runs so far came to.
private struct RunResults {
  struct Result {
    let failure: ReferenceFailure?
    /// What each specification misses.
    let violated: [[[Constant]]]
    /// Whether each specification demands nothing.
    let isVacuous: [Bool]
    /// The omissions, whether admissible or not, that would lose a message that arrives.
    let hittable: Set<ReferenceFault>
  }

  let search: BruteForce
  let specifications: [ReferenceSpecification]
  let baseline: ReferenceExecution
  private var results: [Scenario: Result] = [:]

  private struct Scenario: Hashable {
    let faults: [ReferenceFault]
    let inputs: [ReferenceFact]
  }

  init(
    search: BruteForce, _ specifications: [ReferenceSpecification], baseline: ReferenceExecution
  ) {
    self.search = search
    self.specifications = specifications
    self.baseline = baseline
  }

  /// The result under `faults`, which are sorted; each set must come after all smaller ones.
  mutating func result(under faults: [ReferenceFault], _ inputs: [ReferenceFact]) -> Result {
    if let known = results[Scenario(faults: faults, inputs: inputs)] { return known }
    if let last = faults.lastIndex(where: { $0.kind == .omission }) {
      var fewer = faults
      let omission = fewer.remove(at: last)
      if let smaller = results[Scenario(faults: fewer, inputs: inputs)],
        !smaller.hittable.contains(omission)
      {
        results[Scenario(faults: faults, inputs: inputs)] = smaller
        return smaller
      }
    }
    let result = result(of: search.execution(under: faults, inputs))
    results[Scenario(faults: faults, inputs: inputs)] = result
    return result
  }

  private func result(of execution: ReferenceExecution) -> Result {
    let eot = search.space.eot
    let violated = specifications.map { specification in
      execution.failure == nil ? specification.violations(in: execution, baseline: baseline, eot: eot) : []
    }
    let hittable = execution.messages.compactMap { message in
      message.fate == .delivered
        ? message.sender.map { ReferenceFault.omission(from: $0, to: message.receiver, round: message.round) }
        : nil
    }
    return Result(
      failure: execution.failure, violated: violated,
      isVacuous: specifications.map { !$0.demands(in: execution, eot: eot) }, hittable: Set(hittable))
  }
}
