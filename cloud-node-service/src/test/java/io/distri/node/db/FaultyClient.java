package io.distri.node.db;

import io.distri.node.db.Request.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A client with a session, which does one thing after the other and tries each at several nodes, as
 * the client starter does: a try that isn't answered may still be executed, also after a later one.
 */
final class FaultyClient {
  private static final long PATIENCE_MILLIS = 1600;

  private final VirtualTime time;
  private final FaultyNetwork network;
  private final List<FaultyNode> nodes;
  private final History history;
  private final String name;
  private final int tries;
  private final Mistake mistake;
  private final Map<String, History.Seen> seen = new HashMap<>();
  private final Map<String, List<String>> mine = new HashMap<>();
  private VersionVector session = VersionVector.EMPTY;
  private boolean stopped;
  private int count;

  FaultyClient(
      VirtualTime time,
      FaultyNetwork network,
      List<FaultyNode> nodes,
      History history,
      String name,
      int tries,
      Mistake mistake) {
    this.time = time;
    this.network = network;
    this.nodes = nodes;
    this.history = history;
    this.name = name;
    this.tries = tries;
    this.mistake = mistake;
  }

  void goOn() {
    time.between(
        20,
        300,
        () -> {
          if (!stopped) {
            Request request = next();
            history.asked(request);
            attempt(request, tries);
          }
        });
  }

  void stop() {
    stopped = true;
  }

  private Request next() {
    String collection = time.chance(0.8) ? "catalog" : "drafts";
    // Some documents are written all the time, others for a while and then left as they are.
    boolean passing = time.chance(0.4);
    String uuid =
        passing
            ? "t" + time.now() / 4000 + "-" + time.random.nextInt(3)
            : "d" + time.random.nextInt(8);
    int kind = time.random.nextInt(40);
    return new Request(
        switch (kind) {
          case 0 -> Kind.CREATE_COLLECTION;
          case 1 -> collection.equals("drafts") ? Kind.DROP_COLLECTION : Kind.READ;
          case 2, 3, 4, 5 -> Kind.DELETE;
          case 6, 7, 8, 9 -> Kind.ADD;
          case 10, 11, 12, 13, 14 -> passing ? Kind.DELETE : Kind.READ;
          case 15, 16, 17, 18 -> Kind.READ;
          default -> Kind.UPDATE;
        },
        collection,
        uuid,
        name + "-" + count++);
  }

  private void attempt(Request request, int triesLeft) {
    if (triesLeft == 0) {
      goOn();
      return;
    }
    boolean[] over = {false};
    boolean again = triesLeft < tries;
    String writeId = mistake == Mistake.WRITE_IDS_IGNORED && again ? null : request.id();
    FaultyNode node = nodes.get(time.random.nextInt(nodes.size()));
    VersionVector seenBefore = session;
    Runnable expire =
        () -> {
          if (!over[0]) {
            over[0] = true;
            attempt(request, triesLeft - 1);
          }
        };
    network.send(
        FaultyNetwork.OUTSIDE,
        node.index(),
        () ->
            node.serve(
                request,
                writeId,
                seenBefore,
                reply ->
                    network.send(
                        node.index(),
                        FaultyNetwork.OUTSIDE,
                        () -> {
                          if (!over[0]) {
                            over[0] = true;
                            heard(request, reply, triesLeft, seenBefore);
                          }
                        })));
    time.after(PATIENCE_MILLIS, expire);
  }

  /** As the client starter does: what the answer leaves out is left out from then on. */
  private VersionVector seenMeanwhile(VersionVector answer, VersionVector sent) {
    return answer.seq(Coverage.BASE) > 0 ? session.beyond(sent) : session;
  }

  private void heard(Request request, Reply reply, int triesLeft, VersionVector sent) {
    String document = request.collection() + "/" + request.uuid();
    switch (reply) {
      case Reply.Done done -> {
        session = done.session().merge(seenMeanwhile(done.session(), sent));
        List<String> before = mine.computeIfAbsent(document, any -> new ArrayList<>());
        history.acknowledged(request, done, List.copyOf(before));
        if (request.concernsOneDocument() && done.dot() != null) {
          before.add(request.id());
          see(document, new History.Seen(done.key().epoch(), VersionVector.of(done.dot())));
        }
        goOn();
      }
      case Reply.Read read -> {
        session = read.session().merge(seenMeanwhile(read.session(), sent));
        History.Seen before = seen.get(document);
        history.read(request, read, before);
        see(document, new History.Seen(read.key().epoch(), read.shown()));
        goOn();
      }
      case Reply.Refused refused -> time.between(5, 100, () -> attempt(request, triesLeft - 1));
    }
  }

  private void see(String document, History.Seen now) {
    seen.merge(document, now, History.Seen::and);
  }
}
