import ZeroTouchWorld

extension FaultTable {
  /// What goes wrong between the laptop and the APIs, and with the programs that speak to them.
  static let calls: [Fault] = [
    Fault("reply-of-apply-config-lost", "the control plane takes its configuration, and the answer is lost", .converges)
    {
      $0.told = [CallHazard(["talosctl", "apply-config"], .losesReply(torn), times: 1)]
    },
    Fault("reply-of-bootstrap-lost", "etcd is bootstrapped, and the answer is lost", .converges) {
      $0.told = [CallHazard(["talosctl", "bootstrap"], .losesReply(torn), times: 1)]
    },
    Fault("reply-of-apply-lost", "Argo CD is applied, and the answer is lost", .converges) {
      $0.told = [CallHazard(["kubectl", "apply"], .losesReply("Unable to connect to the server: EOF"), times: 2)]
    },
    Fault("api-flapping", "the Kubernetes API stops for five seconds, eight times", .converges) {
      $0.outages = (0..<8).map { .init(at: .seconds(300 + 30 * $0), lasts: .seconds(5)) }
    },
    Fault("api-away-early", "the Kubernetes API stops for half a minute while Talos applies its manifests", .converges)
    {
      $0.outages = [.init(at: .seconds(256), lasts: .seconds(30))]
    },
    Fault("api-gone", "the Kubernetes API stops for good", .failsClosed(["the Kubernetes API does not answer"])) {
      $0.outages = [.init(at: .seconds(270), lasts: CallHazard.ever)]
    },
    Fault("api-slow", "every answer of the Kubernetes API takes five seconds", .converges) {
      $0.told = [CallHazard(["kubectl", "--kubeconfig"], .slow(.seconds(5)))]
    },
    Fault("api-overloaded", "the Kubernetes API answers 429 for a minute", .converges) {
      $0.told = [
        CallHazard(["kubectl", "--kubeconfig"], .fails(tooMany), during: .seconds(280) ..< .seconds(340))
      ]
    },
    Fault("api-broken", "the Kubernetes API answers 500 for a minute", .converges) {
      $0.told = [
        CallHazard(["kubectl", "--kubeconfig"], .fails(internalError), during: .seconds(280) ..< .seconds(340))
      ]
    },
    Fault("watch-closed", "every watch ends after seven seconds", .converges) {
      $0.told = [CallHazard(["kubectl", "--watch"], .closes(after: .seconds(7), printing: ""))]
    },
    Fault("watch-expired", "every watch ends with 410, its revision forgotten", .converges) {
      $0.told = [CallHazard(["kubectl", "--watch"], .closes(after: .seconds(7), printing: expired))]
    },
    Fault(
      "credentials-refused", "the Kubernetes API does not know the credentials any more",
      .failsClosed(["Unauthorized", "it fetches a new kubeconfig"]), knownAs: "credentials-refused"
    ) {
      $0.told = [
        CallHazard(["kubectl", "--kubeconfig"], .fails(unauthorized), during: .seconds(300)..<CallHazard.ever)
      ]
    },
    Fault(
      "credentials-refused-for-a-moment", "the Kubernetes API does not know the credentials for twenty seconds",
      .converges
    ) {
      $0.told = [CallHazard(["kubectl", "get"], .fails(unauthorized), during: .seconds(268) ..< .seconds(288))]
    },
    Fault(
      "kubectl-killed", "kubectl is killed while it puts in the first secret", .failsClosed(["inject-secrets", "137"])
    ) {
      $0.told = [CallHazard(["kubectl", "apply"], .fails("Killed", status: 137), times: 1)]
    },
    Fault(
      "kubectl-hangs", "kubectl hangs while it puts in the first secret",
      .failsClosed(["inject-secrets", "did not end within"])
    ) {
      $0.told = [CallHazard(["kubectl", "apply"], .hangs, times: 1)]
    },
    Fault("talosctl-hangs", "talosctl hangs, once, while etcd is bootstrapped", .failsClosed(["did not end within"])) {
      $0.told = [CallHazard(["talosctl", "bootstrap"], .hangs, times: 1)]
    },
  ]

  private static let torn = "rpc error: code = Unavailable desc = error reading from server: EOF"
  private static let tooMany =
    "Error from server (TooManyRequests): the server has received too many requests and has asked us to try again later"
  private static let internalError =
    "Error from server (InternalError): an error on the server (\"\") has prevented the request from succeeding"
  private static let unauthorized =
    "error: You must be logged in to the server (Unauthorized)"
  private static let expired =
    #"{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","code":410}}"#
    + "\n"
}
