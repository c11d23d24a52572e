import ZeroTouchManifests
import ZeroTouchModel

extension Rule {
  static let phasesInCircle = Rule(
    "ZT706", .error, "Kustomizations or releases that wait for each other",
    why: "each stays at DependencyNotReady for ever, and nothing of any of them is applied",
    remedy: "take one `dependsOn` away, or split what both need into one of its own",
    example: Example(
      wrong: "# apps\ndependsOn: [{name: databases}]\n# databases\ndependsOn: [{name: apps}]",
      right: "# apps\ndependsOn: [{name: databases}]"),
    check: { survey in
      let phases = survey.manifests(ofKind: "Kustomization").filter { $0.group == "kustomize.toolkit.fluxcd.io" }
      let releases = survey.manifests(ofKind: "HelmRelease").filter(\.isHelmRelease)
      return [phases, releases].flatMap { manifests in
        PhaseCircles(manifests).all.compactMap { circle -> Violation? in
          guard let first = circle.first else { return nil }
          let names = circle.map { "`\($0.manifest.name)`" }.joined(separator: ", ")
          return Violation(
            at: survey.place(of: first.manifest, at: ["spec", "dependsOn", String(first.index), "name"]),
            circle.count == 1
              ? "the \(first.manifest.kind) \(names) waits for itself" : "\(names) wait for each other")
        }
      }
    })
}

/// What of Flux waits for itself by way of others.
struct PhaseCircles {
  /// One that waits, and the entry of its `dependsOn` that leads on in the circle.
  struct Member {
    let manifest: Manifest
    let index: Int
  }

  private let manifests: [Manifest]
  /// By number: the entries of `dependsOn` with the number of what each names.
  private let needs: [[(index: Int, number: Int)]]

  init(_ manifests: [Manifest]) {
    self.manifests = manifests
    let numbers = Dictionary(grouping: manifests.indices, by: { manifests[$0].name })
    needs = manifests.map { manifest in
      (manifest["spec", "dependsOn"]?.items ?? []).enumerated().compactMap { index, item in
        // The same name may stand for one in each of several clusters: the nearest file is meant.
        let near = (numbers[item["name"]?.text ?? ""] ?? []).max {
          Self.shared(manifests[$0].file, manifest.file) < Self.shared(manifests[$1].file, manifest.file)
        }
        return near.map { (index: index, number: $0) }
      }
    }
  }

  private static func shared(_ left: String, _ right: String) -> Int { zip(left, right).prefix { $0 == $1 }.count }

  /// Every circle, its members in the order of their places.
  var all: [[Member]] {
    let left = trimmed
    var seen: Set<Int> = []
    let linked = links(among: left)
    return left.sorted().compactMap { start in
      guard !seen.contains(start) else { return nil }
      var group: Set<Int> = []
      var next = [start]
      while let number = next.popLast() {
        guard group.insert(number).inserted else { continue }
        next += linked[number] ?? []
      }
      seen.formUnion(group)
      return group.sorted().compactMap { number in
        needs[number].first { group.contains($0.number) }.map {
          Member(manifest: manifests[number], index: $0.index)
        }
      }.sorted { $0.manifest.body.location < $1.manifest.body.location }
    }
  }

  /// What remains when everything is taken away that waits for nothing, or that nothing waits for.
  private var trimmed: Set<Int> {
    let forth = needs.map { $0.map(\.number) }
    var back = [[Int]](repeating: [], count: needs.count)
    for (number, others) in forth.enumerated() { for other in others { back[other].append(number) } }
    return Self.trim(Self.trim(Set(needs.indices), forth, back), back, forth)
  }

  private static func trim(_ all: Set<Int>, _ forth: [[Int]], _ back: [[Int]]) -> Set<Int> {
    var left = all
    var open = Dictionary(
      uniqueKeysWithValues: all.map { number in (number, forth[number].count(where: all.contains)) })
    var next = all.filter { open[$0] == 0 }
    while let number = next.popFirst() {
      left.remove(number)
      for other in back[number] where left.contains(other) {
        open[other, default: 0] -= 1
        if open[other] == 0 { next.insert(other) }
      }
    }
    return left
  }

  private func links(among left: Set<Int>) -> [Int: [Int]] {
    var links: [Int: [Int]] = [:]
    for number in left {
      for other in needs[number].map(\.number) where left.contains(other) {
        links[number, default: []].append(other)
        links[other, default: []].append(number)
      }
    }
    return links
  }
}
