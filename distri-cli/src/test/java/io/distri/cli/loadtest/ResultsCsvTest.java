package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.loadtest.CellResult.Entries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsCsvTest {

  @TempDir Path directory;

  @Test
  void the_original_columns_come_first_in_their_own_spelling() throws IOException {
    assertThat(written(Kind.ENCRYPT, new ClosedLoop(10), Samples.result(3, 25, 1, null)))
        .containsExactly(
            "servers,clients,Total failed tasks,Avg Completion Time,Avg response time,"
                + "p50_ms,p99_ms,p99_9_ms,sends_per_task,nodes_cpu_ms,client_cpu_ms,client_bytes",
            "3,25,1,52.85ms,0.061500,40.000,99.000,120.500,1.040,6.000,1.000,240000");
  }

  @Test
  void a_db_row_tells_the_entries_that_were_saved_and_acknowledged() throws IOException {
    Entries entries = new Entries(25, 24);
    assertThat(written(Kind.DB, new ClosedLoop(1), Samples.result(3, 25, 1, entries)))
        .containsExactly(
            "servers,clients,Total failed tasks,Avg Completion Time,Avg response time,"
                + "Entries saved,p50_ms,p99_ms,p99_9_ms,sends_per_task,nodes_cpu_ms,client_cpu_ms,client_bytes,acknowledged",
            "3,25,1,52.85ms,0.061500,24,40.000,99.000,120.500,1.040,6.000,1.000,240000,25");
  }

  @Test
  void a_row_of_an_open_loop_tells_its_pace_and_what_it_could_not_keep() throws IOException {
    OpenLoop load = new OpenLoop(40, Duration.ofMillis(2500));
    List<String> lines = written(Kind.ENCRYPT, load, Samples.result(3, 25, 1, null));

    assertThat(lines.get(0)).endsWith(",client_bytes,rate_per_s,duration_s,calls,late,not_started");
    assertThat(lines.get(1)).endsWith(",240000,40,2.5,250,7,2");
    assertThat(directory.resolve("new/encrypt-rate-40.csv")).exists();
  }

  @Test
  void what_is_not_known_of_the_cost_is_left_empty() throws IOException {
    assertThat(written(Kind.ENCRYPT, new ClosedLoop(10), Samples.hopeless(7, 25)).get(1))
        .endsWith(",0.000,,2.000,");
  }

  @Test
  void results_of_an_earlier_test_are_replaced() throws IOException {
    Plan plan = plan(Kind.DB, new ClosedLoop(1));
    ResultsCsv.create(plan).add(Samples.result(1, 1, 0, new Entries(1, 1)));

    assertThat(Files.readAllLines(ResultsCsv.create(plan).file())).hasSize(1);
  }

  private List<String> written(Kind kind, Load load, CellResult result) throws IOException {
    ResultsCsv csv = ResultsCsv.create(plan(kind, load));
    csv.add(result);
    return Files.readAllLines(csv.file());
  }

  private Plan plan(Kind kind, Load load) {
    return new Plan(kind, List.of(3), List.of(25), load, 0, directory.resolve("new"));
  }
}
