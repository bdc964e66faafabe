package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventReaderTest {

  @Test
  void events_are_read_with_their_type_and_the_last_id_and_without_heartbeats() throws Exception {
    EventReader reader =
        reader(
            ": hello\n\nevent: a\ndata: 1\nid: x\n\n:\n\nevent: b\ndata: 2\n\ndata:3\ndata:4\n\n");

    assertThat(reader.next()).isEqualTo(new ServerEvent("a", "1", "x"));
    assertThat(reader.next()).isEqualTo(new ServerEvent("b", "2", "x"));
    assertThat(reader.next()).isEqualTo(new ServerEvent("message", "3\n4", "x"));
    assertThat(reader.next()).isNull();
  }

  @Test
  void an_event_that_is_cut_off_is_none() throws Exception {
    assertThat(reader("event: a\ndata: 1\n").next()).isNull();
  }

  private static EventReader reader(String text) {
    return new EventReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
