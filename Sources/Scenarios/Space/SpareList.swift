// In calls and scenario lines, what is spared is written as `a,b>c`: nodes, and links from one node to
// another. Names that hold a comma, a blank or `>` are in double quotes.

import Dedalus
import Texts

extension Budgets.Spared {
  /// What `list` names.
  public init(list: String, nodes: Nodes) throws(InvalidQuestion) {
    self.init()
    guard let items = Self.items(of: list) else {
      throw InvalidQuestion(code: "bad-spare", message: "a quote in the list of what is spared is not closed")
    }
    for item in items {
      switch item.count {
      case 1: self.nodes.insert(try nodes.named(item[0]))
      case 2:
        let link = Link(from: try nodes.named(item[0]), to: try nodes.named(item[1]))
        guard link.sender != link.receiver else {
          throw InvalidQuestion(
            code: "bad-spare", message: "'\(list.showingEverything)' names a link of a node to itself")
        }
        links.insert(link)
      default:
        throw InvalidQuestion(
          code: "bad-spare", message: "'\(list.showingEverything)' is no list of nodes and links",
          fix: "write nodes as in a,b and links as in a>b")
      }
    }
  }

  /// What is spared, as it is written in a call: nodes, then links.
  public func list(_ nodes: Nodes) -> String {
    func written(_ node: NodeID) -> String {
      let name = nodes[node].string
      return name.contains(">") && QuotedWord.written(name) == name
        ? "\"\(name)\"" : QuotedWord.written(name)
    }
    let links = self.links.sorted().map { "\(written($0.sender))>\(written($0.receiver))" }
    return (self.nodes.sorted().map(written) + links).joined(separator: ",")
  }

  /// The items between commas outside quotes, each as its parts between `>` outside quotes; nil where a quote
  /// is not closed.
  private static func items(of list: String) -> [[String]]? {
    var items: [[String]] = [[""]]
    var (isQuoted, isEscaped) = (false, false)
    for scalar in list.unicodeScalars {
      let item = items.count - 1
      switch scalar {
      case _ where isEscaped:
        items[item][items[item].count - 1].unicodeScalars.append(scalar)
        isEscaped = false
      case "\\" where isQuoted: isEscaped = true
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: items.append([""])
      case ">" where !isQuoted: items[item].append("")
      case _ where !isQuoted && scalar.properties.isWhitespace: continue
      default: items[item][items[item].count - 1].unicodeScalars.append(scalar)
      }
    }
    return isQuoted ? nil : items
  }
}
