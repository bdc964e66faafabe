package io.distri.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.greenbytes.http.sfv.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadReportTest {
  private static final LoadReport REPORT =
      new LoadReport(
          1712,
          NodeState.UP,
          3,
          Map.of(
              WorkClass.ENCRYPT, new LoadReport.Work(12.5, 2, 64, 3.1),
              WorkClass.DB, new LoadReport.Work(0, 256, 1024, 0.3)));

  @Test
  void is_written_as_the_contract_shows_it_and_read_back() {
    assertThat(REPORT.format())
        .isEqualTo("seq=1712, state=up, rif=3, encrypt=(12.5 2 64 3.1), db=(0.0 256 1024 0.3)");
    assertThat(LoadReport.parse(REPORT.format())).hasValue(REPORT);
  }

  @Test
  void a_number_out_of_all_bounds_is_still_a_structured_field() {
    LoadReport extreme =
        new LoadReport(
            ChronoUnit.MICROS.between(LoadReport.SEQ_EPOCH, Instant.parse("2056-01-01T00:00:00Z")),
            NodeState.RESTARTING,
            Integer.MAX_VALUE,
            Map.of(WorkClass.USER, new LoadReport.Work(1e300, 1, 4, Double.NaN)));
    assertThat(LoadReport.parse(extreme.format())).isPresent();
    assertThatNoException().isThrownBy(() -> Parser.parseDictionary(extreme.format()));
  }

  @Test
  void members_that_a_later_version_adds_are_passed_over() {
    assertThat(LoadReport.parse(REPORT.format() + ", mood=sunny, gpu=(1 2)")).hasValue(REPORT);
    assertThat(
            LoadReport.parse(
                "zone=\"a, b\";rack=-7, drained, seq=1;unit=us, seq=1712, mood=?0, state=up;since=@1659578233,"
                    + " rif=3,hash=:AAE=:,gpu=(\"x\" %\"f%c3%bc\";a);b , "
                    + "encrypt=( 12.5  2;max=4 64 3.1 -9 later), db=(0 256 1024 0.3);v=2"))
        .hasValue(REPORT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "seq=1",
        "seq=1, state=up",
        "seq=x, state=up, rif=1",
        "seq=1, state=drunk, rif=1",
        "seq=1, state=up, rif=1.5",
        "seq=1, state=up, rif=1, encrypt=(1 2)",
        "seq=1, state=up, rif=99999999999",
        "seq=1, state=up, rif=-1",
        "seq=1, state=up, rif=1,",
        "seq=1, state=up, rif=1 2",
        "seq=1, state=up, rif=1, gpu=(1 2",
        "seq=1, state=up, rif=1, db=(1.0 2 3 4.0",
        "seq=1234567890123456, state=up, rif=1",
        "seq=1, state=up, rif=1, a=1.2345",
        "seq=1, state=up, rif=1, a=\"open",
        "seq=1, state=up, rif=1, A=1",
        "seq=1, state=up, rif=1, a=:=:",
        "seq=1, state=up, rif=1, a=%\"%ff\"",
        "seq=1, state=up, rif=1, a=?2",
        "seq, state=up, rif=1",
        "seq=1, state=\"up\", rif=1",
        "<html>"
      })
  void a_broken_report_is_no_report(String header) {
    assertThat(LoadReport.parse(header)).isEmpty();
  }
}
