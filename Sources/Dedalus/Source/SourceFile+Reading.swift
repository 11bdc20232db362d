import Files

extension SourceFile {
  /// The file at `path`, whatever it holds, if it is a regular one of at most `limit` bytes.
  public init(reading path: String, atMost limit: Int) throws(UnreadableFile) {
    self.init(path: path, bytes: try RegularFile.bytes(of: path, atMost: limit))
  }
}
