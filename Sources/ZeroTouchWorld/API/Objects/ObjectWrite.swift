import ZeroTouchModel

/// One write to one object: what, by whom, under which rules.
struct ObjectWrite {
  let type: ResourceType
  var key: ObjectKey
  /// The version the client speaks.
  let spokenVersion: String
  /// The version in which the object is written; another one where the client's was converted.
  var version: String
  let manager: String
  var operation = "Update"
  /// Empty, or the part of the object that is written.
  var subresource = ""
  var isDryRun = false
  var validation = FieldValidation.ignore
  /// Fields that were left out because nobody knows them, for the client to hear.
  var warnings: [String] = []

  init(_ type: ResourceType, _ key: ObjectKey, version: String, manager: String) {
    self.type = type
    self.key = key
    spokenVersion = version
    self.version = version
    self.manager = manager
  }

  /// The write that a request asks for.
  init(_ type: ResourceType, _ key: ObjectKey, _ route: ObjectRoute, _ request: APIRequest) {
    self.init(type, key, version: route.groupVersion.version, manager: request.manager)
    subresource = route.subresource ?? ""
    isDryRun = request.isDryRun
    validation = request.fieldValidation
  }

  var owner: ManagedFields.Owner {
    ManagedFields.Owner(manager: manager, operation: operation, subresource: subresource)
  }

  var apiVersion: String { GroupVersion(type.id.group, version).description }
  var shape: MergeShape { MergeShape(type, version: version) }
}
