import Testing
import ZeroTouchTools

struct ToolFailureTests {
  @Test(arguments: [
    (
      "The connection to the server 1.2.3.4:6443 was refused - did you specify the right host or port?",
      ToolFailure.Kind.unreachable
    ),
    ("Unable to connect to the server: net/http: TLS handshake timeout", .unreachable),
    ("Unable to connect to the server: EOF", .unreachable),
    ("Unable to connect to the server: tls: failed to verify certificate: x509: unknown authority", .certificate),
    ("error: You must be logged in to the server (Unauthorized)", .unauthorized),
    ("Error from server (NotFound): deployments.apps \"nothing\" not found", .notFound),
    ("Error from server (Forbidden): nodes is forbidden: User \"x\" cannot list resource", .forbidden),
    ("Error from server (AlreadyExists): namespaces \"a\" already exists", .alreadyExists),
    ("error: the server doesn't have a resource type \"gizmos\"", .noSuchKind),
    ("error: resource mapping not found for name: \"a\": no matches for kind \"X\" in version \"y/v1\"", .noSuchKind),
    ("Error from server (NotFound): the server could not find the requested resource", .noSuchKind),
    ("error: Apply failed with 1 conflict: conflict with \"zerotouch\": .spec.replicas", .conflict),
    ("Error from server: etcdserver: leader changed", .unavailable),
    ("Error from server (ServiceUnavailable): the server is currently unable to handle the request", .unavailable),
    ("The Secret \"a\" is invalid: data: Too long", .invalid),
    ("something never seen", .other),
  ])
  func `kubectl's refusals are told apart`(text: String, kind: ToolFailure.Kind) {
    #expect(ToolFailure(kubectl: text).kind == kind)
  }

  @Test func `kubectl's logging is no reason`() {
    let text = """
      E1121 03:06:02.105143   28675 memcache.go:265] "Unhandled Error" err="couldn't get current server API group list"
      Warning: something is deprecated
      The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?
      """
    #expect(
      ToolFailure(kubectl: text).words
        == "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?")
  }

  @Test(arguments: [
    (
      "rpc error: code = Unavailable desc = connection error: desc = \"transport: connect: connection refused\"",
      ToolFailure.Kind.unreachable
    ),
    (
      "rpc error: code = Unavailable desc = connection error: desc = \"tls: x509: certificate signed by unknown authority\"",
      .certificate
    ),
    (
      "error executing bootstrap: 1 error occurred:\n\t* 1.2.3.4: rpc error: code = AlreadyExists desc = etcd data directory is not empty\n\n",
      .alreadyExists
    ),
    ("rpc error: code = Unknown desc = etcd data directory is not empty", .alreadyExists),
    ("rpc error: code = FailedPrecondition desc = bootstrap is not available yet", .failedPrecondition),
    ("rpc error: code = Unimplemented desc = API is not implemented in maintenance mode", .unimplemented),
    ("rpc error: code = PermissionDenied desc = not authorized", .forbidden),
    ("rpc error: code = InvalidArgument desc = bad", .invalid),
    ("nodes are not set for the command", .other),
  ])
  func `talosctl's refusals are told apart by their code`(text: String, kind: ToolFailure.Kind) {
    #expect(ToolFailure(talosctl: text).kind == kind)
  }

  @Test(arguments: [
    "remote error: tls: certificate required", "write tcp 1.2.3.4:1->5.6.7.8:50000: write: broken pipe",
    "read: connection reset by peer",
  ])
  func `all three answers of a configured machine suggest that it is configured`(words: String) {
    #expect(ToolFailure(talosctl: "rpc error: code = Unavailable desc = \(words)").suggestsConfigured)
  }

  @Test func `a machine of another cluster is not one in maintenance mode`() {
    let short = ToolFailure(
      talosctl: "rpc error: code = Unavailable desc = x509: certificate signed by unknown authority")
    let long = ToolFailure(
      talosctl: "rpc error: code = Unavailable desc = x509: certificate signed by unknown authority "
        + "(possibly because of \"x509: Ed25519 verification failure\")")
    #expect(short.suggestsOtherAuthority && !short.suggestsOtherCluster)
    #expect(long.suggestsOtherAuthority && long.suggestsOtherCluster)
  }

  @Test func `only what time may heal is retryable`() {
    let retryable = ToolFailure.Kind.allCases.filter { ToolFailure($0, "").isRetryable }
    #expect(Set(retryable) == [.unreachable, .unavailable, .noSuchKind, .failedPrecondition])
  }
}
