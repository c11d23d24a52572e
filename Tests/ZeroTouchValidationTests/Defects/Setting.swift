/// Healthy files that a copy of this repository gets before a fault is put into it.
struct Setting: Sendable {
  let name: String
  let files: [String: String]

  init(_ name: String, _ files: [String: String]) {
    self.name = name
    self.files = files
  }

  /// This repository as it is.
  static let ours = Setting("ours", [:])

  /// Every one of them; each has to be without findings.
  static let all: [Setting] = [.ours]
}
