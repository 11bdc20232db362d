import Files

extension SourceFile {
  /// The file at `path`, with any contents, if it is a regular file of at most `limit` bytes.
  public init(reading path: String, atMost limit: Int) throws(UnreadableFile) {
    self.init(path: path, bytes: try RegularFile.bytes(of: path, atMost: limit))
  }
}
