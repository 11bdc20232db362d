import Dedalus
import Evaluation

extension AnalysisSection {
  private static let mostRows = 15

  /// The table of messages, most critical first.
  func writeCriticalMessages(_ section: inout Markup) {
    let messages = criticalMessages
    guard !messages.entries.isEmpty else { return }
    section.begin("details", ["class": "critical"])
    section.element("summary", text: "Critical messages")
    section.element("p", text: explanation(of: messages))
    section.begin("table")
    section.begin("thead")
    section.begin("tr")
    for (name, kind) in [
      ("message", ""), ("round", "number"), ("payload", ""), ("lost in", "number"), ("lost alone", ""),
      ("then missing", "number"),
    ] {
      section.element("th", ["scope": "col", "class": kind], text: name)
    }
    section.end()
    section.end()
    section.begin("tbody")
    for entry in messages.entries.prefix(Self.mostRows) { write(entry, &section) }
    section.end()
    section.end()
    section.end()
  }

  private func explanation(of messages: CriticalMessages) -> String {
    let shown = min(messages.entries.count, Self.mostRows)
    let which =
      breaking.isEmpty
      ? "of the run without faults" : "of the run without faults and of the runs that break it"
    var text =
      shown < messages.total
      ? "The first \(shown) of \(grouped(messages.total)) messages \(which)" : "Every message \(which)"
    if messages.entries.count < messages.total {
      text += " (\(grouped(messages.entries.count)) of them were tried)"
    }
    switch breaking.count {
    case 0: text += ", ranked by what"
    case 1: text += ", ranked by whether the breaking fault set loses it, then by what"
    default:
      text +=
        ", ranked by how many of the \(grouped(breaking.count)) breaking fault sets lose it, then by what"
    }
    return text + " its loss alone does: each was tried in a run of its own."
  }

  private func write(_ entry: CriticalMessages.Entry, _ section: inout Markup) {
    let names = question.bounds.nodes
    section.begin("tr")
    section.element("td", text: "\(names[entry.sender]) → \(names[entry.receiver])")
    section.element("td", ["class": "number"], text: "\(entry.sent.rawValue)")
    section.element("td", ["class": "payload"], text: shortened(entry.payload.joined(separator: ", ")))
    section.element("td", ["class": "number"], text: "\(entry.sets) of \(breaking.count)")
    section.element(
      "td", ["class": entry.breaksAlone ? "alone" : ""],
      text: (entry.breaksAlone ? "breaks the outcome" : entry.isUsual ? "does no harm" : "is not sent then")
        + (entry.mayBeLostAlone ? "" : ", outside the bounds"))
    section.element("td", ["class": "number"], text: grouped(entry.missing))
    section.end()
  }
}
