import Indices

extension SourceLoader {
  /// Loads the sources of an earlier program. No file is opened. The texts tell which files were given, which
  /// are included, and which are parts.
  mutating func load(again files: [SourceFile]) {
    isClosed = true
    for source in files { _ = add(source) }
    var trial = Parser()
    var includes = IndexedArray<FileID, [Parser.Include]>()
    for file in sources.indices {
      if let error = EncodingScan(sources[file].bytes).error {
        report(error, in: file, from: nil)
        includes.append([])
      } else {
        includes.append(trial.parse(sources[file].bytes, as: file).includes)
      }
    }
    guard includes.contains(where: { $0.contains { $0.instance != nil } }) else {
      for diagnostic in parser.diagnostics.all { trial.diagnostics.report(diagnostic) }
      return parser = trial
    }
    let whole = wholeFiles(includes)
    for file in sources.indices where whole.contains(file) && EncodingScan(sources[file].bytes).error == nil {
      for include in parser.parse(sources[file].bytes, as: file).includes {
        guard let instance = include.instance else { continue }
        instances.append(PendingInstance(include, instance, from: sources[file].path, depth: 1, in: nil))
      }
    }
  }

  /// The files that are read as a whole: those given, and what they include. A file to which nothing leads
  /// was given.
  private mutating func wholeFiles(_ includes: IndexedArray<FileID, [Parser.Include]>) -> Set<FileID> {
    var whole: Set<FileID> = []
    var parts: Set<FileID> = []
    for file in sources.indices where !whole.contains(file) && !parts.contains(file) {
      given.insert(file)
      var open = [(file: file, isPart: false)]
      while let (file, isPart) = open.popLast() {
        guard isPart ? parts.insert(file).inserted : whole.insert(file).inserted else { continue }
        for include in includes[file] {
          guard let next = knownFile(include, from: sources[file].path) else { continue }
          open.append((next, isPart || include.instance != nil))
        }
      }
    }
    return whole
  }
}
