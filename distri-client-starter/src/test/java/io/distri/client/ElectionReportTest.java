package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("simulation")
@Tag("proof")
@ExtendWith(MeasuredElection.class)
class ElectionReportTest {

  private static final Path DIRECTORY = Path.of("..", "docs", "results");

  @Test
  void the_committed_report_is_what_the_simulation_says(Results results) throws IOException {
    for (Map.Entry<String, String> file : new ElectionReport(results).files().entrySet()) {
      Path path = DIRECTORY.resolve(file.getKey());
      if (System.getProperty("distri.report.write") != null) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      assertThat(path)
          .as(
              "%s is out of date. Make it again, and look at what has changed: %s",
              path, ElectionReport.COMMAND)
          .content()
          .isEqualTo(file.getValue());
    }
  }
}
