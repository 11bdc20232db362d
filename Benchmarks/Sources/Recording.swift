import Answers
import Glibc

/// What it costs to record every run of a search: whole processes, with and without `--store`, in turns.
struct Recording {
  let name: String
  let arguments: [String]
  /// Whether the store is made, or there already with other analyses in it.
  let isNew: Bool
  let repetitions: Int

  private static let path = "programs/delivery/ack-deliv.ded"
  private static let store = ".build/recording.sqlite"
  private static let published =
    [
      "check", path, "--eot", "8", "--eff", "7", "--crashes", "1", "--strategy", "loop", "--negation",
      "ignore",
    ]
  private static let followed =
    ["check", path, "--eot", "5", "--eff", "4", "--crashes", "1", "--strategy", "loop"]

  static let all = [
    Recording(name: "8,7,1, ignored, a new file", arguments: published, isNew: true, repetitions: 31),
    Recording(name: "8,7,1, ignored, a file in use", arguments: published, isNew: false, repetitions: 31),
    Recording(name: "5,4,1, followed, a new file", arguments: followed, isNew: true, repetitions: 3),
  ]

  /// The median CPU seconds of a process without and with a record.
  private func measure(_ command: String) -> (plain: Double, recorded: Double)? {
    var (plain, recorded): ([Double], [Double]) = ([], [])
    unlink(Self.store)
    for _ in 0..<repetitions {
      if isNew { unlink(Self.store) }
      guard let bare = runProcess([command] + arguments), bare.exitCode != 2,
        let kept = runProcess([command] + arguments + ["--store", Self.store]), kept.exitCode == bare.exitCode
      else { return nil }
      plain.append(bare.seconds)
      recorded.append(kept.seconds)
    }
    return (median(plain), median(recorded))
  }

  static func printTable(_ command: String) {
    print("every run of the loop on ack-deliv           CPU ms   with --store   more   (floor: 30 %)")
    for recording in all {
      guard let (plain, recorded) = recording.measure(command) else {
        print("  \(left(recording.name, 40)) cannot be run: \(recording.arguments.joined(separator: " "))")
        continue
      }
      print(
        "  \(left(recording.name, 40))\(right(plain * 1e3, 9))\(right(recorded * 1e3, 15))"
          + "\(right((recorded / plain - 1) * 100, 5, digits: 0)) %")
    }
    print()
  }
}
