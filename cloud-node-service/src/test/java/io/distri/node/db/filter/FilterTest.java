package io.distri.node.db.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.node.db.json.InvalidInputException;
import io.distri.node.db.json.StrictJson;
import io.distri.protocol.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final String CAT =
      """
      {"UUID": "cat.jpg", "provider": "alice", "size": 120, "price": 9.90, "public": true,
       "note": null, "tags": ["pet", "indoor", ["x"]], "place": {"city": "Oslo", "zip": "0150"},
       "viewers": [{"name": "bob", "left": 3}, {"name": "eve", "left": 0}, "nobody"],
       "grid": [[1, 2], [{"b": 3}], {"0": 4}], "none": [], "1": "one", "": {"": 5},
       "$price": 6, "a.b": 7, "c\\\\d": 8, "odd": {"$in": [9]}}
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
        "{'missing':null}",
        "{'provider.name':null}",
        "{'missing':{'$in':[null]}}",
        "{'missing':{'$gte':null}}",
        "{'note':{'$lte':null}}",
        "{'note':{'$in':[null]}}",
        "{'missing':{'$nin':[1]}}",
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
        "{'viewers.1.name':'eve'}",
        "{'viewers.7.name':null}",
        "{'tags.0':'pet'}",
        "{'tags.2':'x'}",
        "{'tags.2.0':'x'}",
        "{'tags.3':null}",
        "{'grid.0':2}",
        "{'grid':[1,2]}",
        "{'grid.1.b':3}",
        "{'grid.2.0':4}",
        "{'1':'one'}",
        "{'none':[]}",
        "{'none.a':{'$exists':false}}",
        "{'tags':{'$gt':['pet','house']}}",
        "{'grid':{'$gt':[1]}}",
        "{'place':{'$lt':{'a':1,'b':2,'c':3}}}",
        "{'public':{'$gt':false}}",
        "{'size':{'$lt':1e3,'$gt':1.2e1}}",
        "{'size':12e1}",
        "{'size':{'$in':[1,120.000]}}",
        "{'size':{'$not':{'$lt':'x'}}}",
        "{'.':5}",
        "{'':{'':5}}",
        "{'\\\\$price':6}",
        "{'a\\\\.b':7}",
        "{'c\\\\\\\\d':8}",
        "{'odd.$in':9}",
        "{'odd.\\\\$in.0':9}",
        "{'$nor':[{'provider':'bob'},{'size':1}]}"
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
        "{'missing':{'$ne':null}}",
        "{'note':{'$ne':null}}",
        "{'missing':{'$nin':[1,null]}}",
        "{'provider':null}",
        "{'none.a':null}",
        "{'tags.a':null}",
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
        "{'viewers.0.name':'eve'}",
        "{'tags.1':'pet'}",
        "{'tags.00':'pet'}",
        "{'tags.99999999999':'pet'}",
        "{'grid.b':3}",
        "{'grid':1}",
        "{'grid.0':4}",
        "{'provider.0':'a'}",
        "{'provider':{'$gt':1000000}}",
        "{'provider':{'$not':{'$gte':''}}}",
        "{'size':{'$gt':null}}",
        "{'note':{'$lt':1}}",
        "{'public':{'$lt':'x'}}",
        "{'place':{'$gt':[]}}",
        "{'tags':{'$gt':1}}",
        "{'tags':{'$lt':{}}}",
        "{'a.b':7}",
        "{'$nor':[{'provider':'bob'},{'size':120}]}"
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
        "{'a':{'$elemMatch':{'b':1}}}  | BAD_FILTER     | $elemMatch",
        "{'$where':'1'}                | BAD_FILTER     | $where",
        "{'$gt':1}                     | BAD_FILTER     | $gt",
        "{'$nor':[]}                   | BAD_FILTER     | $nor",
        "{'a':{'$nin':1}}              | BAD_FILTER     | $nin",
        "{'a':{'b':2,'$gt':1}}         | BAD_FILTER     | 'b'",
        "{'a':{'b':{'$gt':1}}}         | BAD_FILTER     | $gt",
        "{'a':{'$eq':{'$gt':1}}}       | BAD_FILTER     | $gt",
        "{'a':{'$ne':[{'$gt':1}]}}     | BAD_FILTER     | $gt",
        "{'a':{'$lt':{'$gt':1}}}       | BAD_FILTER     | $gt",
        "{'a':{'$in':[{'$gt':1}]}}     | BAD_FILTER     | $gt",
        "{'a':[{'b':[{'$gt':1}]}]}     | BAD_FILTER     | $gt",
        "{'a':{'$not':{}}}             | BAD_FILTER     | $not",
        "{'a':{'$not':{'b':1}}}        | BAD_FILTER     | $not",
        "{'a':{'$gt':1,'b':2}}         | BAD_FILTER     | 'b'",
        "{'a':{'$in':1}}               | BAD_FILTER     | list",
        "{'a':{'$exists':1}}           | BAD_FILTER     | true or false",
        "{'a':{'$not':1}}              | BAD_FILTER     | $not",
        "{'$and':[]}                   | BAD_FILTER     | at least one",
        "{'$or':{'a':1}}               | BAD_FILTER     | list",
        "{'$not':[{'a':1}]}            | BAD_FILTER     | object",
        "{'a\\\\b':1}                   | BAD_FILTER     | backslash",
        "{'a\\\\':1}                    | BAD_FILTER     | backslash",
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

  static Stream<List<String>> examples() throws IOException {
    Pattern example = Pattern.compile("`(\\{.*?\\})` \\|");
    return Files.readAllLines(Path.of("../docs/filters.md")).stream()
        .map(line -> example.matcher(line).results().map(found -> found.group(1)).toList())
        .filter(row -> row.size() == 3);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void the_examples_in_the_documentation_are_right(List<String> example) {
    Filter filter = Filter.parse(utf8(example.get(0)));
    assertThat(filter.matches(StrictJson.read(utf8(example.get(1))))).isTrue();
    assertThat(filter.matches(StrictJson.read(utf8(example.get(2))))).isFalse();
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

  @ParameterizedTest
  @ValueSource(strings = {"$and", "$or"})
  void as_many_empty_filters_as_there_is_room_for_are_as_good_as_one(String operator) {
    String list = Collections.nCopies(100_000, "{}").toString();
    assertThat(parse("{'" + operator + "':" + list + "}").isEmpty()).isTrue();
  }

  @Test
  void in_lists_at_most_1000_values() {
    assertThat(parse(in(1000)).isEmpty()).isFalse();
    assertRefused(in(1001));
    assertRefused(in(1001).replace("$in", "$nin"));
  }

  @Test
  void in_counts_as_a_condition_for_each_time_that_its_list_can_be_halved() {
    assertThat(parse("{'$or':" + Collections.nCopies(6, in(1000)) + "}").isEmpty()).isFalse();
    assertRefused("{'$or':" + Collections.nCopies(7, in(1000)) + "}");
    assertThat(parse("{'$or':" + Collections.nCopies(63, in(1)) + "}").isEmpty()).isFalse();
    assertRefused("{'$or':" + Collections.nCopies(32, in(2)) + "}");
  }

  @Test
  void a_filter_has_at_most_10000_values_to_compare_with() {
    assertThat(parse("{'a':" + Collections.nCopies(9_999, 1) + "}").isEmpty()).isFalse();
    assertRefused("{'a':" + Collections.nCopies(10_000, 1) + "}");
  }

  @Test
  void a_path_has_at_most_64_names() {
    assertThat(matches("{'" + "a.".repeat(63) + "a':null}")).isTrue();
    assertRefused("{'" + "a.".repeat(64) + "a':null}");
  }

  @Test
  void a_refusal_does_not_repeat_a_long_name() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> parse("{'a':{'$" + "x".repeat(10_000) + "':1}}"))
        .satisfies(refused -> assertThat(refused.detail()).hasSizeLessThan(300));
  }

  @Test
  void a_filter_has_at_most_4_numbers_of_more_than_100_characters() {
    String number = "1.5" + "0".repeat(98) + "1";
    assertThat(matches("{'size':{'$gt':" + number + "}}")).isTrue();
    assertThat(parse("{'a':" + Collections.nCopies(4, number) + "}").isEmpty()).isFalse();
    assertRefused("{'a':{'$in':" + Collections.nCopies(5, number) + "}}");
    assertRefused(
        "{'a':" + Collections.nCopies(3, number) + ",'b':" + Collections.nCopies(2, number) + "}");
  }

  @Test
  void a_filter_of_more_than_512_KiB_is_refused_before_it_is_read() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Filter.parse(new byte[512 * 1024 + 1]))
        .returns(ProblemType.BODY_TOO_LARGE, InvalidInputException::problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'$and':[{}]}",
        "{'$or':[{}]}",
        "{'$or':[{'a':1},{'$and':[{},{'$or':[{}]}]}]}",
        "{'$not':{'$nor':[{}]}}",
        "{'$nor':[{'a':{'$in':[]}}]}",
        "{'$not':{'a':{'$in':[]},'b':1}}",
        "{'a':{'$nin':[]}}",
        "{'a':{'$not':{'$in':[]}}}",
        "{'$or':[{'a':1},{'a':{'$ne':1}}]}",
        "{'$or':[{'a':{'$exists':true}},{'b':1},{'a':{'$exists':false}}]}",
        "{'a':{'$not':{'$gt':1,'$not':{'$gt':1}}}}",
        "{'UUID':{'$exists':true}}",
        "{'UUID':{'$ne':null}}",
        "{'UUID':{'$nin':[1,'',['x']]}}",
        "{'UUID':{'$gte':''}}",
        "{'UUID':{'$not':{'$lt':5}}}",
        "{'UUID.x':null}",
        "{'UUID.x':{'$exists':false}}"
      })
  void a_filter_without_a_condition_is_empty_however_it_is_written(String filter) {
    assertThat(parse(filter).isEmpty()).isTrue();
    assertThat(matches(filter)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':null}",
        "{'a':{'$exists':true}}",
        "{'a':{'$nin':[1]}}",
        "{'UUID':{'$gt':'a'}}",
        "{'UUID':{'$ne':'a'}}",
        "{'$nor':[{}]}",
        "{'$and':[{},{'a':1}]}",
        "{'$or':[{'a':1},{'b':1}]}",
        "{'a':{'$in':[]}}"
      })
  void a_filter_with_a_condition_is_not_empty(String filter) {
    assertThat(parse(filter).isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'UUID':'x'}",
        "{'UUID':{'$eq':'x'}}",
        "{'$and':[{'UUID':'x'},{}]}",
        "{'$or':[{'UUID':'x'}]}"
      })
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
        "{'UUID':''}",
        "{'$not':{'UUID':'x'}}",
        "{'$or':[{'UUID':'x'},{'UUID':'y'}]}"
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
    return parse(filter).matches(StrictJson.read(utf8(CAT)));
  }

  /** Reads a filter that is written with single quotes here, for the reader's eyes. */
  private static Filter parse(String singleQuoted) {
    return Filter.parse(utf8(singleQuoted.replace('\'', '"')));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
