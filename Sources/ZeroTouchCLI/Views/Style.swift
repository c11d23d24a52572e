/// How a word looks on a terminal; plain text where colour is off.
struct Style: Sendable {
  let isOn: Bool

  func good(_ text: String) -> String { paint(text, 32) }
  func bad(_ text: String) -> String { paint(text, 31) }
  func note(_ text: String) -> String { paint(text, 33) }
  func faint(_ text: String) -> String { paint(text, 2) }
  func strong(_ text: String) -> String { paint(text, 1) }

  private func paint(_ text: String, _ code: Int) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
