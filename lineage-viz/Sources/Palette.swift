import Evaluation
import Scenarios

/// Colours that most colour-blind readers can tell apart, light enough for black text.
enum Palette {
  /// One background per node, repeating after ten.
  static func fill(of node: NodeID?) -> String {
    node.map { fills[$0.position % fills.count] } ?? "#f2f2f2"
  }

  /// The colour of faults and of what they cut.
  static let fault = "#c0182b"
  static let faultFill = "#fde3e3"
  /// The colour of faults that pass.
  static let passing = "#4a545c"
  /// The colour of what is missing in the faulty run.
  static let missing = "#757575"
  /// The colour of messages.
  static let message = "#1f5fa8"
  /// The colour of frames and secondary text.
  static let quiet = "#7a7a7a"

  private static let fills = [
    "#cfe6f7", "#fde2bd", "#d3ecd0", "#f6d5e3", "#e3dcf3", "#fbf2b8", "#cdeeea", "#f3dccf", "#e4ecc4",
    "#dde1e6",
  ]
}
