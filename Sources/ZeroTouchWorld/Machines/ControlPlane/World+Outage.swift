extension World {
  /// Keeps the API server from answering, until it is resumed; what it would say is not lost.
  package mutating func suspendAPI() { server.isSuspended = true }

  /// Lets the API server answer again; kubelets that could not register try once more.
  package mutating func resumeAPI() {
    server.isSuspended = false
    for machine in machines.all { registerLater(machine.address) }
  }
}
