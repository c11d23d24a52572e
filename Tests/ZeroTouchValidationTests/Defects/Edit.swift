/// A change of one file of a copy.
enum Edit: Sendable {
  /// Takes another text for one that stands once in the file.
  case replace(String, with: String, in: String)
  case append(String, to: String)
  case add(String, String)
  case remove(String)

  var path: String {
    switch self {
    case .replace(_, _, let path), .append(_, let path), .add(let path, _), .remove(let path): path
    }
  }

  var testDescription: String {
    switch self {
    case .replace(_, let new, let path): "`\(new.split(separator: "\n").first ?? "")` in \(path)"
    case .append(let text, let path): "`\(text.split(separator: "\n").first ?? "")` behind \(path)"
    case .add(let path, _): "with \(path)"
    case .remove(let path): "without \(path)"
    }
  }

  /// The file's text after the change, of the one before it; nil where there is none.
  func applied(to text: String?) throws(Misfit) -> String? {
    switch self {
    case .add(_, let new):
      guard text == nil else { throw Misfit("`\(path)` is there already: the defect would replace it") }
      return new
    case .remove, .append, .replace:
      guard let text else { throw Misfit("`\(path)` is not there any more: put the defect into another file") }
      return try changed(text)
    }
  }

  private func changed(_ text: String) throws(Misfit) -> String? {
    switch self {
    case .append(let new, _): return text + new
    case .replace(let old, let new, _):
      let parts = text.split(separator: old, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw Misfit("`\(old)` stands \(parts.count - 1) times in `\(path)`, not once: choose another text to replace")
      }
      return parts.joined(separator: new)
    case .add, .remove: return nil
    }
  }
}

/// Why a defect cannot be put into this repository any more; the table is to be mended, not the rule.
struct Misfit: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
