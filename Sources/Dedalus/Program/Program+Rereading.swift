extension Program {
  /// Checks files that are known by their contents, in the order in which `sources` of an earlier program lists them.
  ///
  /// No file is opened: what a file includes must be among those given. So a program can be had again from a record
  /// of it, and comes out with the same numbers for rules and relations.
  ///
  /// - Throws: `InvalidProgram`, with every error in source order.
  public init(rereading sources: [SourceFile]) throws(InvalidProgram) {
    var loader = SourceLoader(firstPath: sources.first?.path ?? "")
    for source in sources { loader.loadWithoutIncludes(source) }
    self = try loader.finish()
  }
}
