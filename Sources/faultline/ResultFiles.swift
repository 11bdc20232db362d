import FaultInjection

/// Files that are written beside an answer. Whether they can be is looked at before anything is computed; where one
/// cannot be written nevertheless, the answer is given all the same.
struct ResultFiles {
  private let replacing: Bool
  /// What was written, in order.
  private(set) var written: [String] = []
  /// Why the first that could not be written was not.
  private(set) var trouble: OutputFailure?

  /// Files at `paths`, where nothing may be yet unless `replacing`.
  init(_ paths: [String?], replacing: Bool) throws(OutputFailure) {
    self.replacing = replacing
    var seen: [String] = []
    for path in paths {
      guard let path else { continue }
      try AtomicFile.check(path, replacing: replacing)
      guard !seen.contains(path) else {
        throw OutputFailure(message: "two files are to be written as '\(path)'", fix: "name different ones")
      }
      seen.append(path)
    }
  }

  /// Puts `text` at `path`, where one is given.
  mutating func write(_ text: @autoclosure () -> String, to path: String?) {
    guard let path else { return }
    do throws(OutputFailure) {
      try AtomicFile.write(Array(text().utf8), to: path, replacing: replacing)
      written.append(path)
    } catch {
      trouble = trouble ?? error
    }
  }
}
