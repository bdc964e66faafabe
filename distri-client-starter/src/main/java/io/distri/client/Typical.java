package io.distri.client;

import io.distri.protocol.LoadReport;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What is usual among the candidates of an election; stands in for what is not known of one, or no
 * longer.
 *
 * @param serviceMs of the candidate in the middle by speed, in milliseconds; of any where all
 *     reported, since it stands in for none
 * @param permits of the same
 * @param backlogMs average backlog for each permit, in milliseconds
 */
record Typical(double serviceMs, int permits, double backlogMs) {

  /** Where nothing was reported. */
  static final Typical UNKNOWN = new Typical(0, 1, 0);

  static Typical of(List<Candidate> candidates) {
    LoadReport.Work[] known =
        candidates.stream()
            .map(Candidate::work)
            .filter(Objects::nonNull)
            .toArray(LoadReport.Work[]::new);
    if (known.length == 0) {
      return UNKNOWN;
    }
    if (known.length < candidates.size()) {
      // Sorted only where one needs the middle: every call elects.
      Arrays.sort(known, Comparator.comparingDouble(LoadReport.Work::serviceMs));
    }
    LoadReport.Work middle = known[known.length / 2];
    double backlogMs = 0;
    for (LoadReport.Work work : known) {
      backlogMs += work.backlogMs() / Math.max(1, work.permits());
    }
    return new Typical(middle.serviceMs(), middle.permits(), backlogMs / known.length);
  }
}
