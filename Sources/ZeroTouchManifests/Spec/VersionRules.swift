import ZeroTouchModel

/// Which versions of a spec fit each other.
enum VersionRules {
  static func problems(of draft: SpecDraft) -> [Diagnostic] {
    guard draft.provider.value.ownsMachines else { return [] }
    return Compatibility.problems(of: draft.versions).map { problem in
      // The last of the pair that the file sets is the one to look at; the default set fits itself.
      let place = problem.keys.compactMap { draft.versionPlaces[$0] }.max()
      return Diagnostic(at: place, problem.message, remedy: problem.remedy)
    }
  }
}
