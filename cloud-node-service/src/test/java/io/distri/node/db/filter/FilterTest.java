package io.distri.node.db.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.node.db.json.InvalidInputException;
import io.distri.node.db.json.StrictJson;
import io.distri.protocol.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final String CAT =
      """
      {"UUID": "cat.jpg", "provider": "alice", "size": 120, "price": 9.90, "public": true,
       "note": null, "tags": ["pet", "indoor", ["x"]], "place": {"city": "Oslo", "zip": "0150"},
       "viewers": [{"name": "bob", "left": 3}, {"name": "eve", "left": 0}, "nobody"]}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'provider':'alice'}",
        "{'provider':'alice','size':120}",
        "{'size':120.0}",
        "{'price':9.9}",
        "{'public':true}",
        "{'note':null}",
        "{'place':{'zip':'0150','city':'Oslo'}}",
        "{'place.city':'Oslo'}",
        "{'provider':{'$eq':'alice'}}",
        "{'provider':{'$ne':'bob'}}",
        "{'size':{'$gt':119.5}}",
        "{'size':{'$gte':120}}",
        "{'size':{'$lt':1e3}}",
        "{'size':{'$lte':120}}",
        "{'size':{'$gt':100,'$lt':200}}",
        "{'provider':{'$in':['bob','alice']}}",
        "{'provider':{'$exists':true}}",
        "{'note':{'$exists':true}}",
        "{'missing':{'$exists':false}}",
        "{'missing':{'$ne':null}}",
        "{'missing':{'$not':{'$gt':1}}}",
        "{'missing':{'$ne':1}}",
        "{'size':{'$not':{'$gt':200}}}",
        "{'$and':[{'provider':'alice'},{'size':120}]}",
        "{'$or':[{'provider':'bob'},{'size':120}]}",
        "{'$not':{'provider':'bob'}}",
        "{'tags':'pet'}",
        "{'tags':['pet','indoor',['x']]}",
        "{'tags':['x']}",
        "{'tags':{'$in':['outdoor','indoor']}}",
        "{'viewers.name':'eve'}",
        "{'viewers.left':{'$lt':1}}",
        "{'viewers':'nobody'}",
        "{'provider':{'$gt':1000000}}",
        "{'size':{'$gt':null}}",
        "{'place':{'$gt':[]}}"
      })
  void holds_for_the_cat(String filter) {
    assertThat(matches(filter)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'provider':'bob'}",
        "{'provider':'alice','size':121}",
        "{'size':'120'}",
        "{'public':1}",
        "{'missing':null}",
        "{'note':{'$exists':false}}",
        "{'missing':{'$exists':true}}",
        "{'place':{'city':'Oslo'}}",
        "{'place.city.name':'Oslo'}",
        "{'provider':{'$ne':'alice'}}",
        "{'tags':{'$ne':'pet'}}",
        "{'size':{'$gt':120}}",
        "{'size':{'$lt':120}}",
        "{'size':{'$gt':100,'$lt':110}}",
        "{'size':{'$in':[]}}",
        "{'missing':{'$lt':1}}",
        "{'missing':{'$gt':null}}",
        "{'size':{'$lt':true}}",
        "{'$and':[{'provider':'alice'},{'size':121}]}",
        "{'$or':[{'provider':'bob'},{'size':121}]}",
        "{'$not':{}}",
        "{'tags':'x'}",
        "{'viewers.name':'nobody'}",
        "{'tags.0':'pet'}"
      })
  void does_not_hold_for_the_cat(String filter) {
    assertThat(matches(filter)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                            | BAD_FILTER     | object",
        "3                             | BAD_FILTER     | object",
        "{'a':{'$regex':'x'}}          | BAD_FILTER     | $regex",
        "{'$nor':[{'a':1}]}            | BAD_FILTER     | $nor",
        "{'a':{'$gt':1,'b':2}}         | BAD_FILTER     | 'b'",
        "{'a':{'$in':1}}               | BAD_FILTER     | list",
        "{'a':{'$exists':1}}           | BAD_FILTER     | true or false",
        "{'a':{'$not':1}}              | BAD_FILTER     | $not",
        "{'$and':[]}                   | BAD_FILTER     | at least one",
        "{'$or':{'a':1}}               | BAD_FILTER     | list",
        "{'$not':[{'a':1}]}            | BAD_FILTER     | object",
        "{'a..b':1}                    | BAD_FILTER     | a..b",
        "{'':1}                        | BAD_FILTER     | path",
        "{'a':1,'a':2}                 | MALFORMED_JSON | Duplicate",
        "{'a':                         | MALFORMED_JSON | JSON"
      })
  void what_is_no_filter_is_refused_with_the_reason(
      String filter, ProblemType problem, String reason) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> parse(filter))
        .withMessageContaining(reason)
        .returns(problem, InvalidInputException::problem);
  }

  @Test
  void filters_lie_at_most_8_deep_within_each_other() {
    String deepest = "{'$not':".repeat(7) + "{'a':1}" + "}".repeat(7);

    assertThat(parse(deepest).isEmpty()).isFalse();
    assertRefused("{'$not':" + deepest + "}");
    assertRefused("{'a':" + "{'$not':".repeat(8) + "{'$gt':1}" + "}".repeat(9));
  }

  @Test
  void a_filter_has_at_most_64_conditions() {
    assertThat(parse(conditions(64)).isEmpty()).isFalse();
    assertRefused(conditions(65));
    assertRefused("{'$or':[" + conditions(32) + "," + conditions(32) + "]}");
  }

  @Test
  void in_lists_at_most_1000_values() {
    assertThat(parse(in(1000)).isEmpty()).isFalse();
    assertRefused(in(1001));
  }

  @Test
  void a_filter_of_more_than_512_KiB_is_refused_before_it_is_read() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Filter.parse(new byte[512 * 1024 + 1]))
        .returns(ProblemType.BODY_TOO_LARGE, InvalidInputException::problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'UUID':'x'}", "{'UUID':{'$eq':'x'}}", "{'$and':[{'UUID':'x'}]}"})
  void a_filter_on_nothing_but_the_UUID_is_recognised(String filter) {
    assertThat(parse(filter).exactUuid()).contains("x");
    assertThat(Filter.uuid("x").exactUuid()).contains("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'UUID':1}",
        "{'UUID':'x','a':1}",
        "{'UUID':{'$ne':'x'}}",
        "{'UUID':{'$gt':'x'}}",
        "{'UUID.a':'x'}",
        "{'$not':{'UUID':'x'}}",
        "{'$or':[{'UUID':'x'}]}"
      })
  void any_other_filter_is_not_one_on_the_UUID(String filter) {
    assertThat(parse(filter).exactUuid()).isEmpty();
  }

  @Test
  void the_digest_is_of_the_meaning_of_the_text_and_not_of_its_spelling() {
    assertThat(parse("{'a':1,'b':2}").digest()).isEqualTo(parse("{ 'b':2.0, 'a':1 }").digest());
    assertThat(parse("{'a':1}").digest()).isNotEqualTo(parse("{'a':2}").digest());
    assertThat(parse("").digest()).isEqualTo(parse("{}").digest());
  }

  private static String conditions(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'f" + i + "':1")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String in(int count) {
    return IntStream.range(0, count)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "{'a':{'$in':[", "]}}"));
  }

  private static void assertRefused(String filter) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> parse(filter))
        .returns(ProblemType.BAD_FILTER, InvalidInputException::problem);
  }

  private static boolean matches(String filter) {
    return parse(filter).matches(StrictJson.read(CAT.getBytes(StandardCharsets.UTF_8)));
  }

  /** Reads a filter that is written with single quotes here, for the reader's eyes. */
  private static Filter parse(String singleQuoted) {
    return Filter.parse(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
