package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeKeysTest {

  /** A pair that age-keygen 1.1.1 made for this test; nothing was ever sealed for it. */
  private static final String SECRET =
      "AGE-SECRET-KEY-1U6M7AAQ0PRENG4D9DF0XAV02QFCWDZSVST0WLZDVLPFNS2QFHCXS90FRM3";

  private static final String RECIPIENT =
      "age19w6sf2s49rtj7ty7gktnnzxxryhzqm7qcjhpawujkat8dlz2lsdq7xx7zr";

  private static final Instant CREATED = Instant.parse("2026-11-02T10:20:30.123Z");

  @Test
  void a_generated_identity_is_read_back_from_its_file() {
    AgeIdentity identity = AgeIdentity.generate();

    AgeIdentity read = AgeIdentity.parse(identity.fileContent(CREATED));

    assertThat(read.recipient()).isEqualTo(identity.recipient());
    assertThat(identity.fileContent(CREATED))
        .startsWith("# created: 2026-11-02T10:20:30Z\n# public key: " + identity.recipient() + "\n")
        .containsPattern("\nAGE-SECRET-KEY-1[0-9A-Z]{58}\n$");
    assertThat(identity.recipient().toString()).matches("age1[0-9a-z]{58}");
  }

  @Test
  void an_identity_of_age_keygen_has_the_recipient_that_age_keygen_says() {
    assertThat(AgeIdentity.parse(SECRET).recipient()).hasToString(RECIPIENT);
    assertThat(AgeRecipient.parse(" " + RECIPIENT + "\n")).hasToString(RECIPIENT);
  }

  @Test
  void the_text_of_an_identity_shows_the_recipient_and_never_the_secret() {
    AgeIdentity identity = AgeIdentity.generate();

    assertThat(identity.toString())
        .contains(identity.recipient().toString())
        .doesNotContain("SECRET");
  }

  @Test
  void a_file_of_several_identities_is_read_whole_and_refused_where_one_is_wanted() {
    AgeIdentity first = AgeIdentity.generate();
    AgeIdentity second = AgeIdentity.generate();
    String file = first.fileContent(CREATED) + "\n" + second.fileContent(CREATED);

    assertThat(AgeIdentity.parseAll(file))
        .extracting(AgeIdentity::recipient)
        .containsExactly(first.recipient(), second.recipient());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgeIdentity.parse(file))
        .withMessageContaining("the text holds 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "AGE-SECRET-KEY-1",
        "AGE-SECRET-KEY-1U6M7AAQ0PRENG4D9DF0XAV02QFCWDZSVST0WLZDVLPFNS2QFHCXS90FRM4",
        RECIPIENT
      })
  void a_malformed_identity_is_refused_and_not_repeated(String text) {
    assertThatThrownBy(() -> AgeIdentity.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("U6M7AAQ0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bob",
        "age1",
        "age19w6sf2s49rtj7ty7gktnnzxxryhzqm7qcjhpawujkat8dlz2lsdq7xx7zs",
        "age19w6sf2s49rtj7ty7gktnnzxxryhzqm7qcjhpawujkat8dlz2lsdq7xx7z",
        "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIiz",
        SECRET
      })
  void a_malformed_recipient_is_refused_with_a_sentence(String text) {
    assertThatThrownBy(() -> AgeRecipient.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .containsAnyOf("starts with age1", "is not an age recipient")
        .doesNotContain("AGE-SECRET-KEY-1U");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void a_point_of_low_order_for_which_everyone_would_open_is_no_recipient(String point) {
    String text = KeyText.encode("age", HexFormat.of().parseHex(point));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgeRecipient.parse(text))
        .withMessageContaining("everyone could open");
  }
}
