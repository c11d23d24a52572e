import ZeroTouchModel

/// Who set which fields of an object: `metadata.managedFields`.
struct ManagedFields: Hashable {
  /// One writer in one role.
  struct Owner: Hashable {
    let manager: String
    /// `Apply` or `Update`.
    let operation: String
    let subresource: String
  }

  struct Entry: Hashable {
    let owner: Owner
    var apiVersion: String
    var time: String?
    var fields: FieldSet
  }

  var entries: [Entry]

  init(of object: JSONValue?) {
    let listed = object?[path: "metadata", "managedFields"]?.arrayValue ?? []
    entries = listed.compactMap { entry in
      guard let manager = entry["manager"]?.stringValue else { return nil }
      let owner = Owner(
        manager: manager, operation: entry["operation"]?.stringValue ?? "Update",
        subresource: entry["subresource"]?.stringValue ?? "")
      return Entry(
        owner: owner, apiVersion: entry["apiVersion"]?.stringValue ?? "", time: entry["time"]?.stringValue,
        fields: entry["fieldsV1"].map(FieldSet.init(fieldsV1:)) ?? FieldSet())
    }
  }

  subscript(owner: Owner) -> FieldSet { entries.first { $0.owner == owner }?.fields ?? FieldSet() }

  /// Gives a writer exactly these fields; the time moves only when they change.
  mutating func set(_ fields: FieldSet, of owner: Owner, apiVersion: String, time: String) {
    if let index = entries.firstIndex(where: { $0.owner == owner }) {
      guard entries[index].fields != fields || entries[index].apiVersion != apiVersion else { return }
      entries[index] = Entry(owner: owner, apiVersion: apiVersion, time: time, fields: fields)
      if fields.isEmpty { entries.remove(at: index) }
    } else if !fields.isEmpty {
      entries.append(Entry(owner: owner, apiVersion: apiVersion, time: time, fields: fields))
    }
  }

  /// Takes fields away from everyone but one writer.
  mutating func take(_ fields: FieldSet, exceptFrom owner: Owner) {
    for index in entries.indices where entries[index].owner != owner {
      entries[index].fields = entries[index].fields.subtracting(fields)
    }
    entries.removeAll { $0.fields.isEmpty }
  }

  /// Takes fields away from one writer.
  mutating func take(_ fields: FieldSet, from owner: Owner) {
    for index in entries.indices where entries[index].owner == owner {
      entries[index].fields = entries[index].fields.subtracting(fields)
    }
    entries.removeAll { $0.fields.isEmpty }
  }

  /// What everyone but one writer owns.
  func others(than owner: Owner) -> FieldSet {
    entries.filter { $0.owner != owner }.reduce(FieldSet()) { $0.union($1.fields) }
  }

  /// Writes the entries into an object.
  func write(into object: inout JSONValue) {
    let list = entries.map { entry -> JSONValue in
      var value: JSONValue = [
        "manager": .string(entry.owner.manager), "operation": .string(entry.owner.operation),
        "apiVersion": .string(entry.apiVersion), "fieldsType": "FieldsV1", "fieldsV1": entry.fields.fieldsV1,
      ]
      if let time = entry.time { value["time"] = .string(time) }
      if !entry.owner.subresource.isEmpty { value["subresource"] = .string(entry.owner.subresource) }
      return value
    }
    object[path: "metadata", "managedFields"] = list.isEmpty ? nil : .array(list)
  }
}

extension JSONValue {
  /// The object without what nobody owns: its type, its identity and the book-keeping itself.
  var ownable: JSONValue {
    var object = self
    object["apiVersion"] = nil
    object["kind"] = nil
    var metadata = self["metadata"] ?? [:]
    let bookkeeping = [
      "name", "generateName", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink",
      "managedFields", "deletionTimestamp", "deletionGracePeriodSeconds",
    ]
    for name in bookkeeping { metadata[name] = nil }
    object["metadata"] = metadata.objectValue?.isEmpty ?? true ? nil : metadata
    return object
  }
}
