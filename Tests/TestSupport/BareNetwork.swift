import Foundation

/// Surroundings with a network of their own that has nothing but loopback.
package enum BareNetwork {
  /// Root gives its rights away in there, others have none to begin with.
  package static let surroundings =
    getuid() == 0
    ? [
      "unshare", "--net", "sh", "-c",
      "ip link set lo up && exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"", "sh",
    ]
    : ["unshare", "--map-root-user", "--net", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"]

  /// Whether this machine lets a test have such a network, and strangers read what was built.
  package static func isAllowed() async throws -> Bool {
    try await withTemporaryFolder { folder in
      try await BuiltProgram(in: folder, inside: surroundings).run(["--version"]).status == 0
    }
  }
}
