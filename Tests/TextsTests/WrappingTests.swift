import Testing
import Texts

@Suite("Lines of a width")
struct WrappingTests {
  @Test("no line is wider than asked, whatever the words")
  func wrapping() {
    #expect(wrapped("  a b c", width: 5, hanging: 3) == ["  a b", "  c"])
    #expect(wrapped("abcdefgh ij", width: 4, hanging: 1) == ["abcd", " efg", " h", " ij"])
    #expect(wrapped("verdict  two blanks", width: 40) == ["verdict  two blanks"])
  }
}
