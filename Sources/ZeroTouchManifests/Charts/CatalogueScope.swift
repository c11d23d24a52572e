import ZeroTouchModel

/// What the placeholders of a catalogue entry stand for in one release.
///
/// `{release}`, `{namespace}`, `{fullname}` and `{version}` are names; `{values.a.b}` is a value, which keeps its type
/// where it stands alone.
struct CatalogueScope {
  let release: String
  let namespace: String
  let chart: String
  let version: String
  let values: JSONValue

  /// Helm's usual full name: the release, with the chart's name if it does not hold it already.
  var fullname: String {
    if let name = values["fullnameOverride"]?.stringValue, !name.isEmpty { return name }
    return release.contains(chart) ? release : "\(release)-\(chart)"
  }

  /// Whether the switch a part names in `when` is on and that in `unless` is off; a part without either always counts.
  func includes(_ part: JSONValue) -> Bool {
    (part["when"]?.stringValue.map(isOn) ?? true) && !(part["unless"]?.stringValue.map(isOn) ?? false)
  }

  private func isOn(_ path: String) -> Bool {
    switch value(at: path) {
    case nil, .null?, .bool(false)?, .string("")?, .int(0)?: false
    default: true
    }
  }

  /// The part with every placeholder filled in.
  func filled(_ part: JSONValue) throws -> JSONValue {
    switch part {
    case .object(let members):
      return .object(try members.filter { !["when", "unless"].contains($0.key) }.mapValues(filled))
    case .array(let elements): return .array(try elements.map(filled))
    case .string(let text): return try filled(text)
    default: return part
    }
  }

  private func filled(_ text: String) throws -> JSONValue {
    let pattern = #/\{([a-zA-Z][\w.]*)\}/#
    if let whole = text.wholeMatch(of: pattern) { return try meaning(String(whole.1)) }
    var result = text
    for match in text.matches(of: pattern).reversed() {
      let value = try meaning(String(match.1))
      result.replaceSubrange(match.range, with: value.stringValue ?? value.text())
    }
    return .string(result)
  }

  private func meaning(_ name: String) throws -> JSONValue {
    switch name {
    case "release": return .string(release)
    case "namespace": return .string(namespace)
    case "fullname": return .string(fullname)
    case "version": return .string(version)
    default:
      guard name.hasPrefix("values."), let value = value(at: String(name.dropFirst("values.".count))) else {
        throw CatalogueEntry.Malformed(description: "`{\(name)}` of the catalogue's `\(chart)` stands for nothing")
      }
      return value
    }
  }

  private func value(at path: String) -> JSONValue? {
    path.split(separator: ".").reduce(Optional(values)) { $0?[String($1)] }
  }
}
