import Testing

@testable import RunStore

@Suite("What is true of every store")
struct StoreInvariantTests {
  @Test(
    "is seen to be broken",
    arguments: [
      "UPDATE analyses SET program = 2", "DELETE FROM times", "UPDATE sources SET position = 1",
      "UPDATE analyses SET costs = NULL", "UPDATE runs SET role = 'trial' WHERE id = 1",
      "UPDATE runs SET minimum = 1 WHERE id = 1", "UPDATE runs SET id = 3 WHERE id = 2",
      "UPDATE symbols SET id = 99 WHERE id = 1", "UPDATE ground_rows SET symbols = '[99]' WHERE id = 1",
      "UPDATE ground_rows SET relation = 99", "UPDATE tuples SET round = 9 WHERE id = 1",
      "UPDATE absences SET symbols = '[]'", "UPDATE firings SET rule = 99", "UPDATE firings SET head = 99",
      "UPDATE firings SET premises = '[99]'", "UPDATE firings SET absences = '[99]'",
      "UPDATE firings SET sender = (SELECT id FROM symbols WHERE value = 7) WHERE receiver IS NOT NULL",
      "UPDATE firings SET receiver = NULL", "UPDATE faults SET position = 1",
      "UPDATE faults SET receiver = NULL",
      "UPDATE faults SET node = 'z'", "DELETE FROM faults",
      "UPDATE runs SET tuples = '[[0,99]]' WHERE id = 1",
      "UPDATE runs SET tuples = '[]' WHERE id = 1", "UPDATE runs SET firings = '[[1,0]]' WHERE id = 1",
      "UPDATE runs SET firings = '[[0,0],[1,1]]' WHERE id = 1",
      "UPDATE runs SET firings = '[[1,1],[0,1]]' WHERE id = 1", "UPDATE runs SET sender_crashed = omitted",
      "UPDATE runs SET receiver_down = omitted",
      "UPDATE faults SET until = 3", "UPDATE faults SET side = '[\"a\"]'", "UPDATE faults SET late = 0",
      "UPDATE firings SET rule = NULL", "UPDATE firings SET late = NULL WHERE receiver IS NOT NULL",
      "UPDATE runs SET omitted = '[[0,0]]' WHERE id = 1", "DELETE FROM runs WHERE id = 2",
    ])
  func broken(change: String) throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    try store.record(try Example.lossy())
    try store.checkInvariants()
    try store.write { try $0.execute(sql: change) }
    #expect(try !store.contradictions().isEmpty)
  }
}
