extension Program {
  /// Reads and checks the files at `paths` as one program.
  ///
  /// - Throws: `InvalidProgram`, with every error in source order.
  public init(reading paths: [String]) throws(InvalidProgram) {
    var loader = SourceLoader(firstPath: paths.first ?? "")
    for path in paths { loader.load(path) }
    self = try loader.finish()
  }

  /// Checks `text` as a program. Messages name it by `path`, and included files are searched in the folder of
  /// `path`.
  ///
  /// - Throws: `InvalidProgram`, with every error in source order.
  public init(text: String, path: String = "input.ded") throws(InvalidProgram) {
    self = try Program(bytes: Array(text.utf8), path: path)
  }

  /// Checks `bytes` as a program. Messages name it by `path`, and included files are searched in the folder
  /// of `path`.
  ///
  /// - Throws: `InvalidProgram`, with every error in source order.
  public init(bytes: [UInt8], path: String = "input.ded") throws(InvalidProgram) {
    var loader = SourceLoader(firstPath: path)
    loader.load(bytes, path: path)
    self = try loader.finish()
  }
}

extension SourceLoader {
  /// Checks everything that was read.
  consuming func finish() throws(InvalidProgram) -> Program {
    var loader = self
    loader.loadParts()
    let (sources, parser) = (loader.sources, loader.parser)
    if parser.isExhausted {
      throw InvalidProgram(
        diagnostics: parser.diagnostics.sorted.filter { $0.severity == .error }, sources: sources)
    }
    var tree = parser.tree
    tree.removeDuplicates()
    var checker = Checker(tree, symbols: parser.lexer.symbols, diagnostics: parser.diagnostics)
    return try checker.check(sources: sources)
  }
}
