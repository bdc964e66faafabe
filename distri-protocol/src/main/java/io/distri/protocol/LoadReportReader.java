package io.distri.protocol;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a load report from its header, which may be any dictionary of RFC 9651: members that it
 * does not know are passed over, and so are parameters, and what stands behind the numbers of a
 * class of work. So later versions can add all of these. A header that is no dictionary, or that
 * lacks what a report needs, is no report as a whole.
 */
final class LoadReportReader {
  private final DictionaryText text;

  /** Where the value of each member begins. */
  private final Map<String, Integer> members = new HashMap<>();

  LoadReportReader(String header) {
    this.text = new DictionaryText(header);
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException where it is no report
   * @throws ArithmeticException where a number of it is out of all bounds
   */
  LoadReport read() {
    passOver();
    find("seq");
    long seq = integer();
    find("state");
    NodeState state = NodeState.ofKey(text.token());
    find("rif");
    int inFlight = Math.toIntExact(integer());
    Map<WorkClass, LoadReport.Work> work = new EnumMap<>(WorkClass.class);
    for (WorkClass workClass : WorkClass.values()) {
      if (members.containsKey(workClass.key())) {
        find(workClass.key());
        work.put(workClass, work());
      }
    }
    return new LoadReport(seq, state, inFlight, work);
  }

  /** Walks through the whole header once: a later member of the same name counts. */
  private void passOver() {
    text.spaces();
    while (!text.atEnd()) {
      String key = text.key();
      members.put(key, text.position());
      if (text.accept('=')) {
        text.value();
      } else {
        text.parameters();
      }
      text.blanks();
      if (!text.atEnd()) {
        text.expect(',');
        text.blanks();
        text.require(!text.atEnd());
      }
    }
  }

  private void find(String key) {
    Integer begin = members.get(key);
    if (begin == null) {
      throw new IllegalArgumentException("a load report without " + key);
    }
    text.goBack(begin);
    text.expect('=');
  }

  private LoadReport.Work work() {
    text.expect('(');
    text.spaces();
    double backlogMs = decimal();
    int permits = Math.toIntExact(integer());
    int queueBound = Math.toIntExact(integer());
    double serviceMs = decimal();
    return new LoadReport.Work(backlogMs, permits, queueBound, serviceMs);
  }

  private double decimal() {
    return positive(true);
  }

  private long integer() {
    return (long) positive(false);
  }

  /** No number of a report is negative. An integer has few enough digits for a double. */
  private double positive(boolean decimal) {
    double number = text.number(decimal);
    text.require(number >= 0);
    text.parameters();
    text.spaces();
    return number;
  }
}
