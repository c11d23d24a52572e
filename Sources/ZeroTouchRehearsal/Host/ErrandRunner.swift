package import ZeroTouchWorld

/// Does for the world what it cannot do itself, because that needs files or programs.
package protocol ErrandRunner: Sendable {
  func perform(_ errand: Errand) async -> ErrandResult
}
