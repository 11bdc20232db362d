// What of a program is used: which relations have rows without faults, which rules fire, and what each
// relation keeps over a restart; and of what never happens there, whether it does in some admissible run. A
// rule that never fires is often a mistake.

import Answers
import Dedalus
import Documents
import Evaluation
import Indices
import LineageViz
import Properties
import Scenarios
import Texts

/// What of a program is used.
package struct Coverage {
  private let run: Execution
  /// What the admissible runs use; nil where that is not known.
  private let admissible: AdmissibleCoverage?
  private let properties: [Property]

  /// The coverage by `baseline`, the run without faults, and by the `admissible` ones, of a program and of
  /// what `question` asks of it.
  package init(of baseline: Execution, _ admissible: AdmissibleCoverage?, _ question: Question) {
    run = baseline
    self.admissible = admissible
    properties = question.judgedProperties
  }

  private var program: Program { run.program }

  /// Each relation with what it keeps over a restart, and its rows in all rounds together.
  private var relations: [(name: String, persistence: Persistence, rows: Int)] {
    var rows: [RelationID: Int] = [:]
    for tuple in run.store.tuples {
      rows[run.store.relation(of: run.store.row(of: tuple)), default: 0] += 1
    }
    return program.relations.indices.filter { !program.worldRelations.contains($0) }.map { relation in
      (program.relations[relation].name, program.persistence(of: relation), rows[relation] ?? 0)
    }
  }

  /// A rule, and whether it fires.
  private struct Line {
    let place: String
    /// How often it fires without faults, in all rounds together.
    let firings: Int
    /// For programs: `fires`, `under-inputs`, `under-faults`, `never` or `unknown`.
    let use: String
    /// The relation of the first premise that is never met; nil where there is none.
    var unmet: String?

    /// What there is to say of a rule that does not fire without faults; empty for others.
    var words: String {
      switch use {
      case "under-inputs": "only under other inputs"
      case "under-faults": "only under faults"
      case "never":
        unmet.map { "never: '\($0)' is never met" } ?? "never: its premises are never met together"
      default: ""
      }
    }
  }

  private var rules: [Line] {
    var firings: [RuleID: Int] = [:]
    for firing in run.firingIDs {
      if let rule = run.rule(of: firing) { firings[rule, default: 0] += 1 }
    }
    return program.rules.indices.map { rule in
      let place = program.place(of: program.rules[rule].range)
      if let count = firings[rule] { return Line(place: place, firings: count, use: "fires") }
      guard let admissible else { return Line(place: place, firings: 0, use: "unknown") }
      if admissible.onlyUnderFaults.contains(rule) {
        return Line(place: place, firings: 0, use: "under-faults")
      }
      // The run that is shown has the inputs of the counterexample, if there is one.
      guard let unmet = admissible.neverFiring[rule] else {
        return Line(place: place, firings: 0, use: "under-inputs")
      }
      return Line(place: place, firings: 0, use: "never", unmet: unmet.map { program.relations[$0].name })
    }
  }

  /// Each property that demands rows, with the runs in which it does: `some`, `none`, or `crashed` where only
  /// of nodes that crash.
  private var demands: [(name: String, use: String, words: String)] {
    guard let admissible else { return [] }
    return properties.map { property in
      if admissible.undemanding.contains(property.name) { return (property.name, "none", "in no run") }
      return admissible.onlyOfCrashed.contains(property.name)
        ? (property.name, "crashed", "only of nodes that crash") : (property.name, "some", "in some run")
    }
  }

  /// The tables for people.
  package var text: String {
    let (relations, rules, demands) = (self.relations, self.rules, self.demands)
    let names = relations.map(\.name.count) + rules.map(\.place.count) + demands.map(\.name.count)
    let width = max(8, names.max() ?? 0)
    func line(_ name: String, _ kept: String, _ count: String, _ words: String = "") -> String {
      let line = "  \(name.padded(to: width))  \(kept.padded(to: 8))  \(count.indented(to: 7))"
      return (words.isEmpty ? line : "\(line)  \(words)") + "\n"
    }
    var text = "\nWithout faults\n" + line("relation", "restart", "rows")
    for (name, persistence, rows) in relations {
      text += line(name.showingEverything, persistence.word, "\(rows)")
    }
    text += line("rule", "", "firings")
    for rule in rules { text += line(rule.place.showingEverything, "", "\(rule.firings)", rule.words) }
    if demands.isEmpty { return text }
    text += "\nIn all runs within the bounds\n  \("property".padded(to: width))  demands something\n"
    for (name, _, words) in demands { text += "  \(name.showingEverything.padded(to: width))  \(words)\n" }
    return text
  }

  /// The rules and the properties for the page.
  var facts: [ReportedAnalysis.Fact] {
    rules.map { rule in
      .init(rule.place, rule.words.isEmpty ? counted(rule.firings, "firing") + " without faults" : rule.words)
    } + demands.map { .init($0.name, "demands something \($0.words)") }
  }

  /// The same for programs.
  package var json: JSON {
    let rules = self.rules.map { rule -> JSON in
      let unmet = rule.unmet.map { [JSON.Member(key: "unmet", value: .string($0))] } ?? []
      return .object(
        [
          .init(key: "place", value: .string(rule.place)),
          .init(key: "firings", value: .integer(rule.firings)),
          .init(key: "use", value: .string(rule.use)),
        ] + unmet)
    }
    return [
      "relations": .array(
        relations.map {
          [
            "name": .string($0.name), "persistence": .string($0.persistence.word),
            "rows": .integer($0.rows),
          ]
        }),
      "rules": .array(rules),
      "properties": .array(demands.map { ["property": .string($0.name), "demands": .string($0.use)] }),
    ]
  }
}

extension Persistence {
  /// How tables call it: `durable`, `static` or `volatile`.
  var word: String {
    switch self {
    case .durable: "durable"
    case .fixed: "static"
    case .volatile: "volatile"
    }
  }
}

extension Program {
  /// What a restart finds again, as in `durable log, term; static member`; nil where the program declares
  /// nothing durable.
  var keptOverRestarts: String? {
    func names(_ persistence: Persistence) -> String? {
      let found = relations.indices.filter {
        self.persistence(of: $0) == persistence && !worldRelations.contains($0)
      }
      return found.isEmpty
        ? nil : "\(persistence.word) \(found.map { relations[$0].name }.joined(separator: ", "))"
    }
    if durable.isEmpty { return nil }
    return [names(.durable), names(.fixed)].compactMap { $0 }.joined(separator: "; ")
  }
}

extension Report {
  /// What of the program is used, where it is to be shown and there is a run without faults.
  var coverage: Coverage? {
    showsCoverage ? answer.baseline.map { Coverage(of: $0, answer.coverage, question) } : nil
  }
}

extension EachReport {
  /// What of the program is used, where it is to be shown and there is a run without faults.
  var coverage: Coverage? {
    showsCoverage
      ? found.answers.first?.baseline.map { Coverage(of: $0, found.coverage, question) } : nil
  }
}
