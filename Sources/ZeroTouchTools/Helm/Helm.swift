package import ZeroTouchModel

/// The command lines of `helm`: it renders charts and installs nothing, so no release can be left pending.
package enum Helm {
  /// Asks the program for its own version.
  package static var version: ToolInvocation {
    ToolInvocation("helm", ["version", "--short"], deadline: .localQuestion)
  }

  /// Where a chart comes from.
  package enum Chart: Sendable, Hashable {
    /// A chart's directory or archive.
    case path(String)
    case repository(url: String, name: String, version: String)
    /// `oci://…` without the version.
    case registry(reference: String, version: String)

    fileprivate var arguments: [String] {
      switch self {
      case .path(let path): [path]
      case .repository(let url, let name, let version): [name, "--repo", url, "--version", version]
      case .registry(let reference, let version): [reference, "--version", version]
      }
    }
  }

  /// Renders a chart.
  ///
  /// - Parameters:
  ///   - values: Files of values, later ones win; values given as text follow on standard input.
  ///   - apiVersions: What the cluster will serve, such as `gateway.networking.k8s.io/v1/GatewayClass`.
  package static func template(
    _ chart: Chart, release: String, namespace: String, values: [String] = [], inlineValues: String? = nil,
    includeCRDs: Bool = false, kubernetes: SemanticVersion? = nil, apiVersions: [String] = []
  ) -> ToolInvocation {
    var arguments = ["template", release] + chart.arguments + ["--namespace", namespace]
    arguments += values.flatMap { ["--values", $0] }
    if inlineValues != nil { arguments += ["--values", "-"] }
    if includeCRDs { arguments += ["--include-crds"] }
    if let kubernetes { arguments += ["--kube-version", "\(kubernetes)"] }
    arguments += apiVersions.flatMap { ["--api-versions", $0] }
    return ToolInvocation(
      "helm", arguments, input: inlineValues.map { .text($0) } ?? .none, deadline: .seconds(120))
  }
}

extension Helm {
  /// Prints the values that a chart itself has.
  package static func showValues(_ chart: String) -> ToolInvocation {
    ToolInvocation("helm", ["show", "values", chart], deadline: .seconds(60))
  }

  /// Packs a chart's directory as an archive `NAME-VERSION.tgz` in a folder.
  package static func package(_ chart: String, into folder: String) -> ToolInvocation {
    ToolInvocation("helm", ["package", chart, "--destination", folder], effect: .mutates, deadline: .seconds(60))
  }
}
