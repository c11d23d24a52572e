package import ZeroTouchModel

/// One chart, or one folder of a remote repository, at the versions an entry is true of.
package struct CatalogueEntry: Sendable {
  /// Why an entry of the catalogue is unusable.
  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  /// In its normalised spelling.
  package let repoURL: String
  /// The chart's name, or the path inside a Git repository.
  package let place: String
  package let versions: [String]
  /// Who says what the entry says.
  package let facts: String
  private let values: JSONValue
  private let parts: JSONValue

  init(_ document: JSONValue) throws {
    guard let repoURL = document["repoURL"]?.stringValue,
      let place = (document["chart"] ?? document["path"])?.stringValue,
      let versions = document["versions"]?.arrayValue, !versions.isEmpty,
      let facts = document["facts"]?.stringValue
    else { throw Malformed(description: "a catalogue entry needs repoURL, chart or path, versions and facts") }
    let known: Set = [
      "repoURL", "chart", "path", "versions", "facts", "values", "definitions", "accounts", "workloads", "services",
      "webhooks", "objects",
    ]
    if let stranger = (document.objectValue ?? [:]).keys.sorted().first(where: { !known.contains($0) }) {
      throw Malformed(description: "the catalogue entry of `\(place)` has an unknown key `\(stranger)`")
    }
    self.repoURL = ChartReference.normalized(repoURL)
    self.place = place
    self.versions = versions.compactMap(\.stringValue)
    self.facts = facts
    values = document["values"] ?? [:]
    parts = document
  }

  /// The name by which people know the entry.
  package var name: String { place.split(separator: "/").last.map(String.init) ?? place }

  /// The value that has to be set for the chart to define a kind; nil where it always does, or never.
  package func switchDefining(group: String, kind: String) -> String? {
    (parts["definitions"]?.arrayValue ?? []).first {
      $0["group"]?.stringValue == group && $0["kind"]?.stringValue == kind
    }?["when"]?.stringValue
  }

  /// Writes out every object for a release with its values.
  package func objects(release: String, namespace: String, values given: JSONValue = [:]) throws -> [JSONValue] {
    let scope = CatalogueScope(
      release: release, namespace: namespace, chart: name, version: versions.first ?? "",
      values: values.overlaid(with: given))
    func list(_ name: String) throws -> [JSONValue] {
      try (parts[name]?.arrayValue ?? []).filter(scope.includes).map { try scope.filled($0) }
    }
    let accounts = try list("accounts").flatMap { ExpandedObjects.account($0, scope) }
    return try list("definitions").map(ExpandedObjects.definition) + accounts
      + list("objects").map { ExpandedObjects.plain($0) } + list("services").map { ExpandedObjects.service($0, scope) }
      + list("workloads").map { ExpandedObjects.workload($0, scope) }
      + list("webhooks").map { ExpandedObjects.webhooks($0, scope) }
  }
}
