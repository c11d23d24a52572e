import ZeroTouchManifests
import ZeroTouchModel

extension Rule {
  static let unreferencedManifest = Rule(
    "ZT108", .warning, "a manifest that nothing references",
    why: "it lies in Git as if it were deployed, and no kustomization and no Application brings it to a cluster",
    remedy: "enter it in the kustomization, or take the file away",
    example: Example(
      wrong: "# apps/kustomization.yaml, beside shop.yaml and search.yaml\nresources: [shop.yaml]",
      right: "resources: [shop.yaml, search.yaml]"),
    check: { survey in
      let named = Set(survey.kustomizations.all.values.flatMap(\.references).compactMap(\.file))
      let read = Set(survey.clusters.flatMap(\.consumed))
      return survey.foldersBesideReadOnes + survey.applicationsBesideReadOnes
        + survey.tree.files.compactMap { file -> Violation? in
          guard !named.contains(file.path), !read.contains(file.path), !survey.illustrations.contains(file.path),
            let first = survey.deployable(in: file),
            let kustomization = survey.keeper(of: file, named), !survey.isSelection(kustomization, named),
            !survey.mentions(file, beside: kustomization),
            // A name that leads nowhere was meant for this file: the misspelling is the fault.
            survey.missingReferences(of: kustomization.folder).isEmpty
          else { return nil }
          return Violation(
            at: first.body.place(at: ["kind"]), "`\(first.title)` is in no kustomization and read by no Application")
        }
    })
}

extension Survey {
  /// The first object of a file that is meant for a cluster.
  fileprivate func deployable(in file: SourceFile) -> Manifest? {
    let name = file.path.split(separator: "/").last.map(String.init) ?? ""
    guard !Kustomization.names.contains(name), !name.hasPrefix(".") else { return nil }
    return Manifest.all(in: file.documents).first(where: \.isMeantForClusters)
  }

  /// Whether a kustomization picks little out of a folder that holds much more, or is kubebuilder's, which writes roles
  /// for people to apply beside those of the program.
  fileprivate func isSelection(_ kustomization: Kustomization, _ named: Set<String>) -> Bool {
    if tree.paths.contains("PROJECT"), kustomization.folder.hasPrefix("config/") { return true }
    let beside = tree.files(below: kustomization.folder).filter {
      $0.folder == kustomization.folder && deployable(in: $0) != nil
    }
    let left = beside.count { !named.contains($0.path) }
    return left > 3 && left * 2 > beside.count
  }

  /// The kustomization that would be expected to name a file: the one beside it, or, for an Application, one above
  /// that names Applications of the same depth.
  fileprivate func keeper(of file: SourceFile, _ named: Set<String>) -> Kustomization? {
    if let beside = kustomizations[file.folder] { return beside }
    guard Manifest.all(in: file.documents).contains(where: \.leadsOn) else { return nil }
    var folder = file.folder
    while !folder.isEmpty {
      folder = RepositoryTree.parent(of: folder)
      guard let above = kustomizations[folder] else { continue }
      let depth = file.path.split(separator: "/").count
      let siblings = above.resources.compactMap(\.file).filter { $0.split(separator: "/").count == depth }
      return siblings.contains { tree[$0]?.documents.contains { Manifest($0)?.leadsOn == true } == true } ? above : nil
    }
    return nil
  }

  /// Whether the kustomization, a comment in it or a file beside it speaks of the file: then it is left out, or used,
  /// on purpose.
  fileprivate func mentions(_ file: SourceFile, beside kustomization: Kustomization) -> Bool {
    let name = String(file.path.split(separator: "/").last ?? "")
    let cut = kustomization.folder.isEmpty ? 0 : kustomization.folder.count + 1
    let path = String(file.path.dropFirst(cut))
    // Files of one name in several folders are told apart by the folder.
    let wanted = [path == name ? name : path]
    if let text = tree.text(of: kustomization.file), wanted.contains(where: text.contains) { return true }
    let users = kustomization.inputs.compactMap(\.file)
    return users.contains { user in tree.text(of: user).map { text in wanted.contains(where: text.contains) } == true }
  }
}

extension Manifest {
  /// Kinds that are files of programs, and what is applied by hand on purpose.
  private static let localGroups: Set<String> = [
    "kustomize.config.k8s.io", "kind.x-k8s.io", "k3d.io", "config.karmada.io", "skaffold.dev", "backstage.io",
    "builtin", "kubeadm.k8s.io", "zerotouch.dev", "talconfig", "ctlptl.dev", "tilt.dev", "viaduct.ai",
  ]

  /// Whether a cluster is to have it, and not a program that reads the file.
  var isMeantForClusters: Bool {
    !Self.localGroups.contains(group) && !(group.isEmpty && kind == "Config") && !name.isEmpty
      && annotation("config.kubernetes.io/local-config") == nil
  }
}
