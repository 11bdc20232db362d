// Glosses are sentences in the present tense about variables. To say them of values, values take the place
// of the variables; to say that a row does not hold, the verb is denied; of several subjects, it is put in
// the plural. This is done by the little grammar that such sentences have: the verb follows the variable
// with which the sentence begins, or is the first word of a list of auxiliaries. Where no verb is found, the
// gloss cannot be denied, and the row is written as a term.

import Dedalus

/// A gloss, ready to be said of rows.
struct GlossSentence {
  private let words: [String]
  private let variables: [String]
  private let verb: Int

  /// The sentence of `gloss`; nil where it is a part of a longer one, or has no verb that is found.
  init?(_ gloss: Gloss) {
    variables = gloss.variables
    guard let clause = Self.clause(of: gloss) else { return nil }
    let words = clause.split(separator: " ").map(String.init)
    guard let verb = Self.verb(of: words, gloss.variables) else { return nil }
    (self.words, self.verb) = (words, verb)
  }

  /// The first part of the gloss that says something about its variables.
  private static func clause(of gloss: Gloss) -> String? {
    var text = Substring(gloss.text)
    if let colon = text.firstIndex(of: ":") {
      let isAside = !mentions(gloss.variables, text[..<colon])
      text = isAside ? text[text.index(after: colon)...] : text[..<colon]
    }
    for end in [";", " (", ". "] {
      if let range = text.firstRange(of: end) { text = text[..<range.lowerBound] }
    }
    var clause = text.split(separator: " ").joined(separator: " ")
    if let aside = clause.firstRange(of: ", perhaps "),
      let end = clause[aside.upperBound...].firstIndex(of: ",")
    {
      clause.removeSubrange(aside.lowerBound...end)
    }
    if clause.hasSuffix(".") { clause.removeLast() }
    guard !clause.hasSuffix(","), mentions(gloss.variables, clause[...]) else { return nil }
    let first = clause.prefix { $0 != " " }
    return dependent.contains(String(first)) ? nil : clause
  }

  /// Words with which a sentence begins that goes on from the one before.
  private static let dependent: Set<String> = [
    "and", "or", "but", "it", "they", "so", "such", "that", "this", "these", "with", "as", "of", "for", "to",
    "both", "same", "then", "also", "which", "who",
  ]

  private static func mentions(_ variables: [String], _ text: Substring) -> Bool {
    text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }).contains {
      variables.contains(String($0))
    }
  }

  // MARK: The verb

  private static let auxiliaries: Set<String> = [
    "is", "are", "was", "were", "has", "have", "may", "can", "must", "will",
  ]
  private static let adverbs: Set<String> = ["still", "now", "also", "never", "already", "once", "again"]
  private static let participles: Set<String> = [
    "heard", "met", "told", "made", "sent", "got", "been", "had", "begun", "seen", "known", "taken", "given",
    "won", "lost", "done", "put", "left", "come", "gone", "run", "written", "read", "set", "found", "chosen",
    "kept", "cast", "said", "drawn", "led", "lent", "run", "thrown", "fallen", "stood", "slept", "held",
  ]

  private static func verb(of words: [String], _ variables: [String]) -> Int? {
    for start in 0..<min(2, words.count) where variables.contains(words[start]) {
      var place = start + 1
      while place < words.count, adverbs.contains(words[place]) { place += 1 }
      guard place < words.count else { return nil }
      return auxiliaries.contains(words[place]) || base(of: words[place]) != nil ? place : nil
    }
    return words.firstIndex { auxiliaries.contains($0) }
  }

  /// The base form of a verb in the third person; nil where the word is no such form.
  private static func base(of word: String) -> String? {
    guard word.hasSuffix("s"), !word.hasSuffix("ss"), word.count > 2, word.allSatisfy(\.isLetter) else {
      return nil
    }
    if word == "has" { return "have" }
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    for ending in ["sses", "shes", "ches", "xes", "zes", "oes"] where word.hasSuffix(ending) {
      return String(word.dropLast(2))
    }
    return String(word.dropLast())
  }

  // MARK: Sentences

  /// The sentence about rows that have these `columns`, each with one value or several; denied where they do
  /// not hold.
  func text(_ columns: [[String]], denied: Bool) -> String {
    let isPlural =
      verb > 0 && variables.firstIndex(of: words[verb - 1]).map { columns[$0].count > 1 } ?? false
    var said: [String] = []
    // What is denied is the first part: a list of denials would say too much.
    let end =
      denied ? words.indices.first { $0 > verb && words[$0].hasSuffix(",") && words[$0 + 1] == "and" } : nil
    for (place, word) in words[...(end ?? words.count - 1)].enumerated() {
      if place == verb {
        said += verbWords(denied: denied, isPlural: isPlural)
      } else {
        said.append(replaced(word, columns, denied: denied && place > verb))
      }
    }
    let text = said.joined(separator: " ")
    return end == nil ? text : String(text.dropLast())
  }

  private func verbWords(denied: Bool, isPlural: Bool) -> [String] {
    let word = words[verb]
    let plural = ["is": "are", "was": "were", "has": "have"][word]
    switch word {
    case "is", "are", "was", "were", "may", "must", "will":
      return [isPlural ? plural ?? word : word] + (denied ? ["not"] : [])
    case "can": return [denied ? "cannot" : "can"]
    case "has" where denied && isPerfect, "have" where denied && isPerfect:
      return [isPlural ? "have" : word, "not"]
    case "have": return denied ? ["do", "not", "have"] : ["have"]
    default:
      let base = Self.base(of: word) ?? word
      if denied { return [isPlural ? "do" : "does", "not", base] }
      return [isPlural ? base : word]
    }
  }

  /// Whether a participle follows the verb.
  private var isPerfect: Bool {
    guard var next = words[(verb + 1)...].first else { return false }
    if Self.adverbs.contains(next), verb + 2 < words.count { next = words[verb + 2] }
    let plain = next.filter(\.isLetter)
    return plain.hasSuffix("ed") || Self.participles.contains(plain)
  }

  /// `word` with the values of the variable that it is, or that begins it, as in `N's`.
  private func replaced(_ word: String, _ columns: [[String]], denied: Bool) -> String {
    let name = word.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard let column = variables.firstIndex(of: String(name)) else { return word }
    return listed(columns[column], denied ? "or" : "and") + word.dropFirst(name.count)
  }
}

/// The parts in a list such as `a, b and c`.
func listed(_ parts: [String], _ word: String) -> String {
  guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
  return parts.dropLast().joined(separator: ", ") + " \(word) " + last
}
