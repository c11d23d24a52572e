package import ZeroTouchModel

/// A YAML text as the JSON documents Kubernetes tools see in it.
///
/// Plain scalars are read as kubectl and helm read them, by YAML 1.1: `yes`, `on` and `y` are true, `0o14`, `014`
/// and `0x1F` are integers, a date stays a string. Everything in quotes stays a string.
package enum YAMLDocuments {
  /// Reads every document that is not empty; all problems found are reported with line and column.
  package static func parse(_ text: String, file: String) throws(InvalidInput) -> [JSONValue] {
    guard let memory = YAMLMemory.current else { return try LocatedYAML.documents(of: text, file: file).map(\.json) }
    return try memory.documents(of: text) { () throws(InvalidInput) in
      try LocatedYAML.documents(of: text, file: file).map(\.json)
    }
  }
}
