import Answers
import Documents
import Search
import Support
import Testing

@testable import Reports

@Suite("Frontiers as tables")
struct FrontierTableTests {
  private func table(_ shape: FrontierShape = FrontierShape(), eff: Int = 2, crashes: Int = 1) throws
    -> FrontierTable
  {
    let found = try frontier(Example.question(eff: eff, crashes: crashes), shape)
    return try #require(FrontierTable(found, files: ["p.ded"]))
  }

  @Test("one table, its legend and its boundary")
  func one() throws {
    let table = try table()
    #expect(table.isComplete)
    #expect(
      table.text(coloured: false).withoutLines("seconds ") == """
        FRONTIER  which faults 'post' survives

                  omissions
        crashes     0    1  any
              0     .    1    1
              1     .    1    1

          .  holds: proved for every such fault set
          n  breaks, and n faults are the fewest that do it

          with 0 crashes it breaks from 1 omission on: omit a b 1
          with 1 crash it breaks from 1 omission on: omit a b 1

        bounds       EOT 4, EFF 2, 1 crash, nodes a, b, c; oracle implication, crash view silent

        """)
  }

  @Test("a table for each EFF; equal ones are shown once")
  func everyEFF() throws {
    let table = try table(FrontierShape(showsEveryEFF: true), eff: 3, crashes: 0)
    #expect(
      table.text(coloured: false).part(from: "EFF", to: "  .  holds") == """
        EFF 0, 1
                  omissions
        crashes     0    1  any
              0     .    .    .

          with 0 crashes it holds, whatever is lost

        EFF 2, 3
                  omissions
        crashes     0    1  any
              0     .    1    1

          with 0 crashes it breaks from 1 omission on: omit a b 1


        """)
  }

  @Test("as a document, each cell has its budget and its verdict")
  func json() throws {
    let text = try table(FrontierShape(), crashes: 0).json.text
    #expect(
      text.part(from: "  \"complete\"", to: "  \"executions\"") == """
          "complete": true,
          "stoppedBy": null,
          "cells": [
            {"eff": 2, "crashes": 0, "omissions": 0, "verdict": "holds", "faults": null, "violated": null},
            {
              "eff": 2,
              "crashes": 0,
              "omissions": 1,
              "verdict": "breaks",
              "faults": [{"kind": "omission", "from": "a", "to": "b", "round": 1}],
              "violated": [["c", "hello"]]
            },
            {
              "eff": 2,
              "crashes": 0,
              "omissions": null,
              "verdict": "breaks",
              "faults": [{"kind": "omission", "from": "a", "to": "b", "round": 1}],
              "violated": [["c", "hello"]]
            }
          ],

        """)
  }

  @Test("there is no table where there is no answer")
  func none() throws {
    let cut = try frontier(Example.question(), patience: Patience(isInterrupted: { true }))
    #expect(FrontierTable(cut, files: []) == nil)
    #expect(FrontierTable(try frontier(Example.question(outcome: "say")), files: []) == nil)
  }
}
