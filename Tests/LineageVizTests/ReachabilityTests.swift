// Folding and cutting never change what is reachable: each is held against the steps of the whole lineage,
// with a walk that is written down once more here.

import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios
import Support
import Testing

@testable import LineageViz

@Suite("Folding and cutting")
struct ReachabilityTests {
  @Test(
    "change nothing about what is reachable in the explanations of protocols", arguments: BrokenProgram.all)
  func protocols(broken: BrokenProgram) throws {
    let breach = try broken.breach()
    try check(breach.steps, "\(broken)")
    for execution in [breach.baseline, breach.counterexample.execution] {
      let roots = execution.store.tuples.filter { execution.store.round(of: $0) == execution.setting.eot }
      var builder = LineageStepBuilder(execution)
      builder.add(DerivationGraph(of: Array(roots.prefix(8)), in: execution))
      try check(builder.result, "\(broken)")
    }
  }

  @Test("change nothing about what is reachable under random programs and faults")
  func randomPrograms() throws {
    var compared = 0
    for seed in Campaign.seeds(400) {
      let generated = GeneratedProgram(seed: seed)
      var random = SplitMix64(seed: seed &* 131 &+ 5)
      let setting = Setting(
        nodes: Nodes(generated.nodes), eot: generated.eot, crashView: random.pick(CrashView.allCases))
      let faults = arbitraryFaults(among: generated.nodes, eot: generated.eot, using: &random)
      let compiled = CompiledProgram(generated.program, nodes: setting.nodes)
      let budget = Budget(tuples: 300, firings: 2000)
      let inputs = Inputs(generated.program.randomInputs(upTo: generated.eot, using: &random))
      let good = compiled.run(setting, under: Scenario(.none, inputs), budget: budget)
      let bad = compiled.run(
        setting, under: Scenario(FaultSet(faults, among: setting.nodes), inputs), budget: budget)
      guard good.ending == .complete, bad.ending == .complete else { continue }
      let difference = Difference(from: good, to: bad)
      let roots = good.store.tuples.filter { !difference.holds($0) }.suffix(3)
      var comparison = LineageStepBuilder(bad, comparedWith: good)
      comparison.add(Explanation(of: roots.map { .missing($0) }, in: difference), in: difference)
      try check(comparison.result, "seed \(seed)", &random)
      var single = LineageStepBuilder(bad)
      single.add(DerivationGraph(of: Array(bad.store.tuples.suffix(2)), in: bad))
      try check(single.result, "seed \(seed)", &random)
      compared += 1
    }
    #expect(compared > 200)
  }

  // MARK: The comparison

  private func check(_ steps: LineageSteps, _ comment: Comment) throws {
    var random = SplitMix64(seed: 1)
    try check(steps, comment, &random)
  }

  private func check(_ steps: LineageSteps, _ comment: Comment, _ random: inout SplitMix64) throws {
    guard !steps.steps.isEmpty else { return }
    let whole = LineageBoxes(unfolded: steps)
    let folded = LineageBoxes(folding: steps)
    #expect(reachable(in: folded) == image(of: whole, in: folded), comment)
    try checkCuts(of: folded, comment, &random)
    try checkCuts(of: whole, comment, &random)
  }

  /// Every pair of boxes, other than places of rules, of which the first rests on the second.
  private func reachable(in boxes: LineageBoxes) -> Set<[BoxID]> {
    let isDrawn = { boxes.kind(of: $0) != .firing }
    return Walk(boxes.arrows).pairs(boxes.members.indices.filter(isDrawn)).filter { $0.allSatisfy(isDrawn) }
  }

  /// The same of single steps, seen through the boxes that they are in.
  private func image(of whole: LineageBoxes, in folded: LineageBoxes) -> Set<[BoxID]> {
    var pairs: Set<[BoxID]> = []
    for pair in reachable(in: whole) {
      let seen = pair.map { folded.boxOfStep[whole.members[$0][0]] }
      if seen[0] != seen[1] { pairs.insert(seen) }
    }
    return pairs
  }

  private func checkCuts(of boxes: LineageBoxes, _ comment: Comment, _ random: inout SplitMix64) throws {
    let all = Walk(boxes.arrows).pairs(Array(boxes.members.indices))
    for view in views(of: boxes, &random) {
      let cut = try LineageCut(boxes, view)
      let shown = Set(cut.boxes)
      #expect(!shown.isEmpty && shown.count <= view.limit, comment)
      let expected = all.filter { shown.contains($0[0]) && shown.contains($0[1]) }
      #expect(Walk(cut.arrows).pairs(cut.boxes) == expected, comment)
    }
  }

  private func views(of boxes: LineageBoxes, _ random: inout SplitMix64) -> [LineageView] {
    var (deep, small, through, narrow) = (LineageView(), LineageView(), LineageView(), LineageView())
    deep.depth = random.number(in: 0...3)
    small.limit = random.number(in: 1...max(1, boxes.members.count - 1))
    var views = [LineageView(), deep, small]
    let rules = boxes.lineage.subjects.compactMap { if case .rule(let rule) = $0 { rule } else { nil } }
    if !rules.isEmpty {
      through.rules = [random.pick(rules)]
      views.append(through)
    }
    let rows = boxes.lineage.steps.filter { $0.kind.isTuple }
    if !rows.isEmpty, case .row(let relation, let values) = boxes.lineage.subjects[random.pick(rows).subject]
    {
      narrow.focus = LineageView.Focus(relation: relation, columns: values, round: nil)
      narrow.depth = random.chance(50) ? 1 : nil
      views.append(narrow)
    }
    return views
  }

  /// Finds what rests on what along arrows.
  private struct Walk {
    private var supports: [BoxID: [BoxID]] = [:]

    init(_ arrows: [LineageBoxes.Arrow]) {
      for arrow in arrows { supports[arrow.head, default: []].append(arrow.tail) }
    }

    func pairs(_ starts: [BoxID]) -> Set<[BoxID]> {
      var pairs: Set<[BoxID]> = []
      for start in starts {
        var seen: Set<BoxID> = [start]
        var pending = [start]
        while let box = pending.popLast() {
          for next in supports[box] ?? [] where seen.insert(next).inserted {
            pending.append(next)
            pairs.insert([start, next])
          }
        }
      }
      return pairs
    }
  }
}
