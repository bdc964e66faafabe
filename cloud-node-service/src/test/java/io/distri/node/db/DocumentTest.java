package io.distri.node.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]                    | NOT_AN_OBJECT",
        "'x'                    | NOT_AN_OBJECT",
        "null                   | NOT_AN_OBJECT",
        "{                      | MALFORMED_JSON",
        "{'a':1,'a':2}          | MALFORMED_JSON",
        "{'UUID':7}             | BAD_NAME",
        "{'UUID':null}          | BAD_NAME",
        "{'UUID':''}            | BAD_NAME",
        "{'UUID':'\\ud800'}     | BAD_NAME",
        "{'_version':'1'}       | MALFORMED_REQUEST",
        "{'_conflicts':[]}      | MALFORMED_REQUEST"
      },
      quoteCharacter = '`')
  void what_is_no_document_is_refused(String json, ProblemType problem) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Nodes.document(json))
        .returns(problem, InvalidInputException::problem);
  }

  @Test
  void a_UUID_has_at_most_256_characters() {
    assertThat(Nodes.document("{'UUID':'" + "u".repeat(256) + "'}").uuid()).isPresent();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Nodes.document("{'UUID':'" + "u".repeat(257) + "'}"))
        .returns(ProblemType.BAD_NAME, InvalidInputException::problem);
  }

  @Test
  void a_document_has_at_most_256_KiB() {
    String longest = "{'a':'" + "x".repeat(Document.MAX_BYTES - 8) + "'}";

    assertThat(Nodes.document(longest).body().sizeBytes()).isEqualTo(Document.MAX_BYTES);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Nodes.document(longest + " "))
        .returns(ProblemType.BODY_TOO_LARGE, InvalidInputException::problem);
  }

  @Test
  void the_longest_document_with_the_longest_UUID_can_be_written_back_and_no_longer_one() {
    String longest = "{'a':'" + "x".repeat(Document.MAX_BYTES - 8) + "'}";
    DocumentBody stored = Nodes.document(longest).withUuid("\u20ac".repeat(256)).body();

    assertThat(stored.sizeBytes()).isGreaterThan(Document.MAX_BYTES);
    assertThat(Document.parse(stored.toBytes()).body()).isEqualTo(stored);
    String longer = new String(stored.toBytes(), StandardCharsets.UTF_8) + " ";
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Nodes.document(longer))
        .returns(ProblemType.BODY_TOO_LARGE, InvalidInputException::problem);
  }

  @Test
  void it_is_stored_compactly_with_its_fields_in_order_and_its_numbers_as_they_were() {
    Document document = Nodes.document("{ 'b' : 1.10, 'UUID' : 'x', 'a' : [ 1e5, -0 ] }");

    assertThat(new String(document.body().toBytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"b\":1.10,\"UUID\":\"x\",\"a\":[1e5,-0]}");
  }

  @Test
  void a_UUID_that_is_chosen_for_it_comes_first() {
    Document document = Nodes.document("{'a':1}").withUuid("x");

    assertThat(document.uuid()).contains("x");
    assertThat(new String(document.body().toBytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"UUID\":\"x\",\"a\":1}");
  }
}
