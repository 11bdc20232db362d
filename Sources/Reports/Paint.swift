/// Adds colours to text, if colours are wanted.
package struct Paint {
  private let isOn: Bool

  package init(isOn: Bool) { self.isOn = isOn }

  package func red(_ text: String) -> String { paint(text, "1;31") }
  package func green(_ text: String) -> String { paint(text, "1;32") }
  package func yellow(_ text: String) -> String { paint(text, "1;33") }

  private func paint(_ text: String, _ code: String) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
