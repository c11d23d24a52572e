import ZeroTouchModel

/// Where pods are that a pod wants to be with, or that keep it away, by topology.
struct PodTopology: Sendable {
  private struct Place: Hashable {
    let key: String
    let value: String
  }

  private var wanted: [Set<Place>] = []
  private var wantedKeys: [String] = []
  private var avoided: Set<Place> = []
  private var guarded: Set<Place> = []

  init(_ request: SchedulingRequest, in world: World) {
    let labels = { (namespace: String) in
      world.objects[ObjectKey(.namespaces, namespace)]?[path: "metadata", "labels"]?.stringMap ?? [:]
    }
    for term in request.affinity { addWanted(term, request, world, labels) }
    for term in request.pod.antiAffinity {
      avoided.formUnion(Self.places(of: term, request, world, labels))
    }
    for key in Self.exclusivePods(request, world.index) {
      guard let other = world.index.pods[key], let node = other.node.flatMap({ world.index.nodes[$0] }) else {
        continue
      }
      for term in other.antiAffinity where term.matches(request.pod, namespaceLabels: labels) {
        if let value = node.labels[term.topologyKey] { guarded.insert(Place(key: term.topologyKey, value: value)) }
      }
    }
  }

  /// The pods that may keep this one away; a pod bound for one node meets only those there and the far-reaching ones.
  private static func exclusivePods(_ request: SchedulingRequest, _ index: WorkloadIndex) -> Set<ObjectKey> {
    guard let node = request.pinnedNode else { return index.exclusive }
    return index.pods(on: node).intersection(index.exclusive).union(index.farExclusive)
  }

  /// The first pod of a group that wants to be together may start the group anywhere.
  private mutating func addWanted(
    _ term: AffinityTerm, _ request: SchedulingRequest, _ world: World, _ labels: (String) -> [String: String]
  ) {
    let places = Self.places(of: term, request, world, labels)
    if places.isEmpty, term.matches(request.pod, namespaceLabels: labels) { return }
    wanted.append(places)
    wantedKeys.append(term.topologyKey)
  }

  private static func places(
    of term: AffinityTerm, _ request: SchedulingRequest, _ world: World, _ labels: (String) -> [String: String]
  ) -> Set<Place> {
    var places: Set<Place> = []
    var pods = world.index.pods.keys.map { $0 }
    if let node = request.pinnedNode, term.isPerNode { pods = Array(world.index.pods(on: node)) }
    for pod in pods.compactMap({ world.index.pods[$0] })
    where pod.isActive && term.matches(pod, namespaceLabels: labels) {
      guard let node = pod.node.flatMap({ world.index.nodes[$0] }), let value = node.labels[term.topologyKey] else {
        continue
      }
      places.insert(Place(key: term.topologyKey, value: value))
    }
    return places
  }

  func refusal(of node: NodeRecord) -> NodeRefusal? {
    func here(_ key: String) -> Place? { node.labels[key].map { Place(key: key, value: $0) } }
    for (places, key) in zip(wanted, wantedKeys) {
      guard let place = here(key), places.contains(place) else { return .affinity }
    }
    if avoided.contains(where: { here($0.key) == $0 }) { return .antiAffinity }
    if guarded.contains(where: { here($0.key) == $0 }) { return .existingAntiAffinity }
    return nil
  }
}
