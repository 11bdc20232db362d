import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios

extension LineageStepBuilder {
  /// Adds all of `whyNot`, which is about the run: an absence for each row that is missing, under it the
  /// rules that could derive it, and what each of them lacks. What cannot be an arrow stands beside the rule.
  mutating func add(_ whyNot: WhyNot) {
    let words = LackWords(run)
    for node in whyNot.nodes {
      guard let head = step(about: node.claim) else { continue }
      if node.claim == whyNot.nodes[0].claim { addRoot(head) }
      for obstacle in node.obstacles {
        for lacks in [obstacle.lacks] + obstacle.others {
          add(lacks, of: obstacle, node.claim, to: head, words)
        }
      }
    }
  }

  private mutating func add(
    _ lacks: [WhyNot.Lack], of obstacle: WhyNot.Obstacle, _ claim: WhyNot.Claim, to head: StepID,
    _ words: LackWords
  ) {
    var causes: [Cause] = []
    var said: [String] = []
    for lack in lacks {
      if case .fault(let fault) = lack {
        causes.append(Cause(step: step(of: fault), kind: claim.holds ? .premise : .cut))
      } else if let further = lack.claim, let step = step(about: further) {
        let isInTheWay = !claim.holds && further.holds
        let kind: ArrowKind = isInTheWay ? .cut : further.holds ? .premise : .absence
        causes.append(Cause(step: step, kind: kind))
      } else {
        said.append(words.text(of: lack))
      }
    }
    if lacks.contains(.beginning) { return }
    guard obstacle.rule != nil || !said.isEmpty else {
      for cause in causes { connect(cause.step, head, .cut) }
      return
    }
    let subject: Subject =
      said.isEmpty
      ? obstacle.rule.map { .rule($0) } ?? .staying
      : .obstacle(obstacle.rule, said.joined(separator: "; "))
    addObstacle(subject, in: obstacle.round, isBlocked: !claim.holds, to: head, causes)
  }
}
