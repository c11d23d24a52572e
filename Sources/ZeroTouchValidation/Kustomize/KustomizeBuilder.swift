import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

/// Builds kustomizations by `kubectl kustomize`, side by side, each content once.
struct KustomizeBuilder: Sendable {
  let tree: RepositoryTree
  let kustomizations: KustomizationSet
  let tools: any ToolRunner
  let cache: BuildCache
  let width: Int

  func build(_ folders: [String]) async throws -> [KustomizeBuild] {
    try await folders.mapSideBySide(atMost: width) { folder in try await build(folder) }
  }

  private func build(_ folder: String) async throws -> KustomizeBuild {
    let closure = kustomizations.closure(of: folder)
    if let remote = closure.remotes.first {
      return KustomizeBuild(
        folder: folder, outcome: .unknown("`\(remote.text)` would have to be fetched (\(remote.location))"))
    }
    if closure.rendersCharts {
      return KustomizeBuild(folder: folder, outcome: .unknown("it renders a chart, which kubectl does not"))
    }
    let key = cache.folder.map { _ in KustomizeCache.key(of: closure, in: tree) }
    if let key, let text = cache.text(of: key) { return built(folder, text) }
    let invocation = Kubectl.kustomize(folder.isEmpty ? tree.root : "\(tree.root)/\(folder)")
    guard let output = try await output(of: invocation) else {
      return KustomizeBuild(folder: folder, outcome: .failed("it was not built in time"))
    }
    guard output.status == 0 else {
      let reason = reason(output.errorText)
      return KustomizeBuild(folder: folder, outcome: Self.asksForPlugin(reason) ?? .failed(reason))
    }
    if let key { cache.keep(output.text, as: key) }
    return built(folder, output.text)
  }

  /// Argo CD and Flux may run plugins, which kubectl does only where a flag allows it: that is no fault of the folder.
  private static func asksForPlugin(_ reason: String) -> KustomizeBuild.Outcome? {
    let words = ["external plugins disabled", "unable to load external plugin", "enable-alpha-plugins", "enable-exec"]
    guard words.contains(where: reason.contains) else { return nil }
    return .unknown("it runs a plugin, which kubectl does not")
  }

  /// Nil where kubectl takes longer than it may: that is the kustomization's failure, not the tool's.
  private func output(of invocation: ToolInvocation) async throws(ToolError) -> ToolOutput? {
    do throws(ToolError) {
      return try await tools.run(invocation)
    } catch {
      if case .timedOut = error { return nil }
      throw error
    }
  }

  private func built(_ folder: String, _ text: String) -> KustomizeBuild {
    let name = "kustomize build \(folder.isEmpty ? "." : folder)"
    let documents = LocatedYAML.reading(of: text, file: name).documents
    return KustomizeBuild(
      folder: folder, outcome: .built(Manifest.all(in: documents, origin: .build(folder: folder))))
  }

  /// The tool's words without the place of this checkout.
  private func reason(_ text: String) -> String {
    text.replacingOccurrences(of: tree.root + "/", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
