import Foundation
import TestSupport

/// A machine of Hetzner's that no cluster has yet, and Robot as far as a rescue system needs it.
enum RentedMachine {
  static let spec = """
    apiVersion: zerotouch.dev/v1alpha1
    kind: Cluster
    metadata: {name: idle}
    spec:
      endpoint: https://203.0.113.10:6443
      nodes:
        - {name: idle01, role: control-plane, address: 203.0.113.10, install: {disk: {serial: A}}}

    """

  private static let server =
    #"[{"server":{"server_ip":"203.0.113.10","server_number":321,"server_name":"idle","product":"AX41","dc":"FSN1","status":"ready","ip":["203.0.113.10"],"subnet":null}}]"#

  /// Refuses whoever does not come with these credentials.
  static func robot(user: String, password: String) throws -> ProviderStandIn {
    let basic = "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    return try ProviderStandIn { call, _ in
      guard call.authorization == basic else { return .init(401, error(401, "UNAUTHORIZED")) }
      switch (call.method, call.target) {
      case ("GET", "/server"): return .init(200, server)
      case ("GET", "/boot/321/rescue"): return .init(200, rescue(password: "null", isActive: false))
      case ("POST", "/boot/321/rescue"): return .init(200, rescue(password: #""for-one-start""#, isActive: true))
      case ("GET", "/reset/321"): return .init(200, #"{"reset":{"server_number":321,"type":["sw","hw"]}}"#)
      case ("POST", "/reset/321"): return .init(200, #"{"reset":{"server_number":321,"type":"hw"}}"#)
      default: return .init(404, error(404, "NOT_FOUND"))
      }
    }
  }

  private static func rescue(password: String, isActive: Bool) -> String {
    #"{"rescue":{"server_number":321,"os":"linux","arch":64,"active":\#(isActive),"password":\#(password),"authorized_key":[],"host_key":[]}}"#
  }

  private static func error(_ status: Int, _ code: String) -> String {
    #"{"error":{"status":\#(status),"code":"\#(code)","message":"no"}}"#
  }
}
