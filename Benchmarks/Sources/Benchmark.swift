// What `make bench` prints: CPU times, medians, in release. Compare ratios within one run of it; numbers of
// different machines, or of a busy and a quiet one, say little about the code. With the word `compare` or
// `scale` it prints what `make compare` and `make scale` do.

import Answers
import Dedalus
import Evaluation
import Lineage
import Properties
import Scenarios
import Search

@main
struct Benchmark {
  static func main() throws {
    keepFreedMemory()
    let argument = CommandLine.arguments.dropFirst().first
    if argument == "compare" { return try Comparison.printTables() }
    if argument == "scale" { return try Scale.printTables() }
    if let argument {
      try printProcesses(argument)
      Recording.printTable(argument)
    }
    try printExecutions()
    try printGroundings()
    try printSearches()
    try printPictures()
  }

  /// Whole `check` processes, with a store.
  private static func printProcesses(_ command: String) throws {
    print("check with --store, whole process            CPU ms   (floor: 40)")
    for item in PublishedProtocol.all {
      let arguments = [
        command, "check", item.path, "--eot", "\(item.eot)", "--eff", "\(item.eff)", "--crashes",
        "\(item.crashes)", "--nodes", item.nodes, "--store", ".build/benchmark.sqlite", "--force",
      ]
      var samples: [Double] = []
      for _ in 0..<15 {
        guard let (seconds, exitCode) = runProcess(arguments), exitCode <= 1 else {
          print("  \(left(item.name, 40)) cannot be run: \(arguments.joined(separator: " "))")
          return
        }
        samples.append(seconds)
      }
      print("  \(left(item.name, 40))\(right(median(samples) * 1e3, 9))")
    }
    print()
  }

  /// One execution with provenance: protocols as published, then growing with rounds and with nodes.
  private static func printExecutions() throws {
    print("one execution, with provenance              firings   ns/firing   (floor: 300)")
    var workloads = try PublishedProtocol.all.map { try $0.workload() }
    for eot in [8, 16, 32] { workloads.append(try .acknowledgedBroadcast(nodes: 5, eot: eot)) }
    for nodes in [3, 5, 10] { workloads.append(try .acknowledgedBroadcast(nodes: nodes, eot: 16)) }
    for workload in workloads {
      let compiled = CompiledProgram(workload.program, nodes: workload.nodes)
      let firings = compiled.run(workload.setting).firingIDs.count
      let seconds = secondsPerCall { _ = compiled.run(workload.setting) }
      print("  \(left(workload.name, 40))\(right(firings, 9))\(right(seconds / Double(firings) * 1e9, 12))")
    }
    print()
  }

  /// The grounding of all executions.
  private static func printGroundings() throws {
    print("grounding of all executions               instances      gates   ns/instance   (floor: 2000)")
    var workloads = try PublishedProtocol.all.map { try $0.workload() }
    for nodes in [3, 5, 10] { workloads.append(try .acknowledgedBroadcast(nodes: nodes, eot: 16)) }
    for workload in workloads {
      let compiled = CompiledProgram(workload.program, nodes: workload.nodes)
      let bounds = try Bounds(
        eot: workload.eot, eff: workload.eff, crashes: workload.crashes, nodes: workload.nodes)
      let possible = PossibleFaults(bounds)
      let grounding = Grounding(compiled, workload.setting, possible)
      let seconds = secondsPerCall { _ = Grounding(compiled, workload.setting, possible) }
      let perInstance = seconds / Double(grounding.instanceCount) * 1e9
      print(
        "  \(left(workload.name, 40))\(right(grounding.instanceCount, 9))"
          + "\(right(grounding.circuit.gateCount, 11))\(right(perInstance, 14))")
    }
    print()
  }

  /// The search without process start and store.
  private static func printSearches() throws {
    print("check in the same process                     ms   conflicts   verdict")
    var workloads = try PublishedProtocol.all.map { try $0.workload() }
    for nodes in [3, 5, 10] { workloads.append(try .acknowledgedBroadcast(nodes: nodes, eot: 16)) }
    for workload in workloads {
      let bounds = try Bounds(
        eot: workload.eot, eff: workload.eff, crashes: workload.crashes, nodes: workload.nodes)
      let question = try Question(program: workload.program, bounds: bounds)
      let start = processSeconds()
      let answer = try check(question)
      let seconds = processSeconds() - start
      print(
        "  \(left(workload.name, 40))\(right(seconds * 1e3, 6))\(right(answer.cost[.conflicts], 12))"
          + "   \(answer.verdict.rawValue)")
    }
    print()
  }
}
