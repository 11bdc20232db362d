extension SourceProgram {
  /// The text of the program with a `beat` at `node` that goes round every `period` rounds, and with one rule
  /// more that waits for it: what the program does from one round to the next, it then does at one beat only.
  public func text(withBeatOf period: Int, at node: String, _ random: inout SplitMix64) -> String {
    var lines = text.split(separator: "\n").map(String.init)
    let waiting = lines.indices.filter { place in
      let line = lines[place]
      return line.contains(":-") && line.contains("@async") && line.hasSuffix(";")
    }
    if !waiting.isEmpty {
      let place = random.pick(waiting)
      lines[place] = lines[place].dropLast() + ", beat(_, \(random.number(in: 0...(period - 1))));"
    }
    let steps = (0..<period).map { "beat(N, \(($0 + 1) % period))@next :- beat(N, \($0));" }
    return (lines + ["beat(\"\(node)\", 0)@1;"] + steps).joined(separator: "\n") + "\n"
  }
}
