// Does what holds within EOT rounds hold for ever? A proof by pumping.
//
// Let *base* be the round from which each round is the same function of the one before, but for crashes (see
// TimeInvariance). A round r is *quiet* if r ≥ base + first and no node crashes in the rounds r − calm … r;
// both numbers are at least the period, and a crash up to the base belongs to the state of the base. The
// solver proves, over all admissible fault sets of so many rounds that each run has a quiet one:
//
//     (1) the first quiet round of a run is as the one `period` rounds before;
//     (2) no run breaks a property by a row of a round before the first quiet one; and for the EOTs from the
//         asked one to `period` − 1 more, no run breaks a property at all.
//
// Then the properties hold for every EOT: `ReferenceEncoder/ReferenceSettling.swift`, which certifies that,
// has the proof. With a last round for crashes, base is that round, and there is none behind it. Where a
// property compares with the run without faults, that run is quiet from base + first on, and repeats itself,
// too.
//
// The numbers come from runs: a few that may take long to come to rest, and each that the solver finds to
// speak against them.

import Answers
import Dedalus
import Evaluation
import Indices
import Properties
import Scenarios
import Texts

/// Whether the answer that the outcome of `question` holds is true for every EOT from there on.
///
/// - Throws: `Disagreement`, which is a bug in Faultline.
public func settlement(
  of question: Question, limits: SettlingLimits = SettlingLimits(), patience: Patience = Patience()
) throws(Disagreement) -> Settlement {
  var settling = Settling(question, limits, patience)
  return try settling.run()
}

/// A search for the rounds after which every run repeats itself.
private struct Settling: ~Copyable {
  private let question: Question
  private let invariance: TimeInvariance
  private let limits: SettlingLimits
  private let patience: Patience
  private let stopwatch: Stopwatch
  private let compiled: CompiledProgram
  /// Runs whose repetition is known to need time.
  private var samples: [Repetition] = []
  private var claim: SettlingClaim
  /// The runs that were asked about last.
  private var model: SettlingModel?

  init(_ question: Question, _ limits: SettlingLimits, _ patience: Patience) {
    self.question = question
    var limits = limits
    limits.eot = max(limits.eot, 3 * question.bounds.eot)
    self.limits = limits
    self.patience = patience
    stopwatch = Stopwatch(patience)
    compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    invariance = TimeInvariance(of: question)
    claim = SettlingClaim(about: question, invariance, period: 1, first: 1, calm: 1)
  }

  mutating func run() throws(Disagreement) -> Settlement {
    if let obstacle = invariance.obstacle { return .open("Not settled: \(obstacle).") }
    for scenario in question.telling(after: invariance.base) {
      if let reason = learn(from: scenario) { return reason }
    }
    while true {
      guard claim.eot <= limits.eot else {
        return .open(
          "Not settled by EOT \(limits.eot): a crash has effects for \(counted(claim.calm, "round")), and "
            + "\(counted(claim.eot, "round")) would have to be looked at.")
      }
      guard let longer = question.with(eot: claim.eot) else {
        return .open("Not settled: the question cannot be asked with EOT \(claim.eot).")
      }
      switch try prove(longer) {
      case .holds: return .settled(claim.settled)
      case .fails(let eot): return .open("Not settled: with EOT \(eot) a computation may have no result.")
      case .stopped(let limit): return .inconclusive(limit)
      case .broken:
        return try firstBroken(upTo: claim.eot)
      case .restless(let scenario):
        let before = claim.numbers
        if let reason = learn(from: scenario) ?? learnFromLater(scenario) { return reason }
        guard before != claim.numbers else {
          throw Disagreement(
            question: longer, scenario: scenario,
            description: "the circuit says that a round is not as an earlier one; the run says that it is")
        }
      }
    }
  }

  /// Runs the program under `scenario`, as long as the limits allow where it takes long to come to rest, and
  /// raises the numbers of the claim to what that run needs. Why there is nothing to be found, where it never
  /// repeats itself.
  private mutating func learn(from scenario: Scenario) -> Settlement? {
    // A crash in the last round that is looked at needs time, too.
    let longest = limits.eot + 3 * limits.period
    var last = min(max(claim.eot, invariance.base) + 3 * limits.period, longest)
    while true {
      guard let question = question.with(eot: last) else {
        return .open("Not settled: the question cannot be asked with EOT \(last).")
      }
      let execution = compiled.run(
        question.setting, under: scenario, budget: patience.budget,
        shouldStop: { [stopwatch] in stopwatch.isOver })
      switch execution.ending {
      case .complete: break
      case .stopped: return .inconclusive(stopwatch.reason)
      case .failed, .exhausted:
        return .open("Not settled: a run of \(last) rounds does not come to its end.")
      }
      let repetition = Repetition(execution, of: invariance.carriers)
      if let period = repetition.period(upTo: limits.period), lcm(period, claim.period) <= limits.period {
        take(repetition, period: lcm(period, claim.period))
        return nil
      }
      if last == longest {
        let names = Question.quoted(repetition.changing, "and")
        let verb = repetition.changing.count == 1 ? "changes" : "change"
        return .open("Not settled by EOT \(limits.eot): \(names) still \(verb).")
      }
      last = longest
    }
  }

