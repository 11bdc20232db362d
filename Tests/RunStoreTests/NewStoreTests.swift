// A store that is not there yet comes to be with what is first written to it, whole or not at all.

import Answers
import Dedalus
import Evaluation
import Files
import Foundation
import GRDB
import Testing

@testable import RunStore

@Suite("New stores")
struct NewStoreTests {
  private let folder: TemporaryFolder
  private let answer: Answer

  init() throws {
    folder = try TemporaryFolder()
    answer = try Example.retry()
  }

  @Test("nothing has the name of a store before something is written, and nothing is left where nothing is")
  func nameless() throws {
    do {
      let store = try RunStore(creatingOrOpening: folder.path())
      let names = folder.names
      let other = try RunStore(creatingOrOpening: folder.path())
      #expect(names.count == 1 && folder.names.contains(names[0]))
      _ = try store.begin(answer.question)
      #expect(try store.analyses().isEmpty)
      #expect(!folder.names.contains("runs.sqlite") && folder.names.count == 2)
      try other.close()
      #expect(folder.names.count == 1)
    }
    #expect(folder.names.isEmpty)
  }

  @Test("the first transaction is all that another process then finds, and further ones come after it")
  func firstTransaction() throws {
    let store = try RunStore(creatingOrOpening: folder.path())
    var recording = try store.begin(answer.question)
    try recording.record(#require(answer.baseline), violations: [])
    try recording.flush()
    #expect(folder.names == ["runs.sqlite"])
    #expect(try RunStore(reading: folder.path()).analyses().map(\.runCount) == [1])
    try recording.finish(answer)
    #expect(try store.analyses().map(\.verdict) == [.counterexample])
    let whole = try RunStore(creatingOrOpening: folder.path("whole"))
    try whole.record(answer)
    #expect(try store.contents() == whole.contents())
    #expect(folder.names == ["runs.sqlite", "whole"])
    try store.checkInvariants()
  }

  private static let plans: [SearchPlan] = [
    .circuit, .exhaustive(usesSymmetry: true), .random(seed: 7, runs: 9, usesSymmetry: false),
  ]

  @Test(
    "where another process has made the store in the meantime, its analyses stay and this one comes after them"
  )
  func race() throws {
    let stores = try (0..<3).map { _ in try RunStore(creatingOrOpening: folder.path()) }
    for (position, store) in stores.enumerated() {
      #expect(try store.record(answer, by: Self.plans[position]) == AnalysisID(position + 1))
    }
    #expect(folder.names == ["runs.sqlite"])
    #expect(try stores[0].analyses().map(\.plan) == Self.plans)
    for analysis in try stores[0].analyses() {
      for run in try stores[0].runs(of: analysis.id) { _ = try stores[0].execution(of: run) }
    }
    try stores[0].checkInvariants()
  }

  @Test("a first transaction that fails leaves nothing, and the next one is the first")
  func failure() throws {
    let store = try RunStore(creatingOrOpening: folder.path())
    #expect(throws: StoreError.self) {
      try store.write { database in
        try database.execute(sql: "INSERT INTO symbols VALUES (1, 0, 'x')")
        throw StoreError.missing(path: "x", reason: "y")
      }
    }
    #expect(!folder.names.contains("runs.sqlite"))
    try store.record(answer)
    #expect(try store.table("SELECT count(*) FROM symbols WHERE value = 'x'") == [["0"]])
    try store.checkInvariants()
  }

  @Test(
    "a store whose folder is gone can be written when the folder is there again, and has what was written then"
  )
  func folderGone() throws {
    let place = folder.url.appendingPathComponent("inner", isDirectory: true)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    let store = try RunStore(creatingOrOpening: place.path + "/runs.sqlite")
    try FileManager.default.removeItem(at: place)
    #expect(throws: StoreError.self) { try store.record(answer) }
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    #expect(try store.record(answer) == AnalysisID(1))
    #expect(try store.analyses().map(\.runCount) == [2])
    try store.checkInvariants()
  }

