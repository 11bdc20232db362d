import ArgumentParser

/// What the console shows, and how.
struct ConsoleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Use colours: auto, on a terminal; always; never. Default: auto.", valueName: "when"))
  var color: Colour = .auto

  @Flag(help: "Show the verdict alone: no reasons, warnings, notes and progress. Errors are told.")
  var quiet = false

  /// Where there are colours.
  enum Colour: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }
}
