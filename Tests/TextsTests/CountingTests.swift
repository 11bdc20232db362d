import Testing
import Texts

@Suite("Numbers with what is counted")
struct CountingTests {
  @Test(
    "one is singular, none and several are plural",
    arguments: [(0, "0 faults", "0 crashes"), (1, "1 fault", "1 crash"), (2, "2 faults", "2 crashes")])
  func nouns(count: Int, faults: String, crashes: String) {
    #expect(counted(count, "fault") == faults && counted("\(count)", "fault") == faults)
    #expect(counted(count, "crash", "crashes") == crashes)
  }

  @Test("what is written in another way is many", arguments: ["about 1.00e41", "11", "1 000"])
  func digits(text: String) { #expect(counted(text, "fault") == "\(text) faults") }

  @Test("what is proved harmless is told by its size")
  func harmless() {
    #expect(
      (0...2).map(harmlessWords) == [
        "it holds without faults", "no single fault breaks it", "no set of 2 faults or fewer breaks it",
      ])
  }
}
