package io.distri.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dictionaries of <a href="https://github.com/httpwg/structured-field-tests">
 * structured-field-tests</a>, each of them before a load report's own members: as a later version
 * might write one. The folder that has {@code structured-fields/} is given by {@code -Dsuites=DIR}.
 */
class StructuredFieldsSuiteTest {
  private static final LoadReport REPORT = new LoadReport(1712, NodeState.UP, 3, Map.of());

  @TestFactory
  List<DynamicTest> every_valid_dictionary_is_taken_and_every_other_refused_as_a_whole()
      throws IOException {
    Path suites = Path.of(System.getProperty("suites", ""), "structured-fields");
    Assumptions.assumeTrue(Files.isDirectory(suites), "-Dsuites names a folder with this suite");
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(suites)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
        for (JsonNode test : JsonMapper.shared().readTree(Files.readAllBytes(file))) {
          if (test.path("header_type").asString().equals("dictionary")) {
            tests.add(
                dynamicTest(
                    file.getFileName() + " " + test.path("name").asString(), () -> check(test)));
          }
        }
      }
    }
    return tests;
  }

  private static void check(JsonNode test) {
    String lines =
        test.path("raw").valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    String header = lines.isBlank() ? REPORT.format() : lines + ", " + REPORT.format();
    if (test.path("must_fail").asBoolean()) {
      assertThat(LoadReport.parse(header)).as(header).isEmpty();
    } else if (!test.path("can_fail").asBoolean()) {
      assertThat(LoadReport.parse(header)).as(header).hasValue(REPORT);
    }
  }
}
