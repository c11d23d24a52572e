import ZeroTouchModel

/// The comparison that comes with server-side apply where the server itself is not asked: by who owns which field.
extension ResourceComparison {
  /// Whether something was added inside a list that belongs as a whole to whoever applied it, as a definition's
  /// defaults are: the manifest would take it away, and the server would add it again.
  static func isAddedTo(
    _ wanted: JSONValue, by found: JSONValue?, _ shape: MergeShape, isInList: Bool = false
  ) -> Bool {
    guard shape.isKnown else { return false }
    switch wanted {
    case .object(let members):
      let others = found?.objectValue ?? [:]
      if isInList, others.contains(where: { members[$0.key] == nil && !$0.value.isNull }) { return true }
      return members.contains {
        isAddedTo($0.value, by: others[$0.key], shape.field($0.key), isInList: isInList)
      }
    case .array(let elements):
      let others = found?.arrayValue ?? []
      guard isInList || shape.list == .atomic else {
        return elements.contains { element in
          let step = shape.step(to: element)
          return isAddedTo(element, by: others.first { shape.step(to: $0) == step }, shape.element)
        }
      }
      return zip(elements, others).contains { isAddedTo($0, by: $1, shape.element, isInList: true) }
    default: return false
    }
  }
}

extension Application {
  /// Whether differences are looked for by owners of fields: with server-side apply, unless the server is asked.
  func comparesOwners(in world: World) -> Bool {
    guard policy.options.has("ServerSideApply=true") else { return false }
    let options = object.annotationList(ArgoCDNames.compareOptions)
    if options.contains("ServerSideDiff=true") { return false }
    let setting = world.objects[ArgoCDNames.parameters]?["data"]?["controller.diff.server.side"]?.stringValue
    return setting != "true" || options.contains("ServerSideDiff=false")
  }
}
