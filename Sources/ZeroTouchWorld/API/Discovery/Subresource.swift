/// What discovery says about a part of a kind.
struct Subresource {
  let kind: String
  let verbs: [String]
  /// The group its objects belong to, where it is not that of the kind.
  let ownGroupVersion: GroupVersion?
  let groupVersion: GroupVersion

  init(_ name: String, of type: ResourceType, version: String?) {
    let home = GroupVersion(type.id.group, version ?? type.storageVersion)
    switch name {
    case "scale":
      (kind, verbs, ownGroupVersion) = ("Scale", ["get", "patch", "update"], GroupVersion("autoscaling", "v1"))
    case "eviction": (kind, verbs, ownGroupVersion) = ("Eviction", ["create"], GroupVersion("policy", "v1"))
    case "token":
      (kind, verbs, ownGroupVersion) = ("TokenRequest", ["create"], GroupVersion("authentication.k8s.io", "v1"))
    case "binding": (kind, verbs, ownGroupVersion) = ("Binding", ["create"], nil)
    case "log": (kind, verbs, ownGroupVersion) = (type.kind, ["get"], nil)
    case "exec": (kind, verbs, ownGroupVersion) = ("PodExecOptions", ["create", "get"], nil)
    case "attach": (kind, verbs, ownGroupVersion) = ("PodAttachOptions", ["create", "get"], nil)
    case "portforward": (kind, verbs, ownGroupVersion) = ("PodPortForwardOptions", ["create", "get"], nil)
    case "proxy": (kind, verbs, ownGroupVersion) = ("\(type.kind)ProxyOptions", ["get"], nil)
    case "finalize": (kind, verbs, ownGroupVersion) = (type.kind, ["update"], nil)
    default: (kind, verbs, ownGroupVersion) = (type.kind, ["get", "patch", "update"], nil)
    }
    groupVersion = ownGroupVersion ?? home
  }
}
