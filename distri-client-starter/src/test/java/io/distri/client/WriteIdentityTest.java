package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.ServiceNames;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteIdentityTest {

  private final AtomicInteger count = new AtomicInteger();
  private final WriteIdentity writes = new WriteIdentity(() -> "id" + count.incrementAndGet());

  @ParameterizedTest
  @ValueSource(strings = {"AddDocument", "UpdateDocument", "DeleteDocument", "DeleteCollection"})
  void writes_get_an_idempotency_key(String service) {
    assertThat(writes.assign(DistriRequest.to(service).build()).idempotencyKey()).contains("id1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Stats", "Encrypt", "ReadCollection", "CreateCollection", "Thumbnail"})
  void other_calls_get_none(String service) {
    assertThat(writes.assign(DistriRequest.to(service).build()).idempotencyKey()).isEmpty();
  }

  @Test
  void the_callers_own_key_stays() {
    DistriRequest request =
        DistriRequest.to(ServiceNames.UPDATE_DOCUMENT).idempotencyKey("mine").build();

    assertThat(writes.assign(request).idempotencyKey()).contains("mine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|{'UUID':'id2'}",
        "  { 'a': 1.50 }|  {'UUID':'id2', 'a': 1.50 }",
        "{'nested':{'UUID':'x'}}|{'UUID':'id2','nested':{'UUID':'x'}}",
        "{'a':[1,{'UUID':2}],'b':'ä'}|{'UUID':'id2','a':[1,{'UUID':2}],'b':'ä'}"
      })
  void a_new_document_gets_a_uuid_and_is_left_as_it_is_otherwise(String before, String after) {
    assertThat(added(before.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(after.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":1,\"UUID\":\"mine\"}", "", "[1]", "{\"a\":", "7", "nonsense", "{]"})
  void what_has_one_or_is_no_document_is_sent_as_it_is(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

    assertThat(added(bytes)).isEqualTo(bytes);
  }

  @Test
  void a_document_in_another_encoding_is_sent_as_it_is() {
    byte[] bytes = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);

    assertThat(added(bytes)).isEqualTo(bytes);
  }

  private byte[] added(byte[] body) {
    return writes.assign(DistriRequest.to(ServiceNames.ADD_DOCUMENT).body(body).build()).body();
  }
}
