import Foundation
import TestSupport
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchValidation

/// A repository written for one test, and what validate says about it.
struct CheckedRepository {
  let root: String
  var files: [String: String]

  init(_ files: [String: String]) throws {
    root = "\(NSTemporaryDirectory())zerotouch-checked-\(UUID().uuidString)"
    self.files = files
    for (path, text) in files { try Self.write(text, to: "\(root)/\(path)") }
  }

  /// Takes a copy of the folders of this repository that Argo CD reads.
  static func ours() throws -> CheckedRepository {
    let copy = try CheckedRepository([:])
    try FileManager.default.createDirectory(atPath: copy.root, withIntermediateDirectories: true)
    for folder in ["bootstrap", "platform", "tenants"] {
      try FileManager.default.copyItem(
        atPath: "\(BuiltProgram.packageRoot)/\(folder)", toPath: "\(copy.root)/\(folder)")
    }
    return copy
  }

  /// Replaces a text that stands once in a file.
  func replace(_ old: String, with new: String, in path: String) throws {
    let text = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    guard text.components(separatedBy: old).count == 2 else { throw NotOnce(text: old, path: path) }
    try Self.write(text.replacingOccurrences(of: old, with: new), to: "\(root)/\(path)")
  }

  struct NotOnce: Error {
    let text: String
    let path: String
  }

  func survey(catalogue: ChartCatalogue? = nil, cache: String? = nil) async throws -> Survey {
    let tools = SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: Self.variables), clock: ContinuousClock())
    return try await Surveyor(tools: tools, catalogue: try catalogue ?? .embedded(), cache: cache).survey(root)
  }

  /// The tools of this package come first.
  static var variables: [String: String] {
    var variables = ProcessInfo.processInfo.environment
    variables["PATH"] = "\(BuiltProgram.packageRoot)/.tools/bin:\(variables["PATH"] ?? "/usr/bin:/bin")"
    return variables
  }

  /// What the rules say, as `ZT313 apps/one.yaml:4`.
  func findings(_ rules: Rule...) async throws -> [String] {
    try await report(rules).open.map { "\($0.rule) \($0.location.file):\($0.location.line)" }
  }

  func report(_ rules: [Rule] = []) async throws -> ValidationReport {
    await Validation(rules: rules.isEmpty ? Rule.all : rules).report(on: try await survey())
  }

  func remove() { try? FileManager.default.removeItem(atPath: root) }

  static func write(_ text: String, to path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }
}

/// What validate says about these files; each finding as `ZT313 apps/one.yaml:4`.
func findings(_ files: [String: String], _ rules: Rule...) async throws -> [String] {
  let repository = try CheckedRepository(files)
  defer { repository.remove() }
  return try await repository.report(rules).open.map { "\($0.rule) \($0.location.file):\($0.location.line)" }
}

/// An Application as most tests need it; `extra` follows `spec`, indented by two.
func application(_ name: String, wave: String? = nil, spec: String = "", extra: String = "") -> String {
  """
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata:
    name: \(name)
    namespace: argocd
  \(wave.map { "  annotations: {argocd.argoproj.io/sync-wave: \($0)}\n" } ?? "")\
  spec:
    project: default
    destination: {server: https://kubernetes.default.svc, namespace: \(name)}
  \(spec.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
  \(extra)
  """
}
