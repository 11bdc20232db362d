// What of a program the run without faults uses: which relations have rows, which rules fire, and what each
// relation keeps over a restart. A rule that never fires there is often a mistake, or matters only under
// faults.

import Dedalus
import Documents
import Evaluation
import Scenarios
import Texts

/// What the run without faults covers of a program.
package struct Coverage {
  private let run: Execution

  /// The coverage by `baseline`, the run without faults.
  package init(of baseline: Execution) { run = baseline }

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

  /// Each rule by its place, with how often it fires in all rounds together.
  private var rules: [(place: String, firings: Int)] {
    var firings: [RuleID: Int] = [:]
    for firing in run.firingIDs {
      if let rule = run.rule(of: firing) { firings[rule, default: 0] += 1 }
    }
    return program.rules.indices.map { (program.shortPlace(of: program.rules[$0]), firings[$0] ?? 0) }
  }

  /// Two tables for people.
  package var text: String {
    let (relations, rules) = (self.relations, self.rules)
    let width = max(8, (relations.map(\.name.count) + rules.map(\.place.count)).max() ?? 0)
    func line(_ name: String, _ kept: String, _ count: String) -> String {
      "  \(name.padded(to: width))  \(kept.padded(to: 8))  \(count.indented(to: 7))\n"
    }
    var text = "\nWithout faults\n" + line("relation", "restart", "rows")
    for (name, persistence, rows) in relations {
      text += line(name.showingEverything, persistence.word, "\(rows)")
    }
    text += line("rule", "", "firings")
    for (place, firings) in rules { text += line(place.showingEverything, "", "\(firings)") }
    return text
  }

  /// The same for programs.
  package var json: JSON {
    [
      "relations": .array(
        relations.map {
          [
            "name": .string($0.name), "persistence": .string($0.persistence.word),
            "rows": .integer($0.rows),
          ]
        }),
      "rules": .array(rules.map { ["place": .string($0.place), "firings": .integer($0.firings)] }),
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

extension Program {
  /// The file and line where `rule` begins, e.g. `kafka.ded:23`.
  func shortPlace(of rule: Rule) -> String {
    let source = sources[rule.range.file]
    let name = Text(source.path).parts(separatedBy: "/").last?.string ?? source.path
    return "\(name):\(source.position(of: rule.range.lower).line)"
  }
}

extension Report {
  /// The coverage of the run without faults, where it is to be shown and there is one.
  var coverage: Coverage? { showsCoverage ? answer.baseline.map { Coverage(of: $0) } : nil }
}
