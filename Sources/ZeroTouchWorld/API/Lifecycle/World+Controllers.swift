extension World {
  /// What runs inside the API server and next to it: definitions, namespaces, ownership.
  package static var apiControllers: [any Controller] {
    [DefinitionController(), NamespaceController(), GarbageCollector(), RoleAggregationController()]
  }
}
