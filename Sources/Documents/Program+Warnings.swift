import Dedalus
import Properties
import Scenarios
import Texts

extension Program {
  /// The warnings about this program that depend on what is asked, beside those that it always has. What its
  /// scenario lines ask for counts as asked for: a relation that they name is read by somebody. Where
  /// `showsAllRows`, somebody reads every relation.
  public func warnings(about inquiry: Inquiry, upTo eot: Int, showsAllRows: Bool = false) -> [Diagnostic] {
    var specified = inquiry
    specified.sought = nil
    var outcomes: Set<Text>?
    if !showsAllRows, specified.hasSpecification(in: self) {
      let lines = sources.flatMap { ScenarioLine.each(in: $0) }.compactMap { try? $0.get() }
      outcomes = Set(lines.map { Text($0.inquiry.outcome) } + [Text(inquiry.outcome)])
      if let sought = inquiry.sought { outcomes?.insert(Text(sought.relation)) }
    }
    return warnings(nodes: inquiry.nodes(of: self).names.elements, eot: eot, outcomes: outcomes)
  }
}
