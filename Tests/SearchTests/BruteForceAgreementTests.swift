// The search against the definition of its answer: run every admissible fault set in canonical order with the
// plain evaluator, and take the first that breaks the specification. Verdict, fault set and violated rows
// must be equal, for both oracles and both crash views.

import Answers
import Dedalus
import Evaluation
import Indices
import Properties
import ReferenceEvaluator
import Scenarios
import Search
import Support
import Testing

@Suite("The search agrees with brute force")
struct BruteForceAgreementTests {
  /// A question small enough to try every fault set.
  struct Case: Sendable, CustomStringConvertible {
    var source: SourceProgram
    let space: ReferenceFaultSpace
    let oracle: Oracle
    let crashView: CrashView

    var description: String {
      let names = space.nodes.map(\.string).joined(separator: ",")
      return "\(source.text)// eot \(space.eot), eff \(space.eff), crashes \(space.crashes), nodes \(names), "
        + "\(oracle), \(crashView)"
    }

    /// The verdict of brute force and what the search says of the same question, in comparable words; nil
    /// where the program is not valid or has no specification, or where it holds and the caller has seen
    /// enough that do.
    func verdicts(skippingHolds: Bool = false) -> (brute: String, search: String, size: Int?)? {
      guard let program = try? Program(text: source.text),
        let specification = ReferenceSpecification(of: program, isMolly: oracle == .molly),
        let bounds = try? Bounds(
          eot: space.eot, eff: space.eff, crashes: space.crashes, nodes: Nodes(space.nodes)),
        let question = try? Question(program: program, bounds: bounds, oracle: oracle, crashView: crashView)
      else { return nil }
      do throws(Disagreement) {
        let answer = try check(question)
        if skippingHolds, answer.verdict == .holds { return nil }
        return (words(brute(program, specification)), words(answer), size(answer))
      } catch {
        return (words(brute(program, specification)), "disagreement: \(error.description)", nil)
      }
    }

    private func brute(_ program: Program, _ specification: ReferenceSpecification) -> BruteForce.Verdict {
      BruteForce(
        program: program, space: space, specification: specification,
        crashView: crashView == .silent ? .silent : .failStop
      ).verdict()
    }

    /// The number of faults of the counterexample, where there is one.
    private func size(_ answer: Answer) -> Int? { answer.counterexample?.faults.count }

    private func words(_ verdict: BruteForce.Verdict) -> String {
      switch verdict {
      case .holds(let isVacuous): "holds\(isVacuous ? " vacuously" : "")"
      case .broken(let counterexample):
        "broken by \(counterexample.faults.map(words)), which costs \(counterexample.violated)"
      case .badBaseline(let violated, _): "bad baseline \(violated)"
      case .failed: "failed"
      }
    }

    private func words(_ fault: ReferenceFault) -> String {
      ([fault.name] + fault.nodes.map(\.string) + ["\(fault.round)"]).joined(separator: " ")
    }

    private func words(_ answer: Answer) -> String {
      switch answer.finding {
      case .holds(let vacuous): return "holds\(!vacuous.isEmpty ? " vacuously" : "")"
      case .counterexample(let first, _, _, _):
        guard first.minimum else { return "not minimum" }
        let faults = first.faults.faults.map { words($0, answer.question.bounds.nodes) }
        return "broken by \(faults), which costs \(first.violations.rows)"
      case .badBaseline(let violations): return "bad baseline \(violations.rows)"
      case .error: return "failed"
      case .inconclusive: return "inconclusive"
      }
    }

    private func words(_ fault: Fault, _ nodes: Nodes) -> String {
      let names = fault.subject.nodes.map { nodes[$0].string }
      return ([fault.meaning.name] + names + ["\(fault.round.rawValue)"]).joined(separator: " ")
    }
  }

  @Test("on random protocols, at least a quarter of which only two or more faults break")
  func randomProtocols() {
    var compared = 0
    var brokenBySeveral = 0
    for seed in Campaign.seeds(1500) {
      let generated = GeneratedProtocol(seed: seed)
      let crashView = CrashView.allCases[Int(seed / 4 % 2)]
      for oracle in seed % 4 == 0 ? Oracle.allCases : [.implication] {
        let example = Case(
          source: generated.source, space: generated.space, oracle: oracle, crashView: crashView)
        guard let verdicts = example.verdicts(skippingHolds: seed % 4 != 0) else { continue }
        if oracle == .implication { compared += 1 }
        if oracle == .implication, let size = verdicts.size, size >= 2 { brokenBySeveral += 1 }
        if verdicts.brute != verdicts.search { return report(example, seed) }
      }
    }
    #expect(compared >= 1000)
    #expect(brokenBySeveral * 4 >= compared, "\(brokenBySeveral) of \(compared)")
  }

  private func report(_ example: Case, _ seed: UInt64) {
    func candidates(_ example: Case) -> [Case] {
      example.source.simplifications.map { source in
        var simpler = example
        simpler.source = source
        return simpler
      }
    }
    let smallest = shrink(example, candidates: candidates) { candidate in
      candidate.verdicts().map { $0.brute != $0.search } ?? false
    }
    Issue.record("seed \(seed): \(String(describing: smallest.verdicts()))\n\(smallest)")
  }
}
