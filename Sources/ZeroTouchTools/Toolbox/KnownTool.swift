/// The programs zerotouch starts.
package enum KnownTool: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  case talosctl, kubectl, helm, ssh, git, curl, age, kind, sops, op, bao, aws

  package var description: String { rawValue }

  /// How the program is asked for its version.
  package var versionQuestion: ToolInvocation {
    switch self {
    case .talosctl: Talosctl.clientVersion
    case .kubectl: Kubectl.clientVersion
    case .helm: Helm.version
    case .ssh: SSH.version
    case .git: Git.version
    case .curl: Curl.version
    case .age: Age.version
    case .kind: Kind.version
    case .sops: Sops.version
    case .op: OnePassword.version
    case .bao: OpenBao.version
    case .aws: AWS.version
    }
  }

  /// How one comes by the program, in any version.
  package var remedy: String { remedy(nil) }

  /// How one comes by the program; `version` is the one to ask for, in words.
  func remedy(_ version: String?) -> String {
    let wanted = version.map { " \($0)" } ?? ""
    return switch self {
    case .talosctl: "install `talosctl`\(wanted) from https://github.com/siderolabs/talos/releases"
    case .kubectl, .helm: "install `\(self)`\(wanted), or run `scripts/tools`, which brings it without root"
    case .ssh: "install OpenSSH's client, for example the package `openssh-client`"
    case .kind: "install `kind`\(wanted) from https://github.com/kubernetes-sigs/kind/releases, and Docker"
    case .sops: "install `sops` from https://github.com/getsops/sops/releases"
    case .op: "install 1Password's `op` from https://developer.1password.com/docs/cli, and sign in"
    case .bao: "install OpenBao's `bao` from https://openbao.org/docs/install, and sign in"
    case .aws: "install the AWS CLI, for example the package `awscli`"
    case .git, .curl, .age: "install the package `\(self)` of your system"
    }
  }

  /// The version in what the program printed, as it stands there; nil when there is none.
  func version(in output: ToolOutput) -> String? {
    switch self {
    case .talosctl: Self.word(after: "Tag:", in: output.text)
    case .kubectl: KubernetesVersions(output)?.client
    case .helm: output.text.split(whereSeparator: \.isWhitespace).first.map(String.init)
    case .git: Self.word(after: "version", in: output.text)
    case .curl: Self.word(after: "curl", in: output.text)
    case .kind: Self.word(after: "kind", in: output.text)
    case .age, .op: output.text.split(whereSeparator: \.isWhitespace).first.map(String.init)
    case .sops: Self.word(after: "sops", in: output.text)
    case .bao: Self.word(after: "OpenBao", in: output.text)
    case .aws:
      (output.text + output.errorText).split { $0 == " " || $0 == "/" }.dropFirst().first.map(String.init)
    case .ssh:
      // OpenSSH prints its version on standard error.
      (output.errorText + output.text).split { $0 == " " || $0 == "," || $0.isNewline }.first.map(String.init)
    }
  }

  private static func word(after mark: String, in text: String) -> String? {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let index = words.firstIndex(of: mark[...]), index + 1 < words.endIndex else { return nil }
    return String(words[index + 1])
  }
}
