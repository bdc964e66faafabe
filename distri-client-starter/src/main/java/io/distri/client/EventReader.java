package io.distri.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the format of server-sent events (WHATWG HTML, section 9.2.6). For one thread. */
final class EventReader {
  private final BufferedReader lines;
  private String id = "";

  EventReader(InputStream in) {
    lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** Null at the end; an event that the end cuts off counts as none. */
  @Nullable ServerEvent next() throws IOException {
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          return new ServerEvent(type, data.substring(1), id);
        }
        type = "message";
      } else if (line.startsWith("data:")) {
        data.append('\n').append(value(line));
      } else if (line.startsWith("event:")) {
        type = value(line);
      } else if (line.startsWith("id:")) {
        id = value(line);
      }
    }
    return null;
  }

  private static String value(String line) {
    String value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
