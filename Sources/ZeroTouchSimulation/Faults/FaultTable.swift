/// Every fault that is rehearsed; the page docs/faults.md is made from it.
package enum FaultTable {
  package static var all: [Fault] { machines + members + calls + workloads + definitions + applications + laptop }

  package static func named(_ name: String) -> Fault? { all.first { $0.name == name } }
}