  /// Learns from `scenario` with its crashes a round later, and one more, as long as that is of use: a run is
  /// cheaper than a proof that fails.
  private mutating func learnFromLater(_ scenario: Scenario) -> Settlement? {
    var scenario = scenario
    while true {
      let faults = scenario.faults.faults.map { fault in
        fault.kind == .crash && fault.round.position > invariance.base
          ? Fault(.crash, fault.subject, fault.round.next) : fault
      }
      guard FaultSet(faults) != scenario.faults, faults.allSatisfy({ $0.round.position <= limits.eot })
      else { return nil }
      let before = claim.numbers
      scenario = Scenario(FaultSet(faults), scenario.inputs)
      if let reason = learn(from: scenario) { return reason }
      if before == claim.numbers { return nil }
    }
  }

  /// Raises the numbers of the claim to what all runs need that are known, `sample` with them.
  private mutating func take(_ sample: Repetition, period: Int) {
    samples.append(sample)
    var unrest = Unrest()
    for sample in samples { unrest.add(sample, period: period, base: invariance.base) }
    let (first, calm) = unrest.calm(period: period)
    claim = SettlingClaim(about: question, invariance, period: period, first: first, calm: calm)
  }

  /// Asks about `longer`, the question at the EOT that the claim needs.
  private mutating func prove(_ longer: Question) throws(Disagreement) -> SettlingClaim.Answer {
    if model?.knows(claim) != true {
      do throws(SettlingModel.Unmade) {
        model = try newModel(longer)
      } catch {
        return error.answer
      }
    }
    return try model?.prove(claim) ?? .stopped(stopwatch.reason)
  }

  /// A model that knows the claim; and, behind an earlier one, claims about a few rounds more, where the
  /// budgets allow.
  private func newModel(_ longer: Question) throws(SettlingModel.Unmade) -> SettlingModel {
    let slack = 4
    if model != nil, let roomy = question.with(eot: claim.eot + slack) {
      do throws(SettlingModel.Unmade) {
        return try SettlingModel(roomy, for: claim, quietPatience)
      } catch {
        guard case .stopped(.budget) = error.answer else { throw error }
      }
    }
    return try SettlingModel(longer, for: claim, quietPatience)
  }

  /// The answer at the first EOT at which a property is broken; that is so at one of these.
  private func firstBroken(upTo last: Int) throws(Disagreement) -> Settlement {
    for eot in (question.bounds.eot + 1)...max(question.bounds.eot + 1, last) {
      guard let longer = question.with(eot: eot) else { continue }
      let answer = try check(longer, patience: quietPatience)
      switch answer.verdict {
      case .holds: continue
      case .inconclusive: return .inconclusive(answer.limit ?? stopwatch.reason)
      case .counterexample, .badBaseline, .error: return .broken(answer)
      }
    }
    throw Disagreement(
      question: question, scenario: Scenario(),
      description: "a property is broken in a run of up to \(last) rounds, but it holds with every such EOT")
  }

  /// The patience that is left, for searches of which nobody is told.
  private var quietPatience: Patience {
    var rest = patience.remaining(after: stopwatch.elapsed)
    rest.didRun = nil
    rest.earlier = EarlierSearch()
    return rest
  }
}

extension SettlingClaim {
  /// The claim about `question` with these numbers.
  fileprivate init(
    about question: Question, _ invariance: TimeInvariance, period: Int, first: Int, calm: Int
  ) {
    self.init(
      invariance: invariance, period: period, first: first, calm: calm,
      crashes: question.hasLateCrashes ? min(question.bounds.crashes, question.bounds.nodes.count) : 0,
      from: question.bounds.eot, window: question.properties.map(\.window).max() ?? 0)
  }

  /// What is known once the claim is proved.
  fileprivate var settled: Settled {
    Settled(from: from, eot: eot, period: period, quiet: firstQuiet, calm: crashes > 0 ? calm : nil)
  }
}

extension Question {
  /// The same question with another last round; nil where it cannot be asked.
  func with(eot: Int) -> Question? {
    try? Inquiry(self).question(about: program, eot: eot, eff: bounds.eff)
  }

  /// A few scenarios whose runs may take long to come to rest: without faults; with everything lost that may
  /// be; with the first or the last fault of each kind; with a crash of each node behind the base.
  fileprivate func telling(after base: Int) -> [Scenario] {
    let inputs = possibleFaults.inputs.first
    let all = possibleFaults.all.map(\.fault)
    var sets: [FaultSet] = [.none]
    for kind in KindID.allIDs {
      let faults = all.filter { $0.kind == kind }
      guard let first = faults.first, let last = faults.last else { continue }
      if bounds.most(of: kind) == nil { sets.append(FaultSet(faults)) }
      if kind != .crash { sets += [FaultSet([first]), FaultSet([last])] }
    }
    let struck = Set(
      all.compactMap { fault in
        if fault.kind == .crash, case .node(let node) = fault.subject { node } else { nil }
      })
    let round = hasLateCrashes ? base + 1 : min(base, bounds.budgets.lastCrash ?? base)
    sets += struck.sorted().map { FaultSet([.crash($0, Round(round))]) }
    return sets.map { Scenario($0, inputs) }
  }
}

/// The least common multiple of two positive numbers.
private func lcm(_ left: Int, _ right: Int) -> Int {
  var (a, b) = (left, right)
  while b != 0 { (a, b) = (b, a % b) }
  return left / a * right
}
