// The short text for a counterexample: the verdict, why it is so in a dozen lines, what is proved, the files
// that were written, and the verdict once more, where the eye is when a call has ended. No line is wider
// than the terminal. Everything else is in the full text.

import Answers
import LineageViz
import Texts

extension Report {
  /// The short text; nil where the counterexample has no explanation but its faults.
  func briefText(_ counterexample: Counterexample, _ paint: Paint) -> String? {
    guard case .counterexample(_, let sets, let harmlessUpTo, let limit) = answer.finding else { return nil }
    if reasoning == nil, counterexample.faults.count > 0 { return nil }
    let verdict = paintedVerdict(paint)
    var text = verdict
    for sentence in cautions.flatMap(\.sentences) { text += fitted(sentence + "\n") }
    text += "\n" + explanation(counterexample, paint) + "\n" + whyNotText
    let proof = proofText(counterexample, isListed: sets != nil, harmlessUpTo: harmlessUpTo, limit)
    text += fitted(proof) + (sets.map { fitted(minimalSetsText($0, limit)) } ?? "")
    text += coverage.map { fitted($0.text) } ?? ""
    let rows = figures.filter { briefFigures.contains($0.name) }
    return text + fitted(rows.map(\.line).joined()) + verdict
  }

  /// The figures that are told in short: what the call does not say itself, and files.
  private var briefFigures: Set<String> {
    Set(["strategy", "symmetry", "written"] + (sweep == nil ? [] : ["bounds", "sweep"]))
  }

  private func explanation(_ counterexample: Counterexample, _ paint: Paint) -> String {
    var text = hasChoices ? fitted("  \(counterexample.inputs.words)\n") : ""
    guard let reasoning else {
      return text + fitted(question.violationText(counterexample.violations))
    }
    let why = WhyText(reasoning, of: question, in: counterexample.execution)
    for part in why.brief(width: style.width, most: ExplanationStyle.mostLines) {
      for line in part.lines {
        switch part.kind {
        case .fault: text += paint.yellow(line) + "\n"
        case .violation: text += paint.red(line) + "\n"
        case .sentence, .step: text += line + "\n"
        }
      }
    }
    return text
  }

  /// The headline, in lines that fit; only its first word is painted.
  private func paintedVerdict(_ paint: Paint) -> String {
    let plain = headline(Paint(isOn: false))
    let word = plain.prefix { $0 != " " }
    let painted = headline(paint).components(upTo: word)
    return painted + fitted(plain + "\n").dropFirst(word.count)
  }

  /// `text` with its lines broken where they are wider than the terminal.
  private func fitted(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let lead = line.prefix { $0 == " " }.count
      return wrapped(String(line), width: style.width, hanging: lead + 2).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

extension String {
  /// The beginning up to the end of `word`, with the colour codes around it.
  fileprivate func components(upTo word: Substring) -> String {
    guard let range = firstRange(of: String(word)) else { return self }
    let end = "\u{1B}[0m"
    let rest = self[range.upperBound...]
    return String(self[..<range.upperBound]) + (rest.hasPrefix(end) ? end : "")
  }
}
