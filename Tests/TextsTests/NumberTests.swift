import Testing
import Texts

@Suite("Numbers as text")
struct NumberTests {
  @Test(
    "a number is rounded to its decimal places",
    arguments: [
      (0, 1, "0.0"), (0.04, 1, "0.0"), (-0.04, 1, "0.0"), (0.05, 1, "0.1"), (2.95, 1, "3.0"),
      (-2.26, 1, "-2.3"),
      (12, 0, "12"), (12.5, 0, "13"), (-0.4, 0, "0"), (1.005, 3, "1.005"), (0.0004, 3, "0.000"),
      (3600, 3, "3600.000"), (0.999_96, 4, "1.0000"), (-7.25, 2, "-7.25"),
    ])
  func decimals(value: Double, places: Int, text: String) {
    #expect(decimalText(value, places: places) == text)
  }

  @Test(
    "seconds have three decimals",
    arguments: [(0, "0.000"), (0.0005, "0.001"), (1.5, "1.500"), (59.9996, "60.000"), (86_400, "86400.000")])
  func secondsText(value: Double, text: String) {
    #expect(seconds(value) == text)
  }

  @Test(
    "a duration is a number of seconds",
    arguments: [
      (Duration.seconds(3), 3), (.milliseconds(250), 0.25), (.nanoseconds(7), 7e-9), (.zero, 0),
      (.seconds(100_000), 100_000), (.milliseconds(-5), -0.005),
    ])
  func durations(duration: Duration, seconds: Double) {
    #expect(abs(duration.inSeconds - seconds) < 1e-12)
  }

  @Test(
    "only decimal digits without a leading zero are a whole number",
    arguments: [
      ("0", 0), ("7", 7), ("1000000", 1_000_000), ("9223372036854775807", Int.max), ("", nil), ("00", nil),
      ("01", nil), ("+1", nil), ("-1", nil), (" 1", nil), ("1 ", nil), ("1.0", nil), ("1e3", nil),
      ("0x1", nil),
      ("٣", nil), ("9223372036854775808", nil),
    ])
  func wholeNumbers(text: String, number: Int?) {
    #expect(wholeNumber(text) == number)
  }
}

@Suite("Texts in columns")
struct PaddingTests {
  @Test(
    "blanks fill a column, and a longer text stays as it is",
    arguments: [
      ("", 0, "", ""), ("", 3, "   ", "   "), ("ab", 4, "ab  ", "  ab"), ("ab", 2, "ab", "ab"),
      ("abc", 2, "abc", "abc"), ("⟨7⟩", 5, "⟨7⟩  ", "  ⟨7⟩"), ("e\u{301}", 2, "e\u{301} ", " e\u{301}"),
    ])
  func padding(text: String, width: Int, left: String, right: String) {
    #expect(text.padded(to: width) == left && text.indented(to: width) == right)
  }
}

@Suite("Texts that are shown")
struct ShownTextTests {
  @Test(
    "what a terminal would interpret, or not show, is shown by its number",
    arguments: [
      ("plain, with blanks", "plain, with blanks"), ("ä 漢 🙂", "ä 漢 🙂"), ("\u{1B}[31m", "\\u{1B}[31m"),
      ("a\nb\tc", "a\\u{A}b\\u{9}c"), ("\u{7F}\u{85}", "\\u{7F}\\u{85}"), ("x\u{202E}y", "x\\u{202E}y"),
      ("\u{200B}", "\\u{200B}"), ("\u{FEFF}", "\\u{FEFF}"), ("soft\u{AD}hyphen", "soft\\u{AD}hyphen"),
      ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"), ("\u{E0041}", "\\u{E0041}"), ("", ""),
    ])
  func shown(text: String, expected: String) {
    #expect(text.showingEverything == expected)
    #expect(expected.showingEverything == expected, "it is shown only once")
  }
}

@Suite("Words of a shell")
struct ShellTextTests {
  @Test(
    "a word is quoted where the shell would read it otherwise",
    arguments: [
      ("p.ded", "p.ded"), ("a,b", "a,b"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"),
      ("$HOME", "'$HOME'"), ("a;b", "'a;b'"), ("ä", "'ä'"), ("*", "'*'"), ("'", "''\\'''"),
    ])
  func words(text: String, word: String) {
    #expect(shellWord(text) == word)
  }

  @Test("what begins like an option is made a path, or joined to its option")
  func options() {
    #expect(shellPath("-x.ded") == "./-x.ded" && shellPath("x.ded") == "x.ded")
    #expect(shellPath("- x.ded") == "'./- x.ded'")
    #expect(shellOption("--nodes", "a,b") == "--nodes a,b")
    #expect(shellOption("--nodes", "-1,b") == "--nodes=-1,b")
    #expect(shellOption("--nodes", "a b") == "--nodes 'a b'")
  }
}
