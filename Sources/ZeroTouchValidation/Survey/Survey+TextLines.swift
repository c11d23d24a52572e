import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// Where one line of a text stands that goes over several: in the file itself, since only that tells how a text is
  /// folded. The beginning of the text where the file does not have the line.
  func place(ofLine line: some StringProtocol, in node: LocatedYAML) -> SourceLocation {
    let start = node.location
    let wanted = line.drop { $0.isWhitespace }
    guard !wanted.isEmpty, let text = tree.text(of: start.file) else { return start }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard start.line >= 1,
      let index = lines.indices.dropFirst(start.line - 1).first(where: { lines[$0].contains(wanted) })
    else { return start }
    let column = lines[index].prefix { $0 == " " }.count + 1
    return index + 1 == start.line ? start : SourceLocation(file: start.file, line: index + 1, column: column)
  }
}
