extension Defect {
  private static let values = "bootstrap/cilium/values.yaml"
  private static let storage = "platform/01-foundation/local-path-provisioner.yaml"

  /// What keeps the platform from going on by itself: a port, a certificate, a replica, a folder, a try.
  static let goingOn: [Defect] = [
    Defect("ZT809", .replace("/var/mnt/local-path", with: "/opt/local-path", in: storage), at: "paths:"),
    Defect(
      "ZT241", .replace("SYS_ADMIN, NET_BIND_SERVICE]", with: "SYS_ADMIN]", in: values), at: "envoy: [NET_ADMIN"),
    Defect(
      "ZT241", .replace("keepCapNetBindService: true", with: "keepCapNetBindService: false", in: values),
      at: "keepCapNetBindService"),
    Defect(
      "ZT242",
      .replace(
        ", certificateRefs: [{group: \"\", kind: Secret, name: gateway-tls}]", with: "",
        in: "platform/04-network/gateway/gateway.yaml"), at: "- name: https"),
    Defect(
      "ZT243", .replace("ignore-healthcheck: \"true\"", with: "ignore-healthcheck: \"false\"", in: values),
      at: "ignore-healthcheck"),
    Defect(
      "ZT332",
      .replace(
        "    retry: {limit: -1, refresh: true, backoff: {duration: 5s, factor: 2, maxDuration: 3m}}\n", with: "",
        in: "platform/02-data/nats.yaml"), at: "syncPolicy:"),
    Defect(
      "ZT333", .replace(", RespectIgnoreDifferences=true", with: "", in: "platform/01-foundation/keda.yaml"),
      at: "ignoreDifferences:"),
  ]
}
