import ArgumentParser
import Files
import Glibc
import Reports

/// A verb of the command, which determines its exit code.
protocol Verb: ParsableCommand {
  var shown: ConsoleOptions { get }

  /// Carries out the verb.
  func execute(_ console: Console) throws -> ExitStatus
}

/// The whole command, with its verbs.
@main
struct Faultline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faultline",
    abstract:
      "Finds the faults that take a distributed protocol's good outcome away, or proves that there are none.",
    discussion: """
      A protocol is a Dedalus program. Within bounds on rounds, message losses and crashes, 'check' finds a smallest \
      set of faults that breaks it, and confirms it by running the program under them.

      First call: faultline check programs/delivery/simple-deliv.ded --eot 4 --eff 2
      """,
    version: Version.current,
    subcommands: verbs)

  static let verbs: [any Verb.Type] = [
    Check.self, Find.self, Run.self, Graph.self, ReportVerb.self, LabVerb.self, Replay.self, TestVerb.self,
    SweepVerb.self,
    FrontierVerb.self, Solve.self,
    Verify.self,
  ]

  static func main() {
    Interruption.unblock()
    let console = Console()
    let call = Call(Self.arguments)
    Glibc.exit(call.status(on: console).rawValue)
  }

  /// The arguments as the system passes them. Swift's own array has other bytes where they are not UTF-8.
  private static var arguments: [FileName] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { position in
      CommandLine.unsafeArgv[position].map { argument in
        FileName(UnsafeRawBufferPointer(start: argument, count: strlen(argument)))
      }
    }
  }
}
