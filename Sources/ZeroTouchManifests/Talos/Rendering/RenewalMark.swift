/// The mark by which a machine itself says in which rebuild, or in which replacement, it was made anew.
///
/// It lies with the configuration on the partition STATE, so that a reset takes it away; and whoever comes back to a
/// rebuild that was interrupted can tell the machines that are done from those that still run the old cluster.
package enum RenewalMark {
  /// The annotation in `machine.nodeAnnotations`, which Talos also gives the Node.
  package static let annotation = "zerotouch.dev/renewed"
}
