import Dedalus
import Evaluation
import Properties
import ReferenceEvaluator
import Scenarios
import Support

/// A question that brute force can answer, and whose run without faults is in order.
package struct SmallQuestion {
  package let question: Question
  package let bruteForce: BruteForce

  /// The question that `generated` asks, with one crash view or the other; nil where the baseline is bad.
  package init?(_ generated: GeneratedProtocol) throws {
    guard let specification = ReferenceSpecification(of: generated.program) else { return nil }
    let space = generated.space
    let crashView = CrashView.allCases[Int(generated.seed % 2)]
    question = try Question(
      program: generated.program,
      bounds: Bounds(eot: space.eot, eff: space.eff, crashes: space.crashes, nodes: Nodes(space.nodes)),
      crashView: crashView)
    bruteForce = BruteForce(
      program: generated.program, space: space, specification: specification,
      crashView: crashView == .silent ? .silent : .failStop)
    switch bruteForce.verdict(upToSize: 0) {
    case .holds: break
    case .broken, .badBaseline, .failed: return nil
    }
  }

  /// Every admissible fault set that breaks the outcome, in canonical order.
  package func breakingSets() -> [FaultSet] {
    bruteForce.allCounterexamples().map { FaultSet($0.faults, among: question.bounds.nodes) }
  }
}
