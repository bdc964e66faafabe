package io.distri.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.TestNode;
import io.distri.node.admin.AdminMessages;
import io.distri.node.admin.AdminMessages.Decision;
import io.distri.node.backup.BackupPage;
import io.distri.node.backup.BackupPaths;
import io.distri.node.backup.Incoming;
import io.distri.node.db.CollectionEntry;
import io.distri.node.db.CollectionState;
import io.distri.node.db.DocumentBody;
import io.distri.node.db.DocumentEntry;
import io.distri.node.db.DocumentState;
import io.distri.node.db.DocumentVersion;
import io.distri.node.db.Dot;
import io.distri.node.db.Holding;
import io.distri.node.db.Push;
import io.distri.node.db.VersionVector;
import io.distri.node.db.WriteMemory;
import io.distri.node.membership.Member;
import io.distri.node.membership.TableNews;
import io.distri.node.security.ClusterId;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalPortFilter;
import io.distri.node.security.InternalWire;
import io.distri.node.security.Role;
import io.distri.node.security.TrustEntry;
import io.distri.node.sync.UpdateInfo.Pull;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import io.distri.protocol.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Messages of members, newcomers and operators, each broken at one place in all ways, against a
 * real node: whatever is wrong with one, the node never answers that it failed.
 */
class MalformedMessagesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final CBORMapper CBOR = new CBORMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final Identity OPERATOR = Identity.generate();
  private static final Identity MEMBER = Identity.generate();
  private static final Identity NEWCOMER = Identity.generate();

  /** What takes the place of something in a message. */
  private static final List<Object> WRONG =
      Arrays.asList(
          null,
          "",
          "x",
          "\u0000",
          -1,
          0,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          Double.NaN,
          true,
          new byte[0],
          new byte[] {1},
          new byte[64],
          List.of(),
          Arrays.asList((Object) null),
          List.of(List.of()),
          Map.of(),
          Map.of("x", 1));

  @TempDir static Path directory;
  private static TestNode node;

  @BeforeAll
  static void start() {
    node =
        TestNode.alone(
            "distri.node.cluster.secret-file=" + directory.resolve("secret"),
            "distri.node.whitelist.operators=" + OPERATOR.id(),
            "distri.node.whitelist.ids=" + MEMBER.id());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void a_heartbeat() throws Exception {
    Member member = member(MEMBER);
    Dot dot = new Dot(77, 1);
    VersionVector vector = VersionVector.of(dot);
    DocumentVersion version =
        new DocumentVersion(dot, 1, "name", vector, body("{\"UUID\":\"a\",\"n\":1}"));
    DocumentState state = new DocumentState("a", List.of(version), WriteMemory.EMPTY);
    CollectionState collection = new CollectionState(1, dot, WriteMemory.EMPTY);
    UpdateInfo info =
        new UpdateInfo(
            node.context().getBean(ClusterId.class).value().orElse(""),
            new News(
                member,
                new Holding(vector, 0, 0),
                VersionVector.EMPTY,
                new TableNews("digest", List.of(member(Identity.generate()))),
                "digest",
                List.of(new TrustEntry(Identity.generate().id(), Role.NODE, false, 1))),
            new Push(
                77,
                0,
                1,
                0,
                List.of(
                    new CollectionEntry("catalog", collection),
                    new DocumentEntry("catalog", 1, state))),
            new Pull("none", false),
            member.id());
    assertNeverFails(MEMBER, UpdateInfo.PATH, info, 200);
  }

  @Test
  void a_document_that_is_no_JSON() throws Exception {
    Dot dot = new Dot(78, 1);
    VersionVector vector = VersionVector.of(dot);
    DocumentVersion version =
        new DocumentVersion(dot, 1, null, vector, body("{\"UUID\":\"none\",\"n\":}"));
    DocumentState state = new DocumentState("none", List.of(version), WriteMemory.EMPTY);
    Push push = new Push(78, 0, 1, 0, List.of(new DocumentEntry("catalog", 1, state)));
    Map<String, Object> heartbeat =
        new LinkedHashMap<>(CBOR.readValue(heartbeat(List.of(), List.of()), MAP));
    heartbeat.put("push", push);
    try (InternalClient client = TestNode.internalClient(MEMBER)) {
      assertThat(post(client, UpdateInfo.PATH, CBOR.writeValueAsBytes(heartbeat))).isEqualTo(400);
    }
    assertThat(node.call("ReadCollection?param=catalog", "{\"n\":1}").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "\u0000", "12345678", "../../etc/passwd"})
  void an_id_that_is_none(String id) throws Exception {
    HostPort address = TestNode.freeAddress();
    Member other =
        new Member(id, address, address, address.internal(), NodeState.UP, 1, 1, List.of(), 0, "");
    TrustEntry decision = new TrustEntry(id, Role.NODE, false, 1);
    try (InternalClient client = TestNode.internalClient(MEMBER)) {
      assertThat(post(client, UpdateInfo.PATH, heartbeat(List.of(other), List.of())))
          .isEqualTo(400);
      assertThat(post(client, UpdateInfo.PATH, heartbeat(List.of(), List.of(decision))))
          .isEqualTo(400);
    }
  }

  /** As maps, since no record takes an id that is none. */
  private static byte[] heartbeat(List<Member> rows, List<TrustEntry> trust) {
    Map<String, Object> news = new LinkedHashMap<>();
    news.put("member", member(MEMBER));
    news.put("holding", new Holding(VersionVector.EMPTY, 0, 0));
    news.put("table", Map.of("digest", "", "rows", rows));
    news.put("trustDigest", "");
    news.put("trust", trust);
    String cluster = node.context().getBean(ClusterId.class).value().orElse("");
    return CBOR.writeValueAsBytes(Map.of("clusterId", cluster, "news", news));
  }

  @Test
  void a_join() throws Exception {
    Map<String, Object> join = new LinkedHashMap<>();
    join.put("protocol", 1);
    join.put("nonce", new byte[32]);
    join.put("memberNonce", null);
    join.put("proof", null);
    join.put("newcomer", member(NEWCOMER));
    join.put("clusterId", null);
    join.put("clusterFirm", false);
    join.put("tokenIssuer", null);
    join.put("tokenId", null);
    assertNeverFails(NEWCOMER, InternalPortFilter.JOIN, join, 200);
    join.put("memberNonce", new byte[32]);
    join.put("proof", new byte[32]);
    join.put("tokenIssuer", node.context().getBean(ClusterId.class).value().orElse(""));
    join.put("tokenId", "0".repeat(16));
    assertNeverFails(NEWCOMER, InternalPortFilter.JOIN, join, 403);
  }

  @Test
  void an_order() throws Exception {
    Decision decision = new Decision(Identity.generate().id(), Role.NODE);
    assertNeverFails(OPERATOR, AdminMessages.WHITELIST, decision, 200);
    assertNeverFails(OPERATOR, AdminMessages.EVICT, decision, 200);
    DocumentBody body = body("{\"UUID\":\"a\"}");
    BackupPage page =
        new BackupPage(
            List.of(new BackupPage.Collection("films", true)),
            List.of(new BackupPage.Document("films", List.of(body, body))));
    assertNeverFails(
        OPERATOR, BackupPaths.RESTORE, new Incoming(page, Incoming.Existing.KEEP, true), 200);
  }

  private static void assertNeverFails(Identity caller, String path, Object message, int status)
      throws Exception {
    byte[] whole = new InternalWire().write(message);
    Object tree = CBOR.readValue(whole, Map.class);
    try (InternalClient client = TestNode.internalClient(caller)) {
      for (Object broken : broken(tree)) {
        post(client, path, CBOR.writeValueAsBytes(broken));
      }
      for (int length = 0; length < whole.length; length += 7) {
        assertThat(post(client, path, Arrays.copyOf(whole, length))).isEqualTo(400);
      }
      byte[] longer = Arrays.copyOf(whole, whole.length + 1);
      assertThat(post(client, path, longer)).isEqualTo(400);
      assertThat(post(client, path, whole)).isEqualTo(status);
    }
    assertThat(node.call("Stats", "").statusCode()).isEqualTo(200);
  }

  private static int post(InternalClient client, String path, byte[] body) throws Exception {
    InternalClient.Answer answer = client.post(node.address().internal(), path, body, PATIENCE);
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    assertThat(answer.status()).as(() -> CBOR.readTree(body) + " " + text).isNotEqualTo(500);
    return answer.status();
  }

  /** The value with one thing in it replaced or left out, in all ways; and what replaces it. */
  private static List<@Nullable Object> broken(@Nullable Object value) {
    List<@Nullable Object> broken = new ArrayList<>(WRONG);
    if (value instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        Map<Object, @Nullable Object> without = new LinkedHashMap<>(map);
        without.remove(key);
        broken.add(without);
        for (Object other : broken(map.get(key))) {
          Map<Object, @Nullable Object> changed = new LinkedHashMap<>(map);
          changed.put(key, other);
          broken.add(changed);
        }
      }
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        for (Object other : broken(list.get(i))) {
          List<@Nullable Object> changed = new ArrayList<>(list);
          changed.set(i, other);
          broken.add(changed);
        }
      }
    }
    return broken;
  }

  private static Member member(Identity identity) {
    HostPort address = TestNode.freeAddress();
    return new Member(
        identity.id(),
        address,
        address,
        address.internal(),
        NodeState.UP,
        1,
        1,
        List.of("x"),
        0,
        "");
  }

  private static DocumentBody body(String json) {
    return DocumentBody.of(json.getBytes(StandardCharsets.UTF_8));
  }
}
