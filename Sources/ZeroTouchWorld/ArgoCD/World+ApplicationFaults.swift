extension World {
  /// Makes an Application go wrong, or lets it work again; its controller notices at once.
  package mutating func inject(_ fault: ApplicationFault?, into application: String) {
    applicationFaults[application] = fault
    objects.touch(ObjectKey(.applications, ArgoCDNames.namespace, application))
    settle()
  }

  /// What a scenario makes go wrong with an Application at this instant.
  func activeFault(of application: String) -> ApplicationFault? {
    guard let fault = applicationFaults[application], fault.end.map({ $0 > now }) ?? true else { return nil }
    return fault
  }
}
