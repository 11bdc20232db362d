// From the arguments to an exit code. The parser's behaviour is changed where reference-command.md requires
// it: a usage error exits with 2, a mistyped verb gets a suggestion, and an option given twice is an error
// instead of the last value winning.

import Answers
import ArgumentParser
import Dedalus
import Files
import Reports
import Search
import Texts
import Workbench

/// One call of the command.
struct Call {
  private let arguments: [String]
  /// The first argument that is not valid text.
  private let unreadable: FileName?

  init(_ arguments: [FileName]) {
    self.arguments = arguments.map(\.shown)
    unreadable = arguments.first { $0.text == nil }
  }

  func status(on console: Console) -> ExitStatus {
    let console = console.adjusted(to: consoleOptions)
    do {
      if let unreadable {
        throw Refusal.usage("the argument '\(unreadable.shown)' is not UTF-8", usage: "")
      }
      if let call = SolverCall(plain: arguments) { return try call.execute(console) }
      return try verb(console)?.execute(console) ?? .success
    } catch let error as Disagreement {
      console.report(DisagreementReport(error).save(in: [".", "/tmp"]))
      return .internalError
    } catch {
      return refuse(Refusal(error), console)
    }
  }

  /// Reports on standard error why there is no answer; under `--json` on standard output too.
  private func refuse(_ refusal: Refusal, _ console: Console) -> ExitStatus {
    console.report(refusal.text(coloured: console.isErrorColoured))
    if case .silent = refusal { return .refused }
    if optionNames.contains("--json") { try? console.write(refusal.json.text) }
    return .refused
  }

  /// How the console is wanted. What is wrong with a call is told in this way, too, so this does not wait for
  /// the parser.
  private var consoleOptions: ConsoleOptions {
    var options = ConsoleOptions()
    let own = arguments.prefix { $0 != "--" }
    let values =
      zip(own, own.dropFirst()).filter { $0.0 == "--color" }.map(\.1)
      + own.filter { $0.hasPrefix("--color=") }.map { String($0.dropFirst("--color=".count)) }
    options.color = values.first.flatMap(ConsoleOptions.Colour.init) ?? .auto
    options.quiet = own.contains("--quiet")
    return options
  }

  // MARK: Parsing

  /// The verb that the arguments name; nil where they ask for help, which is then shown.
  private func verb(_ console: Console) throws -> (any Verb)? {
    do {
      try checkVerb()
      try checkRepetition()
      if let verb = verbAlone() { return verb }
      var command = try Faultline.parseAsRoot(arguments)
      if let verb = command as? any Verb { return verb }
      try command.run()  // a request for help, which says by its error of which verb
      throw CleanExit.helpRequest()
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      let text = Faultline.fullMessage(for: error)
      if Faultline.exitCode(for: error) == .success, !arguments.isEmpty {
        try console.write(text.hasSuffix("\n") ? text : text + "\n")
        return nil
      }
      throw usage(Faultline.message(for: error), full: text)
    }
  }

  /// The verb, if its own parser accepts the arguments: that takes half the time of parsing the whole
  /// command. Other arguments are left to the whole command's parser, which can report what is wrong.
  private func verbAlone() -> (any Verb)? {
    let type = Faultline.verbs.first { $0.configuration.commandName == arguments.first }
    return (try? type?.parseAsRoot(Array(arguments.dropFirst()))) as? any Verb
  }

  private func usage(_ message: String, full text: String) -> Refusal {
    guard !arguments.isEmpty else {
      return .usage("a verb is missing: what shall be done?", usage: Faultline.helpMessage() + "\n")
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines.firstIndex { $0.hasPrefix("Usage:") } ?? lines.count
    let phrase = message.split(separator: "\n").first.map(String.init) ?? message
    let usage = lines[start...].joined(separator: "\n")
    return .usage(
      (phrase.hasSuffix(".") ? String(phrase.dropLast()) : phrase) + hint(about: phrase),
      usage: usage + (usage.isEmpty ? "" : "\n"))
  }

  /// How to give an option a value that looks like an option, where that is why a value is reported missing.
  private func hint(about phrase: String) -> String {
    guard phrase.hasPrefix("Missing value for '") else { return "" }
    let name = String(phrase.dropFirst("Missing value for '".count).prefix { $0 != " " && $0 != "'" })
    let long = Self.aliases[name] ?? name
    guard let place = arguments.firstIndex(where: { $0 == name || Self.aliases[$0] == long }),
      place + 1 < arguments.count
    else { return "" }
    let value = arguments[place + 1]
    guard value.hasPrefix("-"), !value.hasPrefix("--"), Self.aliases[value] == nil, value != "-h" else {
      return ""
    }
    return "; a value that begins with '-' follows a '=': \(shellOption(long, value))"
  }

  private func checkVerb() throws(Refusal) {
    let names = Faultline.verbs.map { $0._commandName } + ["help"]
    let isHelp = arguments.first == "help" && arguments.count > 1
    let first = isHelp ? arguments[1] : arguments.first
    guard let first, !first.hasPrefix("-"), !names.contains(first) else { return }
    let fix =
      if first.hasSuffix(".ded") { "; 'faultline check \(shellPath(first))' checks a program" } else {
        nearest(to: first, among: names).map { "; did you mean '\($0)'?" } ?? ""
      }
    throw .usage("there is no verb '\(first)'\(fix)", usage: "Verbs: \(names.joined(separator: ", "))\n")
  }

  /// The options that may be given more than once.
  private static let repeatable: Set<String> = ["--choose", "--fault", "--program", "--property"]
  private static let aliases = [
    "-t": "--eot", "--EOT": "--eot", "-f": "--eff", "--EFF": "--eff", "-c": "--crashes", "-N": "--nodes",
    "-o": "--output",
  ]

  private func checkRepetition() throws(Refusal) {
    var seen = Set<String>()
    for name in optionNames where !Self.repeatable.contains(name) {
      guard seen.insert(name).inserted else {
        throw .usage("the option '\(name)' is given twice", usage: "See 'faultline help'.\n")
      }
    }
  }

  /// The long names of all arguments that look like options, without their values.
  private var optionNames: [String] {
    arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("-") && $0.utf8.count > 1 }.map { argument in
      let name = argument.prefix { $0 != "=" }
      return Self.aliases[String(name)] ?? String(name)
    }
  }
}
