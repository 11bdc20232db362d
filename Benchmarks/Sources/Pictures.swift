import Dedalus
import Evaluation
import LineageViz
import Properties
import Scenarios

extension Benchmark {
  /// Space-time diagrams, and the report of a campaign.
  static func printPictures() throws {
    print("pictures                                       CPU ms   floor      bytes")
    let mesh = try Workload.acknowledgedBroadcast(nodes: 10, eot: 30)
    let question = try Question(
      program: mesh.program, bounds: Bounds(eot: mesh.eot, eff: mesh.eff, crashes: 1, nodes: mesh.nodes))
    let run = Evaluation.run(
      mesh.program, mesh.setting, under: Scenario(FaultSet([.crash(NodeID(3), Round(9))])))
    let size = SpaceTimeSVG.diagram(of: run, question: question).utf8.count
    let seconds = secondsPerCall { _ = SpaceTimeSVG.diagram(of: run, question: question) }
    print(
      "  \(left("space-time SVG, 10 nodes, 30 rounds", 43))\(right(seconds * 1e3, 8))      20\(right(size, 11))"
    )
    for item in PublishedProtocol.all {
      let workload = try item.workload()
      let bytes = try report(of: workload, runs: 300).utf8.count
      let start = processSeconds()
      _ = try report(of: workload, runs: 300)
      let seconds = processSeconds() - start
      print(
        "  \(left("report, 300 runs of \(item.name)", 43))\(right(seconds * 1e3, 8))    2000\(right(bytes, 11))"
      )
    }
    print()
  }

  /// A report with the run without faults and then as many of the admissible pairs of omissions as are asked
  /// for.
  private static func report(of workload: Workload, runs count: Int) throws -> String {
    let bounds = try Bounds(
      eot: workload.eot, eff: workload.eff, crashes: workload.crashes, nodes: workload.nodes)
    let question = try Question(program: workload.program, bounds: bounds)
    let compiled = CompiledProgram(workload.program, nodes: workload.nodes)
    var report = HTMLReport(title: workload.name)
    let baseline = ReportedAnalysis.Run(
      number: 1, kind: .baseline, execution: compiled.run(question.setting))
    report.begin(
      ReportedAnalysis(question, name: workload.name, verdict: .counterexample, explanation: "", facts: []),
      baseline: baseline)
    for (number, faults) in pairs(within: bounds).prefix(count - 1).enumerated() {
      let run = compiled.run(question.setting, under: Scenario(faults))
      let isBroken = !question.violations(in: run, baseline: baseline.execution).isEmpty
      report.add(.init(number: number + 2, kind: isBroken ? .counterexample : .trial, execution: run))
    }
    return (try? report.finish()) ?? ""
  }

  private static func pairs(within bounds: Bounds) -> [FaultSet] {
    var omissions: [Fault] = []
    for round in 1..<bounds.eff {
      for sender in bounds.nodes.ids {
        for receiver in bounds.nodes.ids where receiver != sender {
          omissions.append(.omission(from: sender, to: receiver, Round(round)))
        }
      }
    }
    return omissions.enumerated().flatMap { position, first in
      omissions.dropFirst(position + 1).map { FaultSet([first, $0]) }
    }
  }
}
