import Texts

/// A path without `.`, and without `..` where the path itself resolves it.
struct PlainPath: Hashable {
  private let names: [Text]

  init(_ path: String) {
    var names: [Text] = path.utf8.first == UInt8(ascii: "/") ? [Text("/")] : []
    for name in path.split(separator: "/") where name != "." {
      if name == "..", let last = names.last, last != Text(".."), last != Text("/") {
        names.removeLast()
      } else {
        names.append(Text(String(name)))
      }
    }
    self.names = names
  }
}
