package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.client.ScriptedNode.Answer;
import io.distri.client.ScriptedNode.Received;
import io.distri.protocol.Headers;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Collections over a scripted node: what is sent, and what is made of the answers. */
class DistriCollectionsTest {

  private final ScriptedNode node = ScriptedNode.start("a");
  private DistriClient client;
  private DistriCollections collections;

  @BeforeEach
  void connect() {
    client = DistriClient.builder().nodes(node.address().toString()).build();
    collections = new DistriCollections(client);
  }

  @AfterEach
  void stop() {
    client.close();
    node.close();
  }

  @Test
  void creating_tells_whether_the_collection_is_new() {
    node.answering(call -> new Answer(201, "created".getBytes(), Map.of()));
    assertThat(collections.create("catalog")).isTrue();
    node.answering(call -> Answer.ok("exists"));
    assertThat(collections.create("catalog")).isFalse();
    assertThat(last().service()).isEqualTo("CreateCollection");
    assertThat(last().text()).isEqualTo("catalog");
  }

  @Test
  void deleting_names_the_collection() {
    node.answering(call -> Answer.ok("deleted"));
    collections.delete("catalog");

    assertThat(last().service()).isEqualTo("DeleteCollection");
    assertThat(last().query()).isEqualTo("param=catalog");
    assertThat(last().header(Headers.IDEMPOTENCY_KEY)).isNotEmpty();
  }

  @Test
  void an_added_document_gets_a_uuid_before_it_is_sent_and_tells_its_version() {
    node.answering(call -> Answer.ok(uuid(call)).with(Headers.VERSION, "v1"));
    ObjectNode document = JsonMapper.shared().createObjectNode().put("name", "cat.jpg");

    WrittenDocument written = collections.add("catalog", document);

    assertThat(written.uuid()).hasSize(36).isEqualTo(uuid(last()));
    assertThat(written.version()).isEqualTo("v1");
    assertThat(document.has("UUID")).isFalse();
  }

  @Test
  void an_update_can_ask_for_the_version_it_replaces() {
    node.answering(call -> Answer.ok("u1"));
    ObjectNode document = JsonMapper.shared().createObjectNode().put("UUID", "u1");

    assertThat(collections.update("catalog", document)).isEqualTo(new WrittenDocument("u1", ""));
    assertThat(last().query()).isEqualTo("param=catalog");
    collections.updateIfVersion("catalog", document, "v1");
    assertThat(last().query()).isEqualTo("param=catalog&ifVersion=v1");
    assertThat(last().text()).isEqualTo("{\"UUID\":\"u1\"}");
  }

  @Test
  void deleting_documents_tells_how_many_and_everything_only_when_asked() {
    node.answering(call -> Answer.ok("{\"deleted\": 3}"));

    assertThat(collections.deleteDocuments("catalog", "{\"provider\":\"alice\"}")).isEqualTo(3);
    assertThat(last().query()).isEqualTo("param=catalog");
    assertThat(collections.deleteAllDocuments("catalog")).isEqualTo(3);
    assertThat(last().query()).isEqualTo("param=catalog&all=true");
    assertThat(last().text()).isEmpty();
  }

  @Test
  void reading_asks_with_the_filter_and_keeps_every_digit() {
    node.answering(call -> Answer.ok("[{\"UUID\":\"u1\",\"size\":1234567890.123456789012345670}]"));

    List<ObjectNode> documents =
        collections.read("catalog", DocumentQuery.matching("provider", "al\"ice").withVersions());

    assertThat(documents).hasSize(1);
    assertThat(documents.get(0).get("size").decimalValue())
        .isEqualTo(new BigDecimal("1234567890.123456789012345670"));
    assertThat(documents.get(0).toString()).contains("1234567890.123456789012345670");
    assertThat(last().text()).isEqualTo("{\"provider\":\"al\\\"ice\"}");
    assertThat(last().query()).isEqualTo("param=catalog&versions=true");
  }

  @Test
  void a_stream_reads_page_after_page_as_it_is_consumed() {
    Map<String, List<String>> pages =
        Map.of("", List.of("a", "b", "c2"), "c2", List.of("d", "c3"), "c3", List.of("e"));
    node.answering(call -> {
      String cursor =
          Arrays.stream(call.query().split("&"))
              .filter(part -> part.startsWith("cursor="))
              .map(part -> part.substring("cursor=".length()))
              .collect(Collectors.joining());
      List<String> page = pages.get(cursor);
      Answer answer =
          Answer.ok(
              page.stream()
                  .map(uuid -> "{\"UUID\":\"" + uuid + "\"}")
                  .collect(Collectors.joining(",", "[", "]")));
      String next = page.get(page.size() - 1);
      return pages.containsKey(next) ? answer.with(Headers.CURSOR, next) : answer;
    });

    Stream<ObjectNode> stream = collections.stream("catalog", DocumentQuery.all());
    assertThat(node.received()).isEmpty();
    assertThat(stream.map(document -> document.get("UUID").asString()))
        .containsExactly("a", "b", "c2", "d", "c3", "e");
    assertThat(node.received()).hasSize(3).allMatch(call -> call.query().contains("limit=500"));

    node.received().clear();
    assertThat(collections.stream("catalog", DocumentQuery.all()).limit(2)).hasSize(2);
    assertThat(node.received()).hasSize(1);
  }

  @Test
  void an_answer_that_holds_no_documents_is_said_to_be_none() {
    node.answering(call -> Answer.ok("[1, 2]"));

    assertThatThrownBy(() -> collections.read("catalog", DocumentQuery.all()))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void a_page_needs_room_for_a_document() {
    assertThatThrownBy(() -> collections.readPage("catalog", DocumentQuery.all(), 0, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
    assertThat(node.received()).isEmpty();
  }

  private Received last() {
    return node.received().get(node.received().size() - 1);
  }

  private static String uuid(Received call) {
    return JsonMapper.shared().readTree(call.body()).path("UUID").asString("");
  }
}
