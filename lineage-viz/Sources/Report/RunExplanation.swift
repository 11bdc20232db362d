import Answers
import Dedalus
import Documents
import Evaluation
import Lineage
import Properties
import Scenarios
import Search

/// Why a run is a counterexample, as the terminal says it: a sentence, then line by line.
struct RunExplanation {
  /// What is explained of one run; the first part is the sentence.
  struct Told {
    let parts: [(kind: String, text: String)]
    /// The story in full; nil where it is left out.
    let narrative: String?

    static let nothing = Told(parts: [], narrative: nil)

    var sentence: String? { parts.first?.text }
    /// What follows the sentence.
    var lines: ArraySlice<(kind: String, text: String)> { parts.dropFirst() }

    var members: [JSON.Member] {
      [
        .init(
          key: "story",
          value: .array(parts.map { [.string($0.kind), .string($0.text.showingEverything)] })),
        .init(key: "narrative", value: narrative.map { .string($0.showingEverythingInLines) } ?? .null),
      ]
    }
  }

  private let question: Question
  private let baseline: Execution
  private var told = 0
  private var tuples = 0

  /// How many runs are explained, and of how many tuples together; the first is in any case.
  private static let (mostRuns, mostTuples) = (40, 200_000)
  /// The columns that a sentence is made for, and the largest number of lines.
  private static let (width, mostLines) = (100, 14)

  init(_ question: Question, baseline: Execution) {
    (self.question, self.baseline) = (question, baseline)
  }

  /// Why `run` breaks what is asked, in which there are `violations`; nothing where it does not, or where
  /// enough is explained.
  mutating func explain(_ run: ReportedAnalysis.Run, _ violations: [Violation]) -> Told {
    let size = run.execution.store.tuples.count
    guard run.kind == .counterexample, !violations.isEmpty,
      told == 0 || (told < Self.mostRuns && tuples + size <= Self.mostTuples)
    else { return .nothing }
    told += 1
    tuples += size
    let found = Counterexample(
      minimum: run.isMinimum ?? false, violations: violations, execution: run.execution)
    let reasoning = run.reasoning ?? (try? question.reasoning(about: found)).flatMap { $0 }
    let parts = reasoning.map { reasoning in
      WhyText(reasoning, of: question, in: run.execution).brief(width: Self.width, most: Self.mostLines)
        .map { (kind: $0.kind.word, text: Self.joined($0.lines)) }
    }
    let story = Story(
      found, of: question, because: reasoning, baseline: baseline, aftermath: run.aftermath, files: [])
    return Told(parts: parts ?? [], narrative: told == 1 ? story.narrative : nil)
  }

  private static func joined(_ lines: [String]) -> String {
    lines.map { $0.drop { $0 == " " } }.joined(separator: " ")
  }
}

extension WhyText.Part.Kind {
  /// The word for it in the page's data and classes.
  fileprivate var word: String {
    switch self {
    case .sentence: "sentence"
    case .fault: "fault"
    case .step: "step"
    case .violation: "violation"
    }
  }
}

extension String {
  /// The same with everything visible, but for the ends of its lines.
  fileprivate var showingEverythingInLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).showingEverything }
      .joined(separator: "\n")
  }
}
