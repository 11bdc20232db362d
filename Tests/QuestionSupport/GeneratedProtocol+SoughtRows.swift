import Dedalus
import Properties
import Support

extension GeneratedProtocol {
  /// Rows of what is derived, late or at some node; and rows that are likely to be there under some faults
  /// only, of a relation that is added: what 'pre' has and 'post' has not.
  package func soughtRows(using random: inout SplitMix64) -> (SourceProgram, RowMatch) {
    var source = source
    let names = source.rules.map(\.relation).filter { $0 != "node" }
    if random.chance(60), names.contains("post"), let pre = program.relation(named: "pre") {
      let arity = program.relations[pre].arity
      let columns = (0..<arity).map { "V\($0)" }.joined(separator: ", ")
      source.rules.append(SourceRule("lost(\(columns))", ["pre(\(columns))", "notin post(\(columns))"]))
      return (source, RowMatch("lost", Array(repeating: nil, count: arity), in: space.eot))
    }
    let name = random.pick(names.isEmpty ? ["node"] : names)
    let arity = program.relation(named: name).map { program.relations[$0].arity } ?? 1
    let isCut = random.chance(50)
    let columns: [Constant?] = (0..<arity).map { column in
      guard isCut, column == 0 else { return nil }
      return .string(random.pick(space.nodes))
    }
    let eot = space.eot
    return (source, RowMatch(name, columns, in: random.chance(40) ? random.number(in: 1...eot) : nil))
  }
}
