package io.github.lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.CommandLineOptionException;

class ReportTest {

  @Test
  void argumentsThatAreNotOursAreForJmh() throws CommandLineOptionException {
    Report report = Report.of(List.of("name", "--bits", "0", "Gemm", "--add", "-f", "7"));
    assertEquals("name", report.name());
    assertEquals(true, report.add());
    assertEquals(List.of(0), report.widths());
    assertEquals(List.of("Gemm"), report.jmh().getIncludes());
    assertEquals(7, report.jmh().getForkCount().get());
  }

  @Test
  void widthsAreThoseOfTheMachine() {
    assertEquals(List.of(0, 128, 256), Report.widths("all", 256));
    assertEquals(List.of(256, 0), Report.widths("256,0", 256));
    Exception e = assertThrows(IllegalArgumentException.class, () -> Report.widths("128,512", 256));
    assertEquals("--bits: expected all, or some of [0, 128, 256], found '128,512'", e.getMessage());
  }

  @Test
  void aReportNeedsAName() {
    assertThrows(IllegalArgumentException.class, () -> Report.of(List.of("-f", "1")));
  }

  @Test
  void resultsAreAddedBehindThoseThatAreThere() {
    assertEquals(
        "[\n {\"a\": 1},\n {\"a\": 2}\n]\n",
        Report.joined("[\n {\"a\": 1}\n]\n", "[\n {\"a\": 2}\n]\n"));
  }
}
