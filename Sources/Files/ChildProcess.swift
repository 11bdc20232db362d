// A program of the system that works for us. It ends when we do: whoever waits for it asks all the while whether to go
// on, and a child that is no longer wanted is killed with its own children. It is started by posix_spawn in a process
// group of its own, so that Ctrl-C reaches us alone and we tell it.

@preconcurrency import Glibc

/// A run of another program.
public enum ChildProcess {
  /// Why there is no result.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// It could not be started or waited for: the reason of the system.
    case unreachable(String)
    /// Nobody wanted to wait any longer.
    case stopped

    /// The reason, as a phrase.
    public var description: String {
      switch self {
      case .unreachable(let reason): reason
      case .stopped: "it was stopped"
      }
    }
  }

  /// Where programs are looked for: the variable PATH, or the usual folders.
  public static var searchPath: String {
    getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
  }

  /// The file called `name` in the folders of `searchPath` that may be run.
  public static func program(_ name: String, in searchPath: String = searchPath) -> String? {
    searchPath.split(separator: ":").map { "\($0)/\(name)" }.first { path in
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
  }

  /// Runs `program` with `arguments`, its output going to the file `output` and what it has to say to `errors`. Returns
  /// its exit code, or 128 and the signal that ended it.
  public static func run(
    _ program: String, _ arguments: [String], input: String = "/dev/null", output: String, errors: String,
    shouldStop: () -> Bool
  ) throws(Failure) -> Int32 {
    let child = try start(
      program, arguments, [.file(input, O_RDONLY), .file(output, write), .file(errors, write)])
    var status: Int32 = 0
    while true {
      let found = waitpid(child, &status, WNOHANG)
      if found == child { return exitCode(status) }
      guard found == 0 || errno == EINTR else { throw .unreachable(String(cString: strerror(errno))) }
      if shouldStop() {
        kill(-child, SIGKILL)
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        throw .stopped
      }
      usleep(pause)
    }
  }

  private static let write = O_WRONLY | O_CREAT | O_TRUNC
  /// Microseconds between two looks at the child.
  private static let pause: UInt32 = 2_000

  /// What a standard stream of a child is.
  public enum Stream {
    /// The file at this path, opened with these flags.
    case file(String, Int32)
    /// What we have open under this number.
    case open(Int32)
  }

  /// Starts the file `program`, with `streams` as its standard streams; its number, and that of its group.
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
    // What we ignore or block is no business of the child's.
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
    guard error == 0 else { throw .unreachable(String(cString: strerror(error))) }
    return child
  }

  private static func exitCode(_ status: Int32) -> Int32 {
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}
