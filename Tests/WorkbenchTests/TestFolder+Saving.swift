import Answers
import Dedalus
import Documents
import Search
import Support
import Testing

extension TestFolder {
  /// Saves the counterexample of the program in `name` for EOT 4, EFF 2 and these nodes; its path.
  func save(_ name: String, nodes: String = "a,b,c") throws -> String {
    let program = try Program(reading: [self[name]])
    let line = try ScenarioLine.all(
      in: SourceFile(path: name, bytes: Array("//! scenario eot=4 eff=2 nodes=\(nodes) expect=holds".utf8)))
    let question = try line[0].question(about: program)
    let found = try #require(try check(question).counterexample)
    let sources = AskedQuestion.Source.all(of: program, files: [self[name]], seenFrom: path)
    let file = CounterexampleFile(
      found, to: AskedQuestion(question, files: sources.given, included: sources.included))
    try write(file.json.text, to: file.name + ".cex.json")
    return self[file.name + ".cex.json"]
  }
}
