extension Program {
  /// Checks files whose contents are known, in the order of the `sources` of an earlier program.
  ///
  /// No file is opened: what a file includes must be among the sources. So a program can be restored from a
  /// record of it, with the same numbers for rules and relations.
  ///
  /// - Throws: `InvalidProgram`, with every error in source order.
  public init(rereading sources: [SourceFile]) throws(InvalidProgram) {
    var loader = SourceLoader(firstPath: sources.first?.path ?? "")
    loader.load(again: sources)
    self = try loader.finish()
    assert(self.sources.elements == sources, "the files have the numbers that they had")
  }
}
