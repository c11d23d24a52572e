/// A port of loopback on which nobody listens.
package enum FreePort {
  package static func find() throws -> Int { try LoopbackSocket(listens: false).port }
}
