package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.bech32.Bech32;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
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

  @Test
  void a_recipient_that_every_key_opens_for_is_refused_before_anything_is_written() {
    // The point 0: whatever it is multiplied with, the shared secret is 0.
    AgeRecipient weak =
        AgeRecipient.parse(Bech32.getEncoder().encode("age", new byte[32]).toString());
    ByteArrayOutputStream png = new ByteArrayOutputStream();

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            SealedImage.seal(InputStream.nullInputStream(), 0, List.of(weak), Sealing.COVERS, png));
    assertThat(png.size()).isZero();
  }
}
