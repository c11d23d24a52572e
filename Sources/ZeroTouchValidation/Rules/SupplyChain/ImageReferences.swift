import ZeroTouchManifests
import ZeroTouchModel

/// The images that an object brings to nodes, each with its path in it.
struct ImageReferences {
  let manifest: Manifest

  init(_ manifest: Manifest) { self.manifest = manifest }

  var all: [(path: [String], image: String)] {
    if let pod = Self.pods[manifest.kind], manifest.groupKind.isBuiltIn { return containers(at: pod) }
    if manifest.group == "pkg.crossplane.io", let image = manifest["spec", "package"]?.text {
      return [(["spec", "package"], image)]
    }
    return manifest.isApplication ? values + kustomized : []
  }

  /// Where the pod lies in an object.
  private static let pods: [String: [String]] = [
    "Pod": ["spec"], "Deployment": ["spec", "template", "spec"], "StatefulSet": ["spec", "template", "spec"],
    "DaemonSet": ["spec", "template", "spec"], "ReplicaSet": ["spec", "template", "spec"],
    "Job": ["spec", "template", "spec"], "CronJob": ["spec", "jobTemplate", "spec", "template", "spec"],
  ]

  private func containers(at pod: [String]) -> [(path: [String], image: String)] {
    ["initContainers", "containers"].flatMap { list in
      (manifest.body.node(at: pod + [list])?.items ?? []).enumerated().compactMap { index, container in
        container["image"]?.text.map { (pod + [list, String(index), "image"], $0) }
      }
    }
  }

  /// `repository` and `tag` side by side in the values of charts.
  private var values: [(path: [String], image: String)] {
    ApplicationSource.all(of: manifest).flatMap { source in
      let path = source.path + ["helm", "valuesObject"]
      return manifest.body.node(at: path).map { Self.tags(in: $0, at: path) } ?? []
    }
  }

  /// What `kustomize` of an Application's source sets: `name:tag` or `name=other:tag`.
  private var kustomized: [(path: [String], image: String)] {
    ApplicationSource.all(of: manifest).flatMap { source in
      (source.node["kustomize"]?["images"]?.items ?? []).enumerated().compactMap { index, item in
        let image = item.text?.split(separator: "=").last.map(String.init)
        return image.map { (source.path + ["kustomize", "images", String(index)], $0) }
      }
    }
  }

  /// `repository` and `tag` side by side, anywhere below a node.
  static func tags(in node: LocatedYAML, at path: [String]) -> [(path: [String], image: String)] {
    let below = (node.entries ?? []).flatMap { tags(in: $0.value, at: path + [$0.key]) }
    let items = (node.items ?? []).enumerated().flatMap { tags(in: $1, at: path + [String($0)]) }
    guard let tag = node["tag"]?.text, !tag.isEmpty, let name = node["repository"]?.text, !name.isEmpty else {
      return below + items
    }
    return [(path + ["tag"], "\(name):\(tag)")] + below + items
  }
}

/// What an image's tag promises.
enum ImageTag {
  private static let moving: Set<String> = [
    "latest", "main", "master", "edge", "nightly", "dev", "develop", "development", "stable", "snapshot", "canary",
    "rolling", "unstable", "head", "staging", "production", "prod", "mainline", "lts", "trunk",
  ]

  /// Why a reference is not one image; nil where it is, or where nobody can tell.
  static func problem(_ image: String) -> String? {
    guard !image.contains("@sha256:"), !image.isEmpty else { return nil }
    // What kubebuilder writes, for `make deploy` to replace.
    guard image != "controller:latest" else { return nil }
    // What another program fills in, and names that stand for an image somebody else puts in.
    guard !image.contains("$"), !image.contains("{"),
      image.contains("/") || image.contains(":") || published.contains(image)
    else { return nil }
    let name = image.split(separator: "/").last ?? ""
    let parts = name.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return "which is whatever is newest" }
    return moves(parts[1].lowercased()) ? "whose tag `\(parts[1])` moves" : nil
  }

  /// Whether a tag is a moving name, alone or before the name of what the image is built on: `stable-alpine`.
  private static func moves(_ tag: String) -> Bool {
    let parts = tag.split(separator: "-").map(String.init)
    guard let first = parts.first else { return false }
    guard parts.count > 1 else { return moving.contains(first) || variants.contains(first) }
    // Behind a branch stands a commit, behind these a variant.
    return ["latest", "stable", "mainline", "edge", "nightly", "lts"].contains(first)
      && parts.dropFirst().allSatisfy(variants.contains)
  }

  /// What images are built on: such a tag alone is whatever is newest of it.
  private static let variants: Set<String> = [
    "alpine", "slim", "bookworm", "bullseye", "trixie", "jammy", "noble", "debian", "ubuntu", "distroless", "perl",
    "otel", "rootless", "unprivileged", "fpm", "apache", "jre", "jdk", "management", "musl", "glibc",
  ]
  /// Names that Docker itself publishes images under: they stand for nothing else.
  private static let published: Set<String> = [
    "nginx", "redis", "postgres", "mysql", "mariadb", "mongo", "busybox", "alpine", "ubuntu", "debian", "python",
    "node", "httpd", "memcached", "rabbitmq", "traefik", "caddy", "haproxy", "golang", "registry", "influxdb",
    "telegraf", "wordpress", "nextcloud", "php", "ruby", "openjdk", "eclipse-temurin", "vault", "consul", "nats",
    "elasticsearch", "kibana", "grafana", "docker", "bash", "adminer", "eclipse-mosquitto", "ghost",
  ]
}

extension Survey {
  /// Something to say about every object of files and of what was built, charts left out; the built one counts where
  /// both exist, since images are often set on the way.
  func eachOwnManifest(_ judge: (Manifest) -> [Rule.Violation]) -> [Rule.Violation] {
    let built = builds.values.filter { $0.failure == nil && $0.unknown == nil }
    let used = Set(built.flatMap { kustomizations.closure(of: $0.folder).files })
    let shown = Set(built.map(\.folder).filter { illustrations.contains("\($0)/kustomization.yaml") })
    return manifests.filter { !used.contains($0.file) && !illustrations.contains($0.file) }.flatMap(judge)
      + built.filter { !shown.contains($0.folder) }.flatMap(\.manifests).flatMap(judge)
  }

  /// The tags that kustomizations set and that only an object nobody built would show.
  var kustomizedImages: [Rule.Violation] {
    let built = foldersThatBuild
    return kustomizations.folders.filter { !built.contains($0) }.flatMap { folder -> [Rule.Violation] in
      (kustomizations[folder]?.body["images"]?.items ?? []).compactMap { item in
        guard let tag = item["newTag"], let text = tag.text, item["digest"] == nil else { return nil }
        let image = "\(item["newName"]?.text ?? item["name"]?.text ?? ""):\(text)"
        return ImageTag.problem(image).map { Rule.Violation(at: tag.location, "`\(image)`, \($0)") }
      }
    }
  }
}
