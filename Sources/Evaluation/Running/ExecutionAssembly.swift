// A run put together from a record of it instead of by evaluation. Tuples, firings and messages are added in
// the order in which they were derived, so the result is the run that was recorded, and code that reads runs
// can read records too.

import Dedalus
import Indices
import Scenarios

/// A recorded run under construction.
public struct ExecutionAssembly {
  private let program: Program
  private let setting: Setting
  private let scenario: Scenario
  private let schema: Schema
  private var constants: ConstantPool
  private var store: TupleStore
  private var firings = FiringStore()
  private var absences = AbsenceStore()
  private var messages: [Message] = []
  private var scratch = WordBuffer()

  /// A run of `program` in `setting` under `scenario` in which nothing has happened yet.
  public init(_ program: Program, _ setting: Setting, under scenario: Scenario) {
    self.program = program
    self.setting = setting
    self.scenario = scenario
    schema = Schema(program)
    constants = ConstantPool(nodes: setting.nodes)
    store = TupleStore(IndexLayout(IndexCatalog(relationCount: schema.entries.count)))
  }

  /// The row of `relation` with `values`.
  public mutating func row(_ relation: RelationID, _ values: [Constant]) -> RowID {
    precondition(schema[relation].arity == values.count, "a row has a value for each column")
    scratch.begin(with: relation.rawValue)
    for value in values { scratch.append(constants.intern(value).rawValue) }
    return store.internRow(scratch)
  }

  /// Makes `row` hold in `round`; nil where it already holds.
  public mutating func hold(_ row: RowID, in round: Round) -> TupleID? {
    // A record is in the order of derivation, in which a late message holds before what comes earlier.
    store.tuple(row, in: round) == nil ? store.insert(row, in: round).tuple : nil
  }

  /// The number of `absence`.
  public mutating func absence(_ absence: Absence) -> AbsenceID {
    absences.intern(absence, &constants, scratch: &scratch)
  }

  /// Adds a firing of `rule` that derives `head`; nil as `rule` where a row stays, and as `head` where a
  /// message was lost.
  @discardableResult
  public mutating func fire(_ rule: RuleID?, _ premises: [Premise], head: TupleID?) -> FiringID {
    for premise in premises {
      switch premise {
      case .tuple(let tuple): firings.add(tuple)
      case .absence(let absence): firings.add(absence)
      }
    }
    assert(
      head.map { $0 < store.nextTuple } ?? true, "a firing derives a tuple that the record already has")
    return firings.close(rule: rule ?? FiringStore.staying, head: head ?? .none)
  }

  /// Adds a message, sent by the firing added last.
  public mutating func send(_ message: Message) {
    precondition(
      message.firing.position < firings.count, "messages are sent in the order of their firings")
    messages.append(message)
  }

  /// The finished run, with the given ending.
  public func execution(_ ending: Ending) -> Execution {
    Execution(
      program: program, setting: setting, scenario: scenario, schema: schema, constants: constants,
      store: store, messages: messages, ending: ending, firings: firings, absences: absences, marks: [])
  }
}
