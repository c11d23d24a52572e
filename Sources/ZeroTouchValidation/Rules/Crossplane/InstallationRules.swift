import ZeroTouchManifests
import ZeroTouchModel

/// What is defined and not installed, and who may do what.
extension Rule {
  static let definitionNotInstalled = Rule(
    "ZT509", .error, "an XRD that nothing installs",
    why: "the API is written down and no cluster has it: every claim of it is refused",
    remedy: "let an Application read its folder: look at `include`, `recurse` and the kustomizations",
    example: Example(
      wrong: "directory: {include: definition.yaml}   # and the file is called xrd.yaml",
      right: "directory: {include: '{definition,composition}.yaml', recurse: true}"),
    check: { survey in
      guard !survey.clusters.isEmpty else { return [] }
      let installed = Set(survey.placed([CompositeDefinition.kind]).map { $0.object.manifest.name })
      return survey.manifests(ofKind: CompositeDefinition.kind).compactMap { definition in
        let folders = Set(
          RepositoryTree.parent(of: definition.file).lowercased().split(separator: "/").map(String.init))
        guard definition.group == "apiextensions.crossplane.io", !installed.contains(definition.name),
          folders.isDisjoint(with: ["example", "examples", "test", "tests", "fixtures", "testdata"])
        else { return nil }
        return Violation(
          at: definition.body.place(at: ["metadata", "name"]), "no Application installs the XRD `\(definition.name)`")
      }
    })

  static let compositionOfNothing = Rule(
    "ZT511", .error, "a Composition for a kind that the XRD does not have",
    why: "no composite ever finds it, and claims wait without a Composition",
    remedy: "write the group, version and kind of the XRD's composites",
    example: Example(
      wrong: "compositeTypeRef: {apiVersion: a.org/v1beta1, kind: XShop}   # and the XRD has v1",
      right: "compositeTypeRef: {apiVersion: a.org/v1, kind: XShop}"),
    check: { survey in
      let definitions = survey.manifests(ofKind: CompositeDefinition.kind)
      return survey.manifests(ofKind: Composition.kind).compactMap { composition in
        let type = composition["spec", "compositeTypeRef"]
        guard let version = type?["apiVersion"]?.text, let kind = type?["kind"]?.text,
          let slash = version.firstIndex(of: "/")
        else { return nil }
        let group = definitions.filter { $0["spec", "group"]?.text == String(version[..<slash]) }
        let isThere = group.contains { definition in
          definition["spec", "names", "kind"]?.text == kind
            && (definition["spec", "versions"]?.items ?? []).contains {
              $0["name"]?.text == String(version[slash...].dropFirst())
            }
        }
        guard !group.isEmpty, !isThere else { return nil }
        return Violation(
          at: composition.body.place(at: ["spec", "compositeTypeRef", "kind"]),
          "no XRD defines `\(kind)` of `\(version)`")
      }
    })

  static let subjectGenerated = Rule(
    "ZT512", .error, "rights for a name that was generated",
    why:
      "the package manager puts a hash into a provider's ServiceAccount: the next version has another one, and no rights",
    remedy: "name the ServiceAccount in a DeploymentRuntimeConfig, and bind that name",
    example: Example(
      wrong: "subjects: [{kind: ServiceAccount, name: provider-kubernetes-a1b2c3d4e5f6}]",
      right: "subjects: [{kind: ServiceAccount, name: provider-kubernetes}]"),
    check: { survey in
      (survey.manifests(ofKind: "ClusterRoleBinding") + survey.manifests(ofKind: "RoleBinding")).flatMap { binding in
        (binding["subjects"]?.items ?? []).compactMap { subject -> Violation? in
          guard subject["kind"]?.text == "ServiceAccount", let name = subject["name"], let text = name.text,
            isGenerated(text)
          else { return nil }
          return Violation(at: name.location, "`\(binding.title)` gives rights to `\(text)`, a name that was generated")
        }
      }
    })

  /// Whether a name ends in the twelve hexadecimal digits of a package revision.
  private static func isGenerated(_ name: String) -> Bool {
    guard let last = name.split(separator: "-").last, last.count == 12,
      name.hasPrefix("provider-") || name.hasPrefix("function-") || name.hasPrefix("upbound-")
        || name.hasPrefix("crossplane-")
    else { return false }
    return last.allSatisfy { $0.isHexDigit && !$0.isUppercase } && last.contains(where: \.isNumber)
  }

  static let everythingAllowed = Rule(
    "ZT513", .warning, "a role that may do everything",
    why: "whoever gets hold of its ServiceAccount has the cluster, every Secret in it included",
    remedy: "name the groups, resources and verbs that are needed",
    example: Example(
      wrong: "apiGroups: [\"*\"]\nresources: [\"*\"]\nverbs: [\"*\"]",
      right: "apiGroups: [apps]\nresources: [deployments]\nverbs: [get, list, watch, create, update, patch, delete]"),
    check: { survey in
      survey.manifests(ofKind: "ClusterRole").flatMap { role in
        (role["rules"]?.items ?? []).compactMap { rule -> Violation? in
          let isAll = ["apiGroups", "resources", "verbs"].allSatisfy {
            rule[$0]?.items?.contains { $0.text == "*" } == true
          }
          return isAll ? Violation(at: rule.location, "the ClusterRole `\(role.name)` may do everything") : nil
        }
      } + survey.manifests(ofKind: "ClusterRoleBinding").flatMap(unbound)
    })

  /// Packages of Crossplane that are given the role which may do everything.
  private static func unbound(_ binding: Manifest) -> [Violation] {
    guard binding["roleRef", "name"]?.text == "cluster-admin" else { return [] }
    return (binding["subjects"]?.items ?? []).compactMap { subject in
      guard subject["kind"]?.text == "ServiceAccount", let name = subject["name"]?.text,
        name.hasPrefix("provider-") || name.hasPrefix("function-") || subject["namespace"]?.text == "crossplane-system"
      else { return nil }
      return Violation(at: subject.location, "`\(name)` is bound to `cluster-admin`, which may do everything")
    }
  }
}