  @Test("what somebody else puts at the path is left as it is, and the record fails")
  func foreigner() throws {
    let store = try RunStore(creatingOrOpening: folder.path())
    try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.path()))
    #expect {
      try store.record(answer)
    } throws: { error in
      (error as? StoreError)?.code == "not-a-store"
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path())) == Data("mine".utf8))
    #expect(folder.names == ["runs.sqlite"])
  }

  @Test("an analysis that takes longer than it may go unsaved is on disk, without a run")
  func keepingUp() throws {
    let store = try RunStore(creatingOrOpening: folder.path())
    var recording = try store.begin(answer.question)
    recording.longestUnsaved = .seconds(1_000_000)
    try recording.keepUp()
    #expect(recording.analysis == nil)
    recording.longestUnsaved = .zero
    try recording.keepUp()
    #expect(recording.analysis == AnalysisID(1) && recording.savedRuns == 0)
    #expect(try RunStore(reading: folder.path()).analyses().map(\.verdict) == [nil])
    try store.checkInvariants()
  }

  @Test(
    "what a process left that died before its store had a name is removed by the next, and nothing else is",
    arguments: ["runs.sqlite", "l\u{E4}ufe.sqlite"])
  func abandoned(name: String) throws {
    let left = "\(name).0123456789abcdef.partial"
    let others = [
      "other.sqlite.0123456789abcdef.partial", "\(name).partial", "\(name).20261123.partial",
      "\(name).0123456789ABCDEF.partial",
      "\(name).0123456789abcdef.x.partial", "\(name).0123456789abcdef.partial.x", "x\(left)",
    ]
    for file in others + [left] { try Data().write(to: URL(fileURLWithPath: folder.path(file))) }
    let living = try RunStore(creatingOrOpening: folder.path(name))
    #expect(folder.names.count == others.count + 1 && !folder.names.contains(left))
    try RunStore(creatingOrOpening: folder.path(name)).record(answer)
    #expect(try living.record(answer) == AnalysisID(2))
    #expect(folder.names == (others + [name]).sorted())
    try living.checkInvariants()
  }

  @Test("a new store whose file somebody removes is made anew, and in the middle of a transaction an error")
  func removed() throws {
    let store = try RunStore(creatingOrOpening: folder.path())
    func remove() throws {
      for name in folder.names { try FileManager.default.removeItem(atPath: folder.path(name)) }
    }
    try remove()
    #expect(throws: StoreError.self) { try store.write { _ in try remove() } }
    #expect(folder.names.isEmpty)
    #expect(try store.record(answer) == AnalysisID(1))
    #expect(folder.names == ["runs.sqlite"])
    try store.checkInvariants()
  }

  @Test(
    "a store that is moved or replaced after its first transaction is not written to any more",
    arguments: [false, true])
  func moved(isReplaced: Bool) throws {
    let store = try RunStore(creatingOrOpening: folder.path())
    var recording = try store.begin(answer.question)
    try recording.record(#require(answer.baseline), violations: [])
    try recording.flush()
    try FileManager.default.moveItem(atPath: folder.path(), toPath: folder.path("moved"))
    if isReplaced { try RunStore(creatingOrOpening: folder.path()).record(Example.lossy()) }
    let other = isReplaced ? try Data(contentsOf: URL(fileURLWithPath: folder.path())) : nil
    #expect {
      try recording.finish(answer)
    } throws: { error in
      "\(error)".contains("it has been moved or replaced")
    }
    #expect(folder.names == (isReplaced ? ["moved", "runs.sqlite"] : ["moved"]))
    #expect(try isReplaced ? Data(contentsOf: URL(fileURLWithPath: folder.path())) == other : true)
    #expect(try RunStore(reading: folder.path("moved")).analyses().map(\.runCount) == [1])
    try RunStore(reading: folder.path("moved")).checkInvariants()
  }
}
