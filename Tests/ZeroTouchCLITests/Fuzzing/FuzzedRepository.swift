import Foundation
import TestSupport

/// One case: a small repository, some of whose files are spoiled; the seed decides which and how.
struct FuzzedRepository {
  let folder: String
  private var dice: FuzzDice

  /// Healthy files of every kind that a rule looks at, by path.
  static let healthy: [String: [UInt8]] = {
    var files = FuzzSeeds.files.mapValues { Array($0.utf8) }
    for top in ["bootstrap", "platform", "tenants"] {
      for path in FileManager.default.enumerator(atPath: "\(BuiltProgram.packageRoot)/\(top)") ?? .init() {
        guard let name = path as? String, name.hasSuffix(".yaml") else { continue }
        files["\(top)/\(name)"] = FileManager.default.contents(atPath: "\(BuiltProgram.packageRoot)/\(top)/\(name)")
          .map(Array.init)
      }
    }
    return files
  }()
  private static let ours = healthy.keys.filter { FuzzSeeds.files[$0] == nil }.sorted()
  private static let seeds = FuzzSeeds.files.keys.sorted()

  init(_ folder: String, seed: UInt64) {
    self.folder = folder
    dice = FuzzDice(seed: seed)
  }

  mutating func write() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var paths = Self.seeds.filter { _ in !dice.hits(oneIn: 4) }
    for _ in 0..<4 { paths.append(dice.pick(Self.ours)) }
    for path in Set(paths).sorted() {
      var bytes = Self.healthy[path] ?? []
      if dice.hits(oneIn: 3) {
        for _ in 0...dice.below(3) { bytes = FuzzMutation.any(&dice).apply(to: bytes, &dice) }
      }
      if dice.hits(oneIn: 25) { bytes = HostileText.bytes(&dice) }
      write(bytes, to: path)
    }
    for _ in 0...dice.below(2) { write(HostileText.bytes(&dice), to: dice.pick(Self.places)) }
    if dice.hits(oneIn: 2) { try spoilTree() }
  }

  /// Where a file means something by its name.
  private static let places = [
    "x.yaml", "apps/x.yaml", "overlay/kustomization.yaml", "base/kustomization.yml", "chart/Chart.yaml",
    "chart/values.yaml",
    ".sops.yaml", "secrets/x.enc.yaml", ".git/config", "controlplane.yaml", "talosconfig", "a/Kustomization", "x.json",
    "bootstrap/argocd/versions.yaml", "bootstrap/argocd/repository.yaml", "bootstrap/artifacts.lock.yaml", "deploy.sh",
    ".github/workflows/ci.yaml", "platform/kustomization.yaml", "schemas/x.schema.json", "key.txt",
  ]

  /// A file where a folder stands already, or the other way round, is left as it is.
  private func write(_ bytes: [UInt8], to path: String) {
    let file = "\(folder)/\(path)"
    let parent = (file as NSString).deletingLastPathComponent
    guard (try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)) != nil else {
      return
    }
    _ = FileManager.default.createFile(atPath: file, contents: Data(bytes))
  }

  /// Links that lead round in circles or away, folders named like files, names that are no text.
  private mutating func spoilTree() throws {
    let links = [
      ("loop", "."), ("apps/up", ".."), ("a.yaml", "a.yaml"), ("b.yaml", "/dev/zero"), ("c.yaml", "/etc/passwd"),
      ("root", "/"), ("d.yaml", "nowhere"), ("base/self", "../base"), ("overlay/x.yaml", "../../../../../etc/hosts"),
    ]
    for _ in 0...dice.below(3) {
      let (name, target) = dice.pick(links)
      try? FileManager.default.createDirectory(
        atPath: ("\(folder)/\(name)" as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      symlink(target, "\(folder)/\(name)")
    }
    switch dice.below(5) {
    case 0: mkfifo("\(folder)/pipe.yaml", 0o600)
    case 1: mkdir("\(folder)/folder.yaml", 0o700)
    case 2:
      var name = Array("\(folder)/x".utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), CChar(bitPattern: 0xFE), 0]
      mkdir(&name, 0o700)
    case 3: write(Array("a: x\n".utf8), to: "line\nbreak, 100%: \"<x>\"/é.yaml")
    default: write(Array("a: x\n".utf8), to: (0..<60).map { "\($0)" }.joined(separator: "/") + "/deep.yaml")
    }
  }
}
