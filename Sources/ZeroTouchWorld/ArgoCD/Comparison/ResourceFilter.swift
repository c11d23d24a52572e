import ZeroTouchManifests
import ZeroTouchModel

/// Which kinds Argo CD leaves alone: what it never looks at, and the lists in `argocd-cm`.
struct ResourceFilter: Sendable, Hashable {
  /// One entry of `resource.exclusions` or `resource.inclusions`; an empty list means everything.
  private struct Entry: Sendable, Hashable {
    let groups: [String]
    let kinds: [String]
    let clusters: [String]

    init(groups: [String], kinds: [String] = [], clusters: [String] = []) {
      (self.groups, self.kinds, self.clusters) = (groups, kinds, clusters)
    }

    init(_ json: JSONValue) {
      func list(_ name: String) -> [String] { (json[name]?.arrayValue ?? []).map { $0.stringValue ?? $0.text() } }
      self.init(groups: list("apiGroups"), kinds: list("kinds"), clusters: list("clusters"))
    }

    var concernsCluster: Bool {
      clusters.isEmpty || clusters.contains { Wildcard.matches($0, ArgoCDNames.inCluster) }
    }

    func matches(_ group: String, _ kind: String) -> Bool {
      concernsCluster && (groups.isEmpty || groups.contains { Wildcard.matches($0, group) })
        && (kinds.isEmpty || kinds.contains { $0 == "*" || $0 == kind })
    }
  }

  /// What Argo CD leaves alone whatever its settings say.
  private static let always = [
    Entry(groups: ["events.k8s.io", "metrics.k8s.io"]), Entry(groups: [""], kinds: ["Event"]),
    Entry(groups: ["coordination.k8s.io"], kinds: ["Lease"]),
  ]

  private var exclusions: [Entry] = []
  private var inclusions: [Entry] = []
  /// Why the lists cannot be read: then nothing can be compared.
  private(set) var problem: String?

  init() {}

  /// The lists in the settings of a world's Argo CD. Its defaults lie there too: who writes one replaces them.
  init(in world: World) {
    let settings = world.objects[ArgoCDNames.settings]?["data"]
    do throws(InvalidInput) {
      exclusions = try Self.entries(settings?["resource.exclusions"])
    } catch { problem = "error unmarshalling excluded resources \(Self.cause(error))" }
    do throws(InvalidInput) {
      inclusions = try Self.entries(settings?["resource.inclusions"])
    } catch { problem = "error unmarshalling included resources \(Self.cause(error))" }
  }

  private static func entries(_ text: JSONValue?) throws(InvalidInput) -> [Entry] {
    guard let text = text?.stringValue else { return [] }
    let list = try YAMLDocuments.parse(text, file: ArgoCDNames.settings.name).first ?? .array([])
    return (list.arrayValue ?? []).map(Entry.init)
  }

  private static func cause(_ input: InvalidInput) -> String { input.diagnostics.first?.message ?? "" }

  /// Whether Argo CD leaves a kind alone.
  func excludes(group: String, kind: String) -> Bool {
    if (Self.always + exclusions).contains(where: { $0.matches(group, kind) }) { return true }
    if inclusions.contains(where: { $0.matches(group, kind) }) { return false }
    return inclusions.contains(where: \.concernsCluster)
  }
}

/// Names with `*` for any characters and `?` for one.
enum Wildcard {
  static func matches(_ pattern: String, _ text: String) -> Bool {
    matches(Array(pattern)[...], Array(text)[...])
  }

  private static func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    switch first {
    case "*":
      return (text.startIndex...text.endIndex).contains { matches(pattern.dropFirst(), text[$0...]) }
    case "?": return !text.isEmpty && matches(pattern.dropFirst(), text.dropFirst())
    default: return text.first == first && matches(pattern.dropFirst(), text.dropFirst())
    }
  }
}

extension World {
  /// The live objects of an Application that Argo CD looks at.
  func watched(_ tracked: Set<ObjectKey>) -> Set<ObjectKey> {
    var excluded: [GroupResource: Bool] = [:]
    for resource in Set(tracked.lazy.map(\.resource)) {
      excluded[resource] = argoCD.filter.excludes(group: resource.group, kind: registry[resource]?.kind ?? "")
    }
    return excluded.values.contains(true) ? tracked.filter { excluded[$0.resource] != true } : tracked
  }
}
