import Foundation
package import ZeroTouchManifests
package import ZeroTouchModel
package import ZeroTouchTools
package import ZeroTouchWorld

/// Argo CD's repository server in a rehearsal: renders the sources of Applications.
///
/// The served repository is read from its working tree; kustomizations and charts go through the real kubectl and
/// helm; what cannot be fetched comes from the catalogue. The same source at the same commit is rendered once.
package actor RepositoryRenderer: ErrandRunner {
  private let repository: ServedRepository
  private let tools: any ToolRunner
  /// Folders or archives of charts by what Applications call them.
  private let charts: [ChartReference: String]
  private let catalogue: ChartCatalogue
  private let kubernetes: SemanticVersion?
  private var rendered: [Request: ErrandResult] = [:]

  private struct Request: Hashable {
    let source: RepositorySource
    let commit: String
  }

  package init(
    repository: ServedRepository, tools: any ToolRunner, charts: [ChartReference: String] = [:],
    catalogue: ChartCatalogue, kubernetes: SemanticVersion? = nil
  ) {
    self.repository = repository
    self.tools = tools
    self.charts = charts
    self.catalogue = catalogue
    self.kubernetes = kubernetes
  }

  package func perform(_ errand: Errand) async -> ErrandResult {
    do {
      switch errand.work {
      case .resolve(let repoURL, let revision): return .resolved(commit: try await commit(repoURL, revision))
      case .list(let repoURL, let revision): return .listed(try await folders(repoURL, revision))
      case .render(let source): return try await render(source)
      }
    } catch {
      return .failed("\(error)")
    }
  }

  /// Where a revision stands: a commit of the served repository, or the pinned revision of another one.
  private func commit(_ repoURL: String, _ revision: String) async throws -> String {
    if repository.answers(for: repoURL) { return try await repository.commit(of: revision, tools: tools) }
    guard catalogue.knows(repoURL) else { throw RenderingFailure.unknownRepository(repoURL) }
    return revision
  }

  /// Every folder of the served repository; of others nothing is known.
  private func folders(_ repoURL: String, _ revision: String) async throws -> [String] {
    guard repository.answers(for: repoURL) else { throw RenderingFailure.unknownRepository(repoURL) }
    return try await repository.folders(at: revision, tools: tools)
  }

  private func render(_ source: RepositorySource) async throws -> ErrandResult {
    // Value files may come from the served repository although the chart does not: its commit is part of the key.
    let commit = try await commitKey(of: source)
    let request = Request(source: source, commit: commit)
    if let known = rendered[request] { return known }
    let objects = try await objects(of: source)
    let isServed = source.chart == nil && repository.answers(for: source.repoURL)
    let result = ErrandResult.rendered(objects, commit: isServed ? commit : source.revision)
    rendered[request] = result
    return result
  }

  private func commitKey(of source: RepositorySource) async throws -> String {
    if source.chart == nil, repository.answers(for: source.repoURL) {
      return try await repository.commit(of: source.revision, tools: tools)
    }
    for (_, reference) in source.references.sorted(by: { $0.key < $1.key })
    where repository.answers(for: reference.repoURL) {
      return try await repository.commit(of: reference.revision, tools: tools)
    }
    return source.revision
  }

  private func objects(of source: RepositorySource) async throws -> [JSONValue] {
    if source.chart != nil { return try await published(source) }
    guard repository.answers(for: source.repoURL) else { return try await foreign(source) }
    let folder = try repository.path(of: source.path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw RenderingFailure.missingPath(source.path)
    }
    return try await local(source, folder)
  }

  /// A folder of the served repository: a chart, a kustomization, or plain manifests.
  private func local(_ source: RepositorySource, _ folder: String) async throws -> [JSONValue] {
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(name)") }
    if source.helm != nil || (source.directory == nil && has("Chart.yaml")) {
      return try await template(source, chart: folder)
    }
    let isKustomization = ["kustomization.yaml", "kustomization.yml", "Kustomization"].contains(where: has)
    if source.kustomize != nil || (source.directory == nil && isKustomization) {
      return try await kustomize(source, folder)
    }
    return try DirectorySource(folder: folder, name: source.path, options: source.directory).objects()
  }

  private func kustomize(_ source: RepositorySource, _ folder: String) async throws -> [JSONValue] {
    if source.kustomize?.objectValue?.isEmpty == false {
      throw RenderingFailure.unsupported("`spec.source.kustomize` with options of its own")
    }
    let output = try await tools.run(Kubectl.kustomize(folder))
    guard output.status == 0 else {
      throw RenderingFailure.toolFailed(command: "kustomize build \(source.path)", reason: output.errorText.trimmed)
    }
    return try ManifestReader.objects(in: output.text, file: source.path)
  }

  private func template(_ source: RepositorySource, chart: String) async throws -> [JSONValue] {
    let options = HelmOptions(source)
    let values = try ReleaseValues(options.options, files: try options.valueFiles(chart: chart, repository: repository))
    let invocation = Helm.template(
      .path(chart), release: options.release, namespace: options.namespace, values: values.files,
      inlineValues: YAMLWriter.text(of: values.inline), includeCRDs: options.includesCRDs, kubernetes: kubernetes,
      apiVersions: options.apiVersions)
    let output = try await tools.run(invocation)
    guard output.status == 0 else {
      throw RenderingFailure.toolFailed(
        command: "helm template . --name-template \(options.release) --namespace \(options.namespace)",
        reason: output.errorText.trimmed)
    }
    return try ManifestReader.objects(in: output.text, file: source.chart ?? source.path)
  }

  /// A chart of a Helm repository.
  private func published(_ source: RepositorySource) async throws -> [JSONValue] {
    let reference = ChartReference(repoURL: source.repoURL, chart: source.chart ?? "", version: source.revision)
    if let path = charts[reference] { return try await template(source, chart: path) }
    return try catalogued(source)
  }

  /// A Git repository that is not ours: a chart or manifests that the catalogue describes.
  private func foreign(_ source: RepositorySource) async throws -> [JSONValue] {
    guard catalogue.knows(source.repoURL) else { throw RenderingFailure.unknownRepository(source.repoURL) }
    return try catalogued(source)
  }

  private func catalogued(_ source: RepositorySource) throws -> [JSONValue] {
    let entry = try catalogue.entry(for: source)
    let options = HelmOptions(source)
    let values = try ReleaseValues(options.options, files: try options.valueFiles(chart: nil, repository: repository))
    return try entry.objects(release: options.release, namespace: options.namespace, values: try values.merged())
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
