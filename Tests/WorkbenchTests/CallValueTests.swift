import Answers
import Evaluation
import Scenarios
import Search
import Testing

@testable import Workbench

@Suite("Values of options")
struct CallValueTests {
  private func message<Value>(_ read: () throws -> Value) -> String? {
    do {
      _ = try read()
      return nil
    } catch {
      return Refusal(error).text(coloured: false)
    }
  }

  @Test("numbers are whole and in their range", arguments: ["1", "7", "12"])
  func numbers(text: String) throws {
    #expect(try Count.parse(text, "--runs", 1...12) == Int(text))
  }

  @Test("and nothing else is one", arguments: ["0", "13", "007", "-1", "+1", "1e1", "", " 1", "٣"])
  func otherNumbers(text: String) {
    #expect(
      message { try Count.parse(text, "--runs", 1...12, fix: "count them") }
        == "error: --runs takes a whole number from 1 to 12, not '\(text)' [bad-number]\n  fix: count them\n")
  }

  @Test("times are seconds, perhaps with a fraction")
  func seconds() throws {
    #expect(try Seconds.parse("0.5", "--time-limit") == .milliseconds(500))
    #expect(try Seconds.parse("1000000", "--time-limit") == .seconds(1_000_000))
    for text in ["0", "-1", "1000001", "1e3", "inf", "nan", "", "0x1", "1.2.3"] {
      #expect(
        message { try Seconds.parse(text, "--time-limit") }
          == "error: --time-limit takes a number of seconds above 0, such as 10 or 0.5, not '\(text)' [bad-limit]\n"
      )
    }
  }

  @Test("the budget grows with the memory that is given, and is never useless")
  func budget() {
    let (standard, double) = (Budget.standard, Budget(mebibytes: 400))
    #expect(double.tuples == 2 * standard.tuples && double.firings == 2 * standard.firings)
    #expect(double.gates == 2 * standard.gates && Budget(mebibytes: 200) == standard)
    let least = Budget(mebibytes: 0)
    #expect(least.tuples == 1000 && least.firings == 1000 && least.gates == 1000)
  }

  @Test("a sweep begins at EOT and EFF, which is not above EOT")
  func start() throws {
    let start = try Sweep.start("12,11")
    #expect(start.eot == 12 && start.eff == 11)
    #expect(try Sweep.start("1,1").eff == 1)
    for text in ["12", "12,13", "0,0", "12,11,10", "a,b", "12,", "1000001,0", "12, 11"] {
      #expect(
        message { try Sweep.start(text) }
          == "error: --from takes EOT and EFF, as in 12,11, and EFF not above EOT; not '\(text)' [bad-bounds]\n"
      )
    }
  }

  @Test("a frontier has two kinds of faults")
  func axes() throws {
    let axes = try Frontier.Axes("pauses,omissions")
    #expect(axes.rows == .pause && axes.columns == .omission)
    for text in ["pauses", "pauses,pauses", "pauses,omissions,crashes", "pauses,", "crash,omission", ""] {
      let found = message { try Frontier.Axes(text) }
      #expect(found?.hasPrefix("error: --axes takes two of crashes, omissions, ") == true)
      #expect(found?.hasSuffix(", as in pauses,omissions; not '\(text)' [bad-axes]\n") == true)
    }
  }
}
