import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchSecrets
import ZeroTouchValidation

/// The parameters that the ExternalSecrets of a repository read, below one prefix.
struct ParameterDemand: Sendable {
  /// Who reads each of them.
  let readers: [String: [String]]
  /// Those that some reader takes as they are, without decoding base64.
  let readAsText: Set<String>
  /// Whether something reads more than can be named.
  let isOpen: Bool

  init(_ read: ReadParameters, below prefix: String) {
    let wanted = read.all.filter { $0.name.hasPrefix(prefix + "/") }
    readers = Dictionary(grouping: wanted, by: \.name).mapValues { Set($0.map(\.reader)).sorted() }
    readAsText = Set(wanted.filter { !$0.isDecoded }.map(\.name))
    isOpen = read.isOpen
  }

  /// Those that are neither in the store nor among some names.
  func missing(from held: Set<String>) -> [String] { readers.keys.filter { !held.contains($0) }.sorted() }

  /// Those among some names that nothing reads; none where that cannot be known.
  func unused(among held: Set<String>) -> [String] {
    isOpen || readers.isEmpty ? [] : held.filter { readers[$0] == nil }.sorted()
  }
}

extension LiveEnvironment {
  /// What the ExternalSecrets of the repository at a place read. Only what may read there is built: it is what a push of
  /// many parameters takes longest for.
  func parameterDemand(at place: ParameterStoreOptions.Place) async throws -> ParameterDemand {
    let surveyor = try RepositoryValidation(environment: self, stage: nil).surveyor
    let survey = try await surveyor.survey(place.layout.root) { Overlay.mayRead($0, at: place.stage) }
    return ParameterDemand(ReadParameters(survey), below: place.prefix)
  }
}
