import Testing

@testable import Reports

@Suite("JUnit documents")
struct JUnitDocumentTests {
  @Test("have suites, cases and what went wrong, to the byte")
  func whole() {
    let document = JUnitDocument([
      .init(
        name: "one & two",
        cases: [
          .init(name: "a", group: "g", seconds: 1, result: .passed),
          .init(
            name: "\"b\"", group: "g", seconds: 0.5,
            result: .failed(message: "no < yes", details: ["x", "y"])),
          .init(name: "c", group: "g", seconds: 0.25, result: .error(message: "off", details: [])),
        ]),
      .init(name: "empty", cases: []),
    ])
    #expect(
      document.text(at: 951_782_400) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
        <testsuite name="one &amp; two" tests="3" failures="1" errors="1" time="1.750" timestamp="2000-02-29T00:00:00" \
        hostname="localhost" id="0" package="faultline">
        <properties><property name="faultline" value="\(Version.current)"/></properties>
        <testcase name="a" classname="g" time="1.000"></testcase>
        <testcase name="&quot;b&quot;" classname="g" time="0.500"><failure message="no &lt; yes" type="faultline">
        x
        y</failure></testcase>
        <testcase name="c" classname="g" time="0.250"><error message="off" type="faultline"></error></testcase>
        <system-out/><system-err/></testsuite>
        <testsuite name="empty" tests="0" failures="0" errors="0" time="0.000" timestamp="2000-02-29T00:00:00" \
        hostname="localhost" id="1" package="faultline">
        <properties><property name="faultline" value="\(Version.current)"/></properties>
        <system-out/><system-err/></testsuite>
        </testsuites>

        """)
  }
}
