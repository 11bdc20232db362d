// The space-time diagram of Lamport ("Time, Clocks, and the Ordering of Events in a Distributed System", CACM
// 1978), drawn without Graphviz: a line for each process, time running down, a slanted arrow for each
// message.

import Dedalus
import Evaluation
import Indices
import Properties
import Texts

/// Space-time diagrams as SVG.
public enum SpaceTimeSVG {
  /// The number of arrows that are drawn unless another limit is given.
  public static let standardLimit = 10_000

  /// The messages between different nodes in `execution`, and the decisions of the nodes according to
  /// `question`, under the heading `title`. Below them are the rows that break the outcome, for which
  /// `baseline` is the run without faults.
  public static func diagram(
    of execution: Execution, question: Question? = nil, baseline: Execution? = nil, title: String = "",
    limit: Int = standardLimit
  ) -> String {
    var drawing = SpaceTimeSVGDrawing(execution, question?.properties ?? [], limit)
    let isWhole = execution.ending == .complete
    let broken = isWhole ? question?.violations(in: execution, baseline: baseline) ?? [] : []
    return drawing.page(title: title, broken: question.map { $0.sentences(about: broken) } ?? [])
  }

  /// The styles for a light and a dark background.
  static let style = """
    .st{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}\
    .st text{fill:#1c2126}.st .caption{font:13px system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}\
    .st .title{font-size:15px;font-weight:600}.st .quiet{fill:#667079}.st .page{fill:#fff}\
    .st .band{fill:#f4f6f8}.st .line{stroke:#b3bcc4;stroke-width:1.5;fill:none}\
    .st .dead{stroke:#c0182b;stroke-dasharray:2 4}.st .bar{stroke:#59636c;stroke-width:1}\
    .st .dead.bar{fill:#fff;stroke-dasharray:none}\
    .st .arrow{stroke:#1f5fa8;stroke-width:1.2;fill:none}.st .dense .arrow{stroke-width:.8;stroke-opacity:.45}.st .lost{stroke:#c0182b}\
    .st .gone{stroke:#c0182b;stroke-dasharray:5 3;stroke-width:1.2;fill:none}\
    .st .cross{stroke:#c0182b;stroke-width:2;fill:none}\
    .st text.lost,.st text.crash,.st text.broken{fill:#b01427;stroke:none}.st text.crash{font-weight:700}\
    .st text.decision{fill:#176b2c;font-weight:600}.st text.sent{fill:#1a4f8c}\
    .st .name{font-weight:700;font-size:12px}\
    .st .n0{fill:#cfe6f7}.st .n1{fill:#fde2bd}.st .n2{fill:#d3ecd0}.st .n3{fill:#f6d5e3}.st .n4{fill:#e3dcf3}\
    .st .n5{fill:#fbf2b8}.st .n6{fill:#cdeeea}.st .n7{fill:#f3dccf}.st .n8{fill:#e4ecc4}.st .n9{fill:#dde1e6}\
    @media(prefers-color-scheme:dark){.st text{fill:#e4e8ec}.st .quiet{fill:#98a3ad}.st .page{fill:#14181d}\
    .st .band{fill:#1b2127}.st .line{stroke:#4c5761}.st .bar{stroke:#8b97a2}.st .dead{stroke:#ff6b7a}\
    .st .dead.bar{fill:#14181d}.st .arrow{stroke:#7cb3f0}.st .lost,.st .gone,.st .cross{stroke:#ff6b7a}\
    .st text.lost,.st text.crash,.st text.broken{fill:#ff8a95}.st text.decision{fill:#7fd693}\
    .st text.sent{fill:#9cc8f5}\
    .st .n0{fill:#1f4a68}.st .n1{fill:#6b4a15}.st .n2{fill:#25552a}.st .n3{fill:#6b2d48}.st .n4{fill:#473a70}\
    .st .n5{fill:#5c531a}.st .n6{fill:#1d5751}.st .n7{fill:#663f28}.st .n8{fill:#48541f}.st .n9{fill:#454c54}}
    """

  /// The styles of marks that not every diagram has.
  static let markStyle = """
    .st .cut{fill:#fdf0cd}.st .down{fill:#e2e6ea}.st .paused{fill:#d3d9de}.st .hatch{stroke:#8b959e;stroke-width:1}\
    .st .pause{stroke:#3f484f;stroke-width:3}.st .off{stroke:#8b959e}.st .off.bar{fill:#e9ecef}\
    .st .faint{opacity:.45}.st .late{stroke:#1f5fa8;stroke-width:1.2;fill:none;stroke-dasharray:9 3}\
    .st text.trouble{fill:#7a5200;font-weight:700}.st text.back{fill:#46525c;font-weight:700}\
    .st text.sent,.st text.lost,.st text.decision,.st text.trouble,.st text.back{paint-order:stroke;stroke:#fff;\
    stroke-width:3px;stroke-opacity:.75;stroke-linejoin:round}\
    @media(prefers-color-scheme:dark){.st .cut{fill:#352a0e}.st .down{fill:#2a3239}.st .paused{fill:#3b454e}\
    .st .hatch{stroke:#77838d}.st .pause{stroke:#dfe5ea}.st .off{stroke:#77838d}.st .off.bar{fill:#2f383f}\
    .st .late{stroke:#7cb3f0}.st text.sent,.st text.lost,.st text.decision,.st text.trouble,.st text.back{stroke:#14181d}\
    .st text.trouble{fill:#f0c560}.st text.back{fill:#b8c2cb}}
    """
}

extension Question {
  /// What is violated, a sentence for each of the first few.
  func sentences(about violations: [Violation]) -> [String] {
    let shown = violations.prefix(5).map(sentence)
    let rest = violations.count - shown.count
    return shown + (rest > 0 ? ["and \(counted(grouped(rest), "more row"))"] : [])
  }
}
