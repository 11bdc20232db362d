// Words for calls that can be pasted into a shell, whatever the names of files and nodes.

/// `text` as one word of a shell's command line.
public func shellWord(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy { byte in
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,:@%+=".utf8.contains(byte)
  }
  guard !isPlain || text.isEmpty else { return text }
  return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}

/// `path` as a word that is not read as an option.
public func shellPath(_ path: String) -> String {
  shellWord(path.hasPrefix("-") ? "./" + path : path)
}

/// An option with its value: `--nodes a,b`, and where the value looks like an option itself, `--nodes=-1,b`.
public func shellOption(_ name: String, _ value: String) -> String {
  name + (value.hasPrefix("-") ? "=" : " ") + shellWord(value)
}
