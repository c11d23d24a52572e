import ZeroTouchModel
import ZeroTouchTools

extension ClusterState {
  /// Stores and ExternalSecrets that are not Ready.
  var storeSymptoms: [Symptom] {
    let stores = [ObservedSecretStore.resource, "secretstores.external-secrets.io"].flatMap { items($0) ?? [] }
    let late = stores.compactMap { json -> Symptom? in
      guard let store = ObservedSecretStore(json), let ready = store.ready, !ready.isTrue else { return nil }
      return Symptom(.store, store.metadata.called(store.reference.kind), "\(ready.reason): \(ready.message.inOneLine)")
    }
    return late
      + all(ObservedExternalSecret.self).compactMap { secret in
        guard let ready = secret.ready, !ready.isTrue else { return nil }
        return Symptom(
          .externalSecret, secret.metadata.called("ExternalSecret"), "\(ready.reason): \(ready.message.inOneLine)")
      }
  }

  /// Claims of the platform's APIs that are not carried out.
  var claimSymptoms: [Symptom] {
    claims.compactMap { json in
      guard let metadata = ObjectMetadata(json), let kind = json["kind"]?.stringValue else { return nil }
      let subject = metadata.called(kind)
      let conditions = json[path: "status", "conditions"]?.arrayValue ?? []
      func late(_ type: String) -> String? {
        let condition = conditions.first { $0["type"]?.stringValue == type && $0["status"] != "True" }
        return condition.map {
          "\($0["reason"]?.stringValue ?? ""): \($0["message"]?.stringValue ?? "")".inOneLine
        }
      }
      if let reason = late("Synced") { return Symptom(.claim, subject, "not Synced: \(reason)") }
      guard let reason = late("Ready") else { return nil }
      let isQuiet = !troubledPods.contains { $0.metadata.namespace == metadata.namespace }
      return Symptom(
        .claim, subject,
        "not Ready: \(reason)\(isQuiet ? ", although every pod of its namespace is ready" : "")")
    }
  }
}
