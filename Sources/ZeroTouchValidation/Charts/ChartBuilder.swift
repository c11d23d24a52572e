import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

/// Renders charts that lie in the tree by `helm template`, side by side, each content once; helm fetches nothing for it.
struct ChartBuilder: Sendable {
  let tree: RepositoryTree
  let tools: any ToolRunner
  let cache: BuildCache
  let width: Int

  /// Changes when the way of rendering does, so that nothing old is taken for new.
  private static let edition = "chart 1"

  func build(_ releases: [ChartRelease]) async throws -> [ChartBuild] {
    try await releases.mapSideBySide(atMost: width) { release in try await build(release) }
  }

  private func build(_ release: ChartRelease) async throws -> ChartBuild {
    let key = cache.folder.map { _ in sum(of: release) }
    if let key, let text = cache.text(of: key) { return built(release, text) }
    let invocation = Helm.template(
      .path(release.chart.isEmpty ? tree.root : "\(tree.root)/\(release.chart)"), release: release.name,
      namespace: release.namespace.isEmpty ? "default" : release.namespace, inlineValues: release.values.text(),
      includeCRDs: release.bringsDefinitions)
    let output: ToolOutput
    do throws(ToolError) {
      output = try await tools.run(invocation)
    } catch {
      if case .cancelled = error { throw error }
      return ChartBuild(release, unknown: firstLine("\(error)"))
    }
    guard output.status == 0 else { return ChartBuild(release, unknown: firstLine(output.errorText)) }
    if let key { cache.keep(output.text, as: key) }
    return built(release, output.text)
  }

  private func built(_ release: ChartRelease, _ text: String) -> ChartBuild {
    do {
      return ChartBuild(release, try YAMLDocuments.parse(text, file: "helm template \(release.chart)"))
    } catch {
      return ChartBuild(release, unknown: firstLine("\(error)"))
    }
  }

  /// The tool's words without the place of this checkout.
  private func firstLine(_ text: String) -> String {
    let line = text.lines.first { !$0.isEmpty && !$0.hasPrefix("WARNING") } ?? "helm said nothing"
    return line.replacingOccurrences(of: tree.root + "/", with: "").trimmingCharacters(in: .whitespaces)
  }

  /// The sum of every file of the chart and of what it is given.
  private func sum(of release: ChartRelease) -> String {
    let top = release.chart.isEmpty ? "" : release.chart + "/"
    var text = Data(
      "\(Self.edition)\0\(release.name)\0\(release.namespace)\0\(release.bringsDefinitions)\0\(release.values.text())"
        .utf8)
    for path in tree.paths.filter({ $0.hasPrefix(top) }).sorted() {
      text += Data("\0\(path)\0".utf8)
      text += FileManager.default.contents(atPath: "\(tree.root)/\(path)") ?? Data()
    }
    return SHA256.hexadecimal(of: text)
  }
}
