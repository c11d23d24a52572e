extension GroupResource {
  static let roles = rbac("roles")
  static let clusterRoles = rbac("clusterroles")
  static let roleBindings = rbac("rolebindings")
  static let clusterRoleBindings = rbac("clusterrolebindings")

  private static func rbac(_ resource: String) -> GroupResource { GroupResource(resource, "rbac.authorization.k8s.io") }
}
