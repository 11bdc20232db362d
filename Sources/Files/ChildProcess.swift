// A system program that works for this process, and must not outlive it: whoever starts a child ends it.
// posix_spawn starts it in its own process group, so that only this process receives Ctrl-C and ends the
// child.

@preconcurrency import Glibc

/// Runs other programs.
public enum ChildProcess {
  /// Why a program could not be started.
  public struct Failure: Error, CustomStringConvertible {
    /// The system's reason as a phrase.
    public let description: String
  }

  /// The folders in which programs are searched: the variable PATH, or the usual folders.
  public static var searchPath: String {
    getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
  }

  /// The executable file called `name` in the folders of `searchPath`.
  public static func program(_ name: String, in searchPath: String = searchPath) -> String? {
    searchPath.split(separator: ":").map { "\($0)/\(name)" }.first { path in
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
  }

  /// A standard stream of a child.
  public enum Stream {
    /// The file at this path, opened with these flags.
    case file(String, Int32)
    /// This process's open file with this number.
    case open(Int32)
  }

  /// Starts the file `program`, with `streams` as its standard streams. Returns its process number, which is
  /// also that of its group.
  public static func start(
    _ program: String, _ arguments: [String], _ streams: [Stream]
  ) throws(Failure) -> pid_t {
    var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (descriptor, stream) in streams.enumerated() {
      switch stream {
      case .file(let path, let flags):
        posix_spawn_file_actions_addopen(&actions, Int32(descriptor), path, flags, 0o600)
      case .open(let number): posix_spawn_file_actions_adddup2(&actions, number, Int32(descriptor))
      }
    }
    // The child must not inherit the signals that this process ignores or blocks.
    var (usual, none) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigemptyset(&usual)
    for signal in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM] { sigaddset(&usual, signal) }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    let words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let error = posix_spawn(&child, program, &actions, &attributes, words, environ)
    guard error == 0 else { throw Failure(description: String(cString: strerror(error))) }
    return child
  }
}
