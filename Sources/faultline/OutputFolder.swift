import Glibc

/// A folder that files are to be written into.
enum OutputFolder {
  /// Refuses a folder that is not there or cannot be written.
  static func check(_ path: String) throws(Refusal) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Refusal.output(
        "the folder '\(path)' cannot be written: \(String(cString: strerror(errno)))", fix: "create it first")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Refusal.output("'\(path)' is not a folder")
    }
    guard access(path, W_OK | X_OK) == 0 else {
      throw Refusal.output("the folder '\(path)' cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}
