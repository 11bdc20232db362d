import Glibc
import Texts

/// Makes the allocator keep what is freed: a block that stays lies above 50 MB of free ones. Handing memory
/// back after each call, as it does in a process that is still small, and faulting it in again would double
/// the figures of short workloads, at random.
func keepFreedMemory() {
  let blocks = (0..<500).map { _ in malloc(100_000) }
  let stays = malloc(64)
  precondition(stays != nil, "there is memory to measure in")
  for block in blocks { free(block) }
}

/// CPU seconds that this process has used.
func processSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The median of `values`, which are not empty.
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// The median CPU seconds of one call of `work`: batches that last at least 20 ms each, seven of them, after
/// one to warm up.
func secondsPerCall(_ work: () -> Void) -> Double {
  var calls = 1
  while true {
    let start = processSeconds()
    for _ in 0..<calls { work() }
    if processSeconds() - start >= 0.02 { break }
    calls *= 2
  }
  return median(
    (0..<7).map { _ in
      let start = processSeconds()
      for _ in 0..<calls { work() }
      return (processSeconds() - start) / Double(calls)
    })
}

/// Runs a command with its output thrown away.
///
/// - Returns: its CPU seconds, user and system, and its exit code; nil where it cannot be started.
func runProcess(_ arguments: [String]) -> (seconds: Double, exitCode: Int32)? {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for descriptor in [1, 2] as [Int32] {
    posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
  }
  var words = arguments.map { strdup($0) }
  defer { for word in words { free(word) } }
  words.append(nil)
  var process = pid_t()
  guard posix_spawn(&process, arguments[0], &actions, nil, words, environ) == 0 else { return nil }
  var status: Int32 = 0
  var usage = rusage()
  guard wait4(process, &status, 0, &usage) == process else { return nil }
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return (seconds(usage.ru_utime) + seconds(usage.ru_stime), status >> 8 & 0xFF)
}

/// `text` at the left of `width` columns.
func left(_ text: String, _ width: Int) -> String {
  text.padded(to: width)
}

/// `value` with `digits` decimals at the right of `width` columns.
func right(_ value: Double, _ width: Int, digits: Int = 1) -> String {
  decimalText(value, places: digits).indented(to: width)
}

/// `value` at the right of `width` columns.
func right(_ value: Int, _ width: Int) -> String { right(Double(value), width, digits: 0) }
