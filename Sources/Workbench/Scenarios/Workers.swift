// Parallel work whose result is the same for any number of threads. The stacks are as large as the main
// thread's usually is, because parsing and matching go as deep as their limits allow.

import Glibc
import Synchronization

/// Threads that share a list of independent tasks.
package enum Workers {
  /// The largest number of threads that a call may ask for.
  package static let most = 256
  private static let stackSize = 8 << 20

  /// One thread per processor, but at most eight: each may need the memory of a whole analysis.
  package static var standardCount: Int { min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// The results of `task` for each number below `count`, in order, whichever of the `threads` threads
  /// computes them.
  static func map<Result: Sendable>(
    _ count: Int, threads: Int, _ task: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    guard threads > 1, count > 1 else { return (0..<count).map(task) }
    let queue = Queue(count, task)
    var started: [pthread_t] = []
    // This thread works too, so the tasks are done even where no other thread can be started.
    for _ in 1..<min(threads, count) {
      guard let thread = start({ queue.work() }) else { break }
      started.append(thread)
    }
    queue.work()
    for thread in started { pthread_join(thread, nil) }
    return queue.results
  }

  private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    var thread = pthread_t()
    let body = Unmanaged.passRetained(Body(body))
    let status = pthread_create(
      &thread, &attributes,
      { pointer in
        if let pointer { Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    guard status == 0 else {
      body.release()
      return nil
    }
    return thread
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// The tasks that no thread has taken yet, and the results so far.
  private final class Queue<Result: Sendable>: Sendable {
    private let state: Mutex<(next: Int, results: [Result?])>
    private let task: @Sendable (Int) -> Result

    init(_ count: Int, _ task: @escaping @Sendable (Int) -> Result) {
      state = Mutex((0, Array(repeating: nil, count: count)))
      self.task = task
    }

    func work() {
      while let number = take() {
        let result = task(number)
        state.withLock { $0.results[number] = result }
      }
    }

    private func take() -> Int? {
      state.withLock { state in
        guard state.next < state.results.count else { return nil }
        defer { state.next += 1 }
        return state.next
      }
    }

    /// Every result; only to be read when no thread works any more.
    var results: [Result] {
      state.withLock { state in
        let results = state.results.compactMap { $0 }
        precondition(results.count == state.results.count, "every task was taken and done")
        return results
      }
    }
  }
}
