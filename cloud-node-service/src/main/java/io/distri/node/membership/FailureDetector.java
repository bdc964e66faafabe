package io.distri.node.membership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Decides whom to talk to and whom to suspect, as SWIM does: every period a few members picked at
 * random are told the news, which they have to answer; where one does not, others are asked whether
 * they reach it, and where nobody does it is suspected. What a member sends and receives does not
 * grow with their number. It does nothing by itself: {@link #tick} says what is to be done. Not
 * safe for use by many threads.
 *
 * @see <a href="https://doi.org/10.1109/DSN.2002.1028914">Das, Gupta, Motivala: SWIM, 2002</a>
 */
public final class FailureDetector {
  /** How often members are picked. */
  public static final Duration PERIOD = Duration.ofSeconds(1);

  /** How often {@link #tick} is due. */
  public static final Duration TICK = Duration.ofMillis(250);

  /** How many members are picked, and how many are asked about one that does not answer. */
  static final int FAN_OUT = 3;

  /** The pause of a garbage collection, twice. */
  static final Duration DIRECT = Duration.ofSeconds(1);

  /** Direct and indirect probing together. */
  static final Duration PROBE = DIRECT.plusSeconds(1);

  private record Probe(long began, long incarnation, boolean asked) {}

  private final MemberTable members;
  private final RandomGenerator random;
  private final LongSupplier nanos;
  private final Map<String, Probe> probes = new LinkedHashMap<>();
  private long lastPeriod;

  /**
   * @param nanos a monotonic clock, in nanoseconds
   */
  public FailureDetector(MemberTable members, RandomGenerator random, LongSupplier nanos) {
    this.members = members;
    this.random = random;
    this.nanos = nanos;
    this.lastPeriod = nanos.getAsLong() - PERIOD.toNanos();
  }

  /** What is to be done. */
  public sealed interface Action {}

  /** A member is to be told the news. Where a message to it is under way, that one will do. */
  public record Tell(String id) implements Action {}

  /** A member is to be asked whether it reaches another. */
  public record AskAbout(String helper, String id) implements Action {}

  /** What is to be done now. Suspects those that nobody reached in time. */
  public List<Action> tick() {
    long now = nanos.getAsLong();
    List<Action> actions = new ArrayList<>();
    if (now - lastPeriod >= PERIOD.toNanos()) {
      lastPeriod = now;
      pick(now);
    }
    for (Iterator<Map.Entry<String, Probe>> open = probes.entrySet().iterator(); open.hasNext(); ) {
      Map.Entry<String, Probe> entry = open.next();
      Probe probe = entry.getValue();
      if (isOver(entry.getKey(), probe, now)) {
        open.remove();
        continue;
      }
      actions.add(new Tell(entry.getKey()));
      if (!probe.asked && now - probe.began >= DIRECT.toNanos()) {
        entry.setValue(new Probe(probe.began, probe.incarnation, true));
        helpers(entry.getKey()).forEach(id -> actions.add(new AskAbout(id, entry.getKey())));
      }
    }
    return actions;
  }

  private boolean isOver(String id, Probe probe, long now) {
    if (members.heardSince(id, probe.began)) {
      return true;
    }
    if (now - probe.began < PROBE.toNanos()) {
      return false;
    }
    members.suspect(id, probe.incarnation);
    return true;
  }

  /** One that was heard within the period, because it picked this node, has answered already. */
  private void pick(long now) {
    some(
            members.members().stream()
                .filter(Member::isExpectedToAnswer)
                .filter(member -> !probes.containsKey(member.id()))
                .toList())
        .stream()
        .filter(member -> !members.heardSince(member.id(), now - PERIOD.toNanos()))
        .forEach(member -> probes.put(member.id(), new Probe(now, member.incarnation(), false)));
  }

  private List<String> helpers(String about) {
    return some(
            members.members().stream()
                .filter(member -> member.isAlive() && !member.id().equals(about))
                .toList())
        .stream()
        .map(Member::id)
        .toList();
  }

  private List<Member> some(List<Member> candidates) {
    List<Member> shuffled = new ArrayList<>(candidates);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, Math.min(FAN_OUT, shuffled.size()));
  }
}
