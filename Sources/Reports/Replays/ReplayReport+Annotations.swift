// Annotations, in the form in which GitHub reads them from the output of a step:
//
//   ::error file=p.ded,line=6,endLine=6,col=1,title=still broken::message
//
// In messages %, CR and LF are written as %25, %0D and %0A; in properties : and , are escaped too (GitHub,
// "Workflow commands"). An annotation is placed where the violated specification is derived, because the
// reader of a change starts there.

import Dedalus
import Documents
import Evaluation
import Workbench

extension ReplayReport {
  /// The largest number of annotations for one file; GitHub shows ten per step.
  private static let mostPlaces = 3

  /// One line for each place that deserves attention.
  package var annotations: String { answers.flatMap(annotations).joined() }

  private func annotations(_ answer: ReplayAnswer) -> [String] {
    let here = Place(file: answer.path)
    var lines: [String] = []
    if !isExpected(answer) {
      let places = answer.result == .inert ? [] : answer.places.prefix(Self.mostPlaces)
      for place in places.isEmpty ? [here] : places {
        lines.append(Self.line("error", place, title: answer.result.rawValue, message(answer)))
      }
    }
    if let warning = answer.warning {
      lines.append(Self.line("warning", here, title: "inert faults", warning))
    }
    return lines
  }

  private func message(_ answer: ReplayAnswer) -> String {
    var parts = ["\(answer.path): \(complaint(about: answer))"]
    if let findings = answer.findings {
      parts.append(
        "under "
          + (findings.faults.faults.map { $0.text(findings.nodes) } + findings.inputs.facts.map(\.choiceText))
          .map { "'\($0)'" }.joined(separator: ", "))
    }
    if let remark = answer.remark { parts.append(remark) }
    return parts.joined(separator: "; ")
  }

  private static func line(
    _ level: String, _ place: Place, title: String, _ message: String
  ) -> String {
    let end = place.endLine.map { "endLine=\($0)," } ?? ""
    return "::\(level) file=\(property(place.file)),line=\(place.line),\(end)col=\(place.column),"
      + "title=\(property("faultline: \(title)"))::\(escaped(message.showingEverything))\n"
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      default: String(scalar)
      }
    }.joined()
  }

  private static func property(_ text: String) -> String {
    escaped(text).unicodeScalars.map { scalar in
      switch scalar {
      case ":": "%3A"
      case ",": "%2C"
      default: String(scalar)
      }
    }.joined()
  }
}
