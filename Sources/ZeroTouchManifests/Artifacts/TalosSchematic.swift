package import ZeroTouchModel

/// What is built into a Talos image beyond the plain one; the image factory names it by the SHA-256 of its canonical
/// form, so that the name can be computed.
package struct TalosSchematic: Sendable, Hashable {
  package var kernelArguments: [String]
  package var extensions: [String]
  package var includesWellKnownCertificates: Bool

  package init(
    kernelArguments: [String] = [], extensions: [String] = [], includesWellKnownCertificates: Bool = false
  ) {
    self.kernelArguments = kernelArguments
    self.extensions = extensions
    self.includesWellKnownCertificates = includesWellKnownCertificates
  }

  /// The name that the image factory knows it by.
  package var id: String { SHA256.hexadecimal(of: canonical.utf8) }

  /// The form whose sum is the name: the factory's keys in the factory's order, empty ones left out.
  package var canonical: String {
    var lines: [String] = []
    if !kernelArguments.isEmpty {
      lines += ["    extraKernelArgs:"] + kernelArguments.map { "        - \($0)" }
    }
    if !extensions.isEmpty {
      lines += ["    systemExtensions:", "        officialExtensions:"] + extensions.map { "            - \($0)" }
    }
    if includesWellKnownCertificates {
      lines += ["    secureboot:", "        includeWellKnownCertificates: true"]
    }
    guard !lines.isEmpty else { return "customization: {}\n" }
    return (["customization:"] + lines).joined(separator: "\n") + "\n"
  }

  /// The name in an address of the image factory.
  package static func id(in url: String) -> String? {
    url.split(separator: "/" as Character).first { $0.count == 64 && $0.allSatisfy(\.isHexDigit) }.map(String.init)
  }
}

extension ArtifactLock {
  /// Where the image of the lock is made by another schematic than the one that Git holds.
  package func problems(with schematic: TalosSchematic, at path: String, lock: String) -> [Diagnostic] {
    guard let image = self["talos-image"], let id = TalosSchematic.id(in: image.url), id != schematic.id else {
      return []
    }
    return [
      Diagnostic(
        at: SourceLocation(file: lock, line: 1, column: 1),
        "`talos-image` is made by the schematic \(id), but `\(path)` has the id \(schematic.id)",
        remedy: "pin the image of the schematic: zerotouch artifacts update talos-image")
    ]
  }
}
